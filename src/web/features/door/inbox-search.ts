import type { DoorId } from '#modules/door/door-api.ts';
import type { Part } from './door-queries.ts';

const PARTS: readonly string[] = [
  'to-complete',
  'open',
  'late',
  'changed',
  'to-reply',
  'objected',
  'recent',
  'all',
];
const DOORS: readonly string[] = ['95598', '12398', '12345'];

/** `?part=open&door=95598`: every figure leads to its orders. */
export function inboxSearch(search: Readonly<Record<string, unknown>>): {
  readonly part?: Part;
  readonly door?: DoorId;
} {
  const [part, door] = [String(search['part'] ?? ''), String(search['door'] ?? '')];
  return {
    ...(PARTS.includes(part) ? { part: part as Part } : {}),
    ...(DOORS.includes(door) ? { door: door as DoorId } : {}),
  };
}

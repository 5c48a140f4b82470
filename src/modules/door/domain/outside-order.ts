import { DAY, type Instant } from '#kernel/instant.ts';
import type { DoorDefinition, OutsideField } from '#modules/process/domain/index.ts';
import { readTime } from './read-time.ts';

/** An order as it came, by our names for its fields; empty and absent are the same. */
export type OutsideOrder = Readonly<Partial<Record<OutsideField, string>>>;

export const OUTSIDE_FIELDS: readonly OutsideField[] = [
  'number',
  'startedAt',
  'kind',
  'contactName',
  'contactPhone',
  'accountNo',
  'place',
  'words',
  'urgency',
  'area',
];

/** Longest text of a field; what is longer is refused, never cut. */
const LONGEST: Readonly<Record<OutsideField, number>> = {
  number: 60,
  startedAt: 40,
  kind: 200,
  contactName: 60,
  contactPhone: 60,
  accountNo: 40,
  place: 200,
  words: 4000,
  urgency: 40,
  area: 40,
};

/** Why an order cannot be taken in at all: the sender must mend it. */
type OrderFault =
  | 'door.number-missing'
  | 'door.start-missing'
  | 'door.start-unreadable'
  | 'door.start-future'
  | 'door.start-too-old'
  | 'door.field-too-long'
  | 'door.bad-text';

export type FaultOfField = { readonly code: OrderFault; readonly field: OutsideField };

/** Their clocks and ours differ a little; an order that began so soon is no mistake and counts from now. */
const AHEAD = 2 * 60_000;

/** The moment an order began, or everything that keeps it out. */
export function checkOutside(
  door: Pick<DoorDefinition, 'oldestDays'>,
  order: OutsideOrder,
  now: Instant,
): { readonly startedAt: Instant } | { readonly faults: readonly FaultOfField[] } {
  const faults: FaultOfField[] = OUTSIDE_FIELDS.flatMap((field): FaultOfField[] => {
    const text = order[field] ?? '';
    if (!text.isWellFormed() || text.includes('\0')) return [{ code: 'door.bad-text', field }];
    return text.length > LONGEST[field] ? [{ code: 'door.field-too-long', field }] : [];
  });
  if (isEmpty(order.number)) faults.push({ code: 'door.number-missing', field: 'number' });
  const started = startOf(door, order.startedAt ?? '', now);
  if (typeof started === 'string') faults.push({ code: started, field: 'startedAt' });
  return faults.length > 0 || typeof started === 'string' ? { faults } : { startedAt: started };
}

function startOf(door: Pick<DoorDefinition, 'oldestDays'>, text: string, now: Instant): Instant | OrderFault {
  if (isEmpty(text)) return 'door.start-missing';
  const at = readTime(text);
  if (at === undefined) return 'door.start-unreadable';
  if (at > now + AHEAD) return 'door.start-future';
  return at < now - door.oldestDays * DAY ? 'door.start-too-old' : Math.min(at, now);
}

export function isEmpty(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

/** Trimmed, without the empty ones, in a fixed order: equal orders have equal texts. */
export function tidyOrder(order: OutsideOrder): OutsideOrder {
  return Object.fromEntries(
    OUTSIDE_FIELDS.flatMap((field) => {
      const text = order[field]?.trim() ?? '';
      return text === '' ? [] : [[field, text]];
    }),
  );
}

/** The first phone number of a text: systems write several into one field. */
export function phoneIn(text: string | undefined): string | null {
  return /\d[\d -]{5,17}\d/.exec(text ?? '')?.[0]?.replace(/[ -]/g, '') ?? null;
}

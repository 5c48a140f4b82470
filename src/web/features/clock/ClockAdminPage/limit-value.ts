import type { Translate } from '../../../lib/i18n.ts';
import type { messages } from '../messages.ts';

type Key = keyof (typeof messages)['zh'];

/** A value with its unit as people say it. */
export function limitValue(t: Translate<Key>, value: number, unit: string): string {
  const key = `unit.${unit}` as Key;
  return t(key, { n: value });
}

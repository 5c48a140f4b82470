import type { Translate } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';

type Key = keyof (typeof messages)['zh'];

/** A criterion of a grade, or its code where the catalogue has none. */
export function reasonName(t: Translate<Key>, code: string): string {
  return nameOf(t, `reason.${code}`) ?? code;
}

export function dutyName(t: Translate<Key>, code: string): string {
  return nameOf(t, `duty.${code}`) ?? code;
}

export function listWords(words: readonly string[]): string {
  return words.join('、');
}

function nameOf(t: Translate<Key>, key: string): string | undefined {
  return Object.hasOwn(messages.zh, key) ? t(key as Key) : undefined;
}

import { normaliseAddress, normaliseText } from './normalise-text.ts';

/**
 * What one word typed into Ctrl+K can be. A word is often several things at once: `302` is a room, the end of a
 * phone and the beginning of a meter number; the search asks for all and ranks.
 */
export type SearchWord =
  | { readonly kind: 'digits'; readonly text: string; readonly exact: DigitsMeaning | null }
  | { readonly kind: 'letters'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly name: boolean };

/** A number whose length names it. Households have ten or thirteen digits, meters twelve or twenty-two. */
type DigitsMeaning = 'phone' | 'account' | 'meter';

const LONGEST_QUERY = 64;
const LONGEST_NAME = 4;

/**
 * Takes apart what was typed: words are separated by white space and all must match one household. Separators inside
 * numbers (`154 0000 1234`, `154-0000-1234`) and the country code are dropped.
 */
export function parseSearch(typed: string): readonly SearchWord[] {
  const normal = normaliseText(typed).slice(0, LONGEST_QUERY);
  const number = asNumber(normal);
  if (number !== undefined) return [number];
  return normaliseAddress(normal)
    .split(/[\s,;、，；。]+/)
    .filter((word) => /[\p{Script=Han}a-z0-9]/u.test(word))
    .slice(0, 4)
    .map(parseWord);
}

function asNumber(normal: string): SearchWord | undefined {
  if (!/^\+?[\d\s()-]+$/.test(normal)) return undefined;
  const digits = normal.replace(/\D/g, '');
  if (digits.length === 0) return undefined;
  const local = /^(00)?86(?=1\d{10}$)/.test(digits) ? digits.slice(-11) : digits;
  const grouped = /[\s()-]/.test(normal);
  if (grouped && local.length < 10) return undefined;
  return digitsWord(local);
}

function parseWord(word: string): SearchWord {
  if (/^\d+$/.test(word)) return digitsWord(word);
  if (/^[a-z]+$/.test(word)) return { kind: 'letters', text: word };
  const han = /^[\p{Script=Han}·]+$/u.test(word);
  return { kind: 'text', text: word, name: han && [...word].length <= LONGEST_NAME };
}

function digitsWord(text: string): SearchWord {
  return { kind: 'digits', text, exact: digitsMeaning(text) };
}

function digitsMeaning(digits: string): DigitsMeaning | null {
  if (digits.length === 11 && /^(1[3-9]|0)/.test(digits)) return 'phone';
  if (digits.length === 10 || digits.length === 13) return 'account';
  if (digits.length === 12 || digits.length === 22) return 'meter';
  return null;
}

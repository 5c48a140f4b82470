/** How a household was found; the smaller, the surer. */
const MATCH_ORDER = [
  'account',
  'meter',
  'phone',
  'name',
  'initials',
  'pinyin',
  'other-reading',
  'name-part',
  'number-end',
  'number-begin',
  'address',
  'transformer',
  'place-initials',
] as const;
export type MatchKind = (typeof MATCH_ORDER)[number];

export type Ranked = { readonly match: MatchKind; readonly name: string; readonly address: string };

/** Surest match first; then shorter names (王伟 before 王伟明), then by address, so that equal queries give equal lists. */
export function rankHits<T extends Ranked>(hits: readonly T[]): T[] {
  return hits.toSorted(
    (a, b) =>
      MATCH_ORDER.indexOf(a.match) - MATCH_ORDER.indexOf(b.match) ||
      a.name.length - b.name.length ||
      compare(a.name, b.name) ||
      compare(a.address, b.address),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

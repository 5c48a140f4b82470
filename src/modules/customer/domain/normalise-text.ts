/**
 * Version of the normalisation and of the tokens below. Every search row carries it; a change of either raises it,
 * and rows with an older version are rebuilt (`rebuildSearchRows`).
 */
export const SEARCH_VERSION = 1;

/** Prefixes that every address of the county shares; a token in every row would only make lists long. */
const COUNTY_PREFIX = /^(山东省)?(威海市)?(文登(区|市))?/;

/**
 * One form for text that means the same to a clerk: NFKC folds full-width letters and digits to half-width,
 * letters become lower case, runs of white space become one space, and control characters vanish.
 */
export function normaliseText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** As `normaliseText`, without the province, city and county that stand before every address. */
export function normaliseAddress(text: string): string {
  const normal = normaliseText(text);
  const bare = normal.replace(COUNTY_PREFIX, '');
  return bare === '' ? normal : bare;
}

/** A run of Han characters or of letters and digits; everything else separates. */
const RUNS = /\p{Script=Han}+|[a-z0-9]+/gu;

/** Prefixes keep different kinds of lexeme apart in one tsvector. No token of text begins with them. */
const PLACE_INITIALS = '@';
const LAST_FOUR = '#';

/**
 * The lexemes of one short field (name, address, transformer): every Han character, every pair of neighbouring Han
 * characters, and every run of letters and digits. Pairs give 100 % recall for any fragment of two characters or
 * more, which words of a segmenter do not (95 %).
 *
 * @param normal text after `normaliseText`
 */
export function fieldTokens(normal: string): string[] {
  const tokens = new Set<string>();
  for (const [run] of normal.matchAll(RUNS)) {
    if (isAscii(run)) {
      tokens.add(run);
      continue;
    }
    const characters = [...run];
    characters.forEach((character, i) => {
      tokens.add(character);
      const next = characters[i + 1];
      if (next !== undefined) tokens.add(character + next);
    });
  }
  return [...tokens];
}

/** The lexeme under which a place is found by the initials of its pinyin: 大水泊 → `@dsp`. */
export function placeToken(initials: string): string {
  return PLACE_INITIALS + initials;
}

/** The lexeme under which a phone, account or meter number is found by its last four digits. */
export function lastFourToken(digits: string): string {
  return LAST_FOUR + digits.slice(-4);
}

/**
 * The tsquery that every row containing `fragment` satisfies: pairs where a run has two characters or more, single
 * characters otherwise, whole numbers, and the last run of letters or digits as a prefix, because it is still being
 * typed. Undefined when the fragment holds nothing to look for.
 *
 * @param fragment text after `normaliseText`
 */
export function fragmentQuery(fragment: string): string | undefined {
  const runs = [...fragment.matchAll(RUNS)].map(([run]) => run);
  const terms = runs.flatMap((run, i) => {
    if (isAscii(run)) return [i === runs.length - 1 ? `${quote(run)}:*` : quote(run)];
    const characters = [...run];
    if (characters.length === 1) return [quote(run)];
    return characters.slice(1).map((character, j) => quote(`${characters[j]}${character}`));
  });
  return terms.length === 0 ? undefined : [...new Set(terms)].join(' & ');
}

/**
 * A tsvector in PostgreSQL's own notation, without positions. Chinese never goes through `to_tsvector`: an
 * unsegmented sentence would become one lexeme.
 */
export function tsvectorLiteral(tokens: Iterable<string>): string {
  return [...new Set(tokens)].map(quote).join(' ');
}

/** One lexeme quoted for tsvector and tsquery literals. */
export function quote(token: string): string {
  return `'${token.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`;
}

function isAscii(run: string): boolean {
  return run.charCodeAt(0) < 128;
}

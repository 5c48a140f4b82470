/** Prefixes keep different kinds of lexeme apart in one tsvector. No token of text begins with them. */
const PLACE_INITIALS = '@';
const LAST_FOUR = '#';

/** Which text of a household a lexeme comes from; kept apart, so that 单 the surname is not 单元 of every flat. */
export const SEARCH_FIELDS = ['name', 'address', 'supply'] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];
const FIELD_MARK: Readonly<Record<SearchField, string>> = { name: '1', address: '2', supply: '3' };

/**
 * The lexemes of one short field: every Han character, every run of letters and digits, and every pair of neighbours
 * among them (`3号`, `号楼`, `楼2`). Pairs give 100 % recall for any fragment of two characters or more, which words of
 * a segmenter do not (95 %).
 *
 * @param normal text after `normaliseText`
 */
export function fieldTokens(field: SearchField, normal: string): string[] {
  const mark = FIELD_MARK[field];
  const tokens = new Set<string>();
  for (const units of chains(normal)) {
    units.forEach((unit, i) => {
      tokens.add(mark + unit);
      const next = units[i + 1];
      if (next !== undefined) tokens.add(mark + unit + next);
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
 * The tsquery that every field containing `fragment` satisfies: pairs where neighbours are known, single units
 * otherwise; what ends in a letter or digit is a prefix, because it is still being typed. Undefined when the fragment
 * holds nothing to look for. One of one or two Han characters needs no second look: the lexeme is the fragment.
 *
 * @param fragment text after `normaliseText`
 */
export function fragmentQuery(field: SearchField, fragment: string): string | undefined {
  const terms = fragmentTerms(fragment).map((term) => quote(FIELD_MARK[field] + term.text) + term.suffix);
  return terms.length === 0 ? undefined : terms.join(' & ');
}

/** As `fragmentQuery`, but each term may come from another field: 张伟口子 is a man and his village. */
export function anywhereQuery(fragment: string): string | undefined {
  const terms = fragmentTerms(fragment).map(
    (term) =>
      `(${SEARCH_FIELDS.map((field) => quote(FIELD_MARK[field] + term.text) + term.suffix).join(' | ')})`,
  );
  return terms.length === 0 ? undefined : terms.join(' & ');
}

type Term = { readonly text: string; readonly suffix: '' | ':*' };

function fragmentTerms(fragment: string): Term[] {
  const all = chains(fragment);
  const terms = all.flatMap((units, c) => {
    const texts = units.length === 1 ? units : units.slice(1).map((unit, i) => `${units[i]}${unit}`);
    return texts.map((text, i): Term => {
      const last = c === all.length - 1 && i === texts.length - 1;
      return { text, suffix: last && isAscii(units.at(-1) ?? '') ? ':*' : '' };
    });
  });
  return [...new Map(terms.map((term) => [term.text + term.suffix, term])).values()];
}

/** Stretches of neighbouring units; a unit is one Han character or a whole run of letters and digits. */
function chains(text: string): string[][] {
  return [...text.matchAll(/(?:\p{Script=Han}|[a-z0-9])+/gu)].map(([stretch]) =>
    [...stretch.matchAll(/\p{Script=Han}|[a-z0-9]+/gu)].map(([unit]) => unit),
  );
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

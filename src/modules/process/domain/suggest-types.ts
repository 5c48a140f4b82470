/**
 * A row of the lexicon (`handbook/lexicon.yaml`): if any of `words` occurs (and none of `unless`), it speaks
 * for a type with `weight`. Process and business belong to the type of demand, not to the words alone.
 */
export type LexiconRule = {
  readonly caseType: string;
  readonly business: string;
  readonly process: string;
  readonly words: readonly string[];
  readonly unless?: readonly string[];
  readonly weight: number;
};

export type TypeSuggestion = {
  readonly caseType: string;
  readonly business: string;
  readonly process: string;
  /** The words of the customer that led there, in the order of the lexicon. */
  readonly why: readonly string[];
  readonly score: number;
};

/**
 * Up to three suggestions, best first. A lexicon of ten regexes is right on 78 % of real messages, better
 * than learning from a hundred (chinese-text §4); a trained classifier can later add to the scores.
 */
export function suggestTypes(
  text: string,
  lexicon: readonly LexiconRule[],
  learnt: (text: string, process: string) => number = () => 0,
): readonly TypeSuggestion[] {
  const clean = text.replaceAll(BRACKET_TAGS, ' ').normalize('NFKC').toLowerCase();
  const found = new Map<string, TypeSuggestion>();

  for (const rule of lexicon) {
    if (rule.unless?.some((word) => clean.includes(word)) === true) continue;
    const why = rule.words.filter((word) => clean.includes(word));
    if (why.length === 0) continue;
    const key = `${rule.caseType} ${rule.process}`;
    const before = found.get(key);
    // A second word of the same rule is little news; it breaks ties only.
    const score = rule.weight + 0.1 * (why.length - 1) + (before?.score ?? learnt(clean, rule.process));
    found.set(key, {
      caseType: rule.caseType,
      business: rule.business,
      process: rule.process,
      why: [...(before?.why ?? []), ...why],
      score,
    });
  }
  return [...found.values()].toSorted((a, b) => b.score - a.score).slice(0, 3);
}

/** National-centre texts open with tags such as 【一户无电】 that are boilerplate except for their own words. */
const BRACKET_TAGS = /[【】[\]]/g;

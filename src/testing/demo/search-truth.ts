import { findFragment } from '#modules/customer/domain/index.ts';
import { type Random, seeded } from './seeded.ts';

/** The texts of one household as the search sees them, normalised. */
export type SearchableTexts = {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly supply: string;
};

/** A piece of text, and every household that holds it: found by looking at all of them. */
export type SearchTruth = { readonly typed: string; readonly truth: ReadonlySet<string> };

/** `count` pieces of two to six characters cut out of the texts at places that the seed chooses. */
export function* searchTruth(
  households: readonly SearchableTexts[],
  seed: number,
  count: number,
): Generator<SearchTruth> {
  const random = seeded(seed, 'search-truth');
  for (let i = 0; i < count; ) {
    const household = random.pick(households);
    const typed = piece(random.pick([household.name, household.address, household.supply]), random);
    if (typed === undefined) continue;
    i += 1;
    yield { typed, truth: new Set(households.filter((h) => holds(h, typed)).map((h) => h.id)) };
  }
}

/** Undefined where nobody would cut: inside a number, across a space, or with no Chinese character in it. */
function piece(text: string, random: Random): string | undefined {
  const length = 2 + random.int(5);
  const from = random.int(Math.max(1, text.length - length));
  const cut = text.slice(from, from + length);
  const insideNumber = /[a-z0-9]$/.test(text.slice(0, from)) && /^[a-z0-9]/.test(cut);
  const typed = cut.length >= 2 && !/\s/.test(cut) && /\p{Script=Han}/u.test(cut);
  return typed && !insideNumber ? cut : undefined;
}

function holds(household: SearchableTexts, typed: string): boolean {
  return [household.name, household.address, household.supply].some(
    (text) => findFragment(text, typed) !== undefined,
  );
}

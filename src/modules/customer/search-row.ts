import { normaliseAddress, normaliseText, SEARCH_VERSION } from './domain/normalise-text.ts';
import { fieldTokens, lastFourToken, placeToken, tsvectorLiteral } from './domain/search-tokens.ts';
import { nameReadings, placeInitials } from './pinyin.ts';

/** What a household is found by. */
export type SearchFacts = {
  readonly name: string;
  readonly kind: 'person' | 'organisation';
  readonly townName: string;
  readonly place: string;
  readonly houseNo: string;
  readonly transformerName: string;
  readonly feederName: string;
  readonly phone: string | null;
  readonly accountNo: string;
  readonly meterNo: string;
};

/** The columns of `household_search` beside its key. `grams` is in PostgreSQL's notation of a tsvector. */
export type SearchRow = {
  readonly version: number;
  readonly name: string;
  readonly address: string;
  readonly supply: string;
  readonly pyFull: string;
  readonly pyPrimary: string;
  readonly pyInitials: readonly string[];
  readonly phone: string | null;
  readonly accountNo: string;
  readonly meterNo: string;
  readonly grams: string;
};

/**
 * Makes search rows, here and nowhere else, so that what is stored and what is asked for are normalised alike.
 * One maker remembers the readings of names and places it has met: a village is read once, not a hundred times.
 */
export function searchRowMaker(): (facts: SearchFacts) => SearchRow {
  const readingsOf = remembering((name) => nameReadings(name.replace(/（.*）$/, '')));
  const tokenOf = remembering((place) => {
    const initials = placeInitials(place);
    return initials === '' ? [] : [placeToken(initials)];
  });
  return (facts) => {
    const name = normaliseText(facts.name);
    const address = normaliseAddress(facts.place + facts.houseNo);
    const supply = normaliseText(`${facts.transformerName} ${facts.feederName}`);
    const readings = readingsOf(facts.name);
    const numbers = [facts.accountNo, facts.meterNo, ...(facts.phone === null ? [] : [facts.phone])];
    return {
      version: SEARCH_VERSION,
      name,
      address,
      supply,
      pyFull: readings.full,
      pyPrimary: readings.primary,
      // A firm is called by one reading; all readings of ten characters would only fill the index.
      pyInitials: facts.kind === 'person' ? readings.initials : [readings.primary],
      phone: facts.phone,
      accountNo: facts.accountNo,
      meterNo: facts.meterNo,
      grams: tsvectorLiteral([
        ...fieldTokens('name', name),
        ...fieldTokens('address', address),
        ...fieldTokens('supply', supply),
        ...numbers.map(lastFourToken),
        ...placesOf(facts).flatMap(tokenOf),
      ]),
    };
  };
}

/** Town and village or compound apart, for people type the initials of either. */
function placesOf({ townName, place }: SearchFacts): string[] {
  return [townName, place.startsWith(townName) ? place.slice(townName.length) : place];
}

function remembering<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = read(text);
    known.set(text, value);
    return value;
  };
}

import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { findFragment } from './domain/match-fragment.ts';
import { maskName, maskNumber, maskPhone, reveal } from './domain/mask.ts';
import { normaliseText } from './domain/normalise-text.ts';
import { parseSearch, type SearchWord } from './domain/parse-search.ts';
import { type MatchKind, rankHits } from './domain/rank-hits.ts';
import { type Candidate, findCandidates } from './household-candidates.ts';

/** One household of a result list: masked, but the part that was typed is visible (design rule 2). */
type HouseholdHit = {
  readonly householdId: string;
  readonly match: MatchKind;
  readonly name: string;
  readonly kind: 'person' | 'organisation';
  readonly place: string;
  readonly houseNo: string;
  readonly phone: string | null;
  readonly accountNo: string;
  readonly meterNo: string;
  readonly stationId: string;
  readonly keyAccount: boolean;
  readonly importantGrade: string | null;
  readonly flags: readonly string[];
  readonly closed: boolean;
};

export type SearchResult = {
  readonly hits: readonly HouseholdHit[];
  /** There may be more than the list shows: the clerk should type on. */
  readonly more: boolean;
};

const EMPTY: SearchResult = { hits: [], more: false };

/**
 * Finds households by anything typed into Ctrl+K: account, meter or phone number or its end, name, initials or full
 * pinyin in any reading, a piece of the address, transformer or feeder. Several words must all match.
 */
export async function searchHouseholds(
  db: Db,
  request: { readonly companyId: string; readonly typed: string; readonly limit: number },
): Promise<SearchResult> {
  const words = parseSearch(request.typed);
  if (words.length === 0) return EMPTY;
  const found = await findCandidates(db, request.companyId, words);
  const ranked = rankHits(found.map((row) => ({ ...row, match: bestMatch(row, words[0] as SearchWord) })));
  const shown = ranked.slice(0, request.limit);
  return { hits: await display(db, request.companyId, shown, words), more: ranked.length > shown.length };
}

/** Why this household is in the list, for its rank: the surest reason that holds for the first word. */
function bestMatch(row: Candidate, word: SearchWord): MatchKind {
  const { text, kind } = word;
  if (kind === 'digits') {
    if (row.account_no === text) return 'account';
    if (row.meter_no === text) return 'meter';
    if (row.phone === text) return 'phone';
    const numbers = [row.account_no, row.meter_no, row.phone ?? ''];
    if (text.length >= 4 && numbers.some((number) => number.endsWith(text))) return 'number-end';
    if (text.length >= 4 && numbers.some((number) => number.startsWith(text))) return 'number-begin';
    if (text.length === 11) return 'phone';
  }
  if (kind === 'letters') {
    if (row.py_primary === text) return 'initials';
    if (row.py_full.startsWith(text)) return 'pinyin';
    if (row.py_initials.includes(text)) return 'other-reading';
    if (row.py_primary.startsWith(text)) return 'name-part';
  }
  if (row.name.startsWith(text)) return 'name';
  if (findFragment(row.name, text) !== undefined) return 'name-part';
  if (findFragment(row.address, text) !== undefined) return 'address';
  if (findFragment(row.supply, text) !== undefined) return 'transformer';
  return kind === 'letters' ? 'place-initials' : 'address';
}

type DisplayRow = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'person' | 'organisation';
  readonly place: string;
  readonly house_no: string;
  readonly phone: string | null;
  readonly account_no: string;
  readonly meter_no: string;
  readonly station_id: string;
  readonly key_account: boolean;
  readonly important_grade: string | null;
  readonly flags: readonly string[];
  readonly closed: boolean;
};

async function display(
  db: Db,
  companyId: string,
  ranked: readonly { readonly household_id: string; readonly match: MatchKind }[],
  words: readonly SearchWord[],
): Promise<HouseholdHit[]> {
  const ids = ranked.map((row) => row.household_id);
  const rows = await db.rows<DisplayRow>(sql`
    select h.id, c.name, c.kind, p.place, p.house_no, s.phone, h.account_no, s.meter_no, h.station_id, h.key_account,
      h.important_grade, h.closed_on is not null as closed,
      array(select f.kind from household_flags f where f.company_id = h.company_id and f.household_id = h.id
        and f.ended_at is null and f.expires_at > now() order by f.kind) as flags
    from households h
    join household_search s on s.company_id = h.company_id and s.household_id = h.id
    join customers c on c.company_id = h.company_id and c.id = h.customer_id
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    where h.company_id = ${companyId} and h.id = any(${ids}::uuid[])`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ranked.flatMap(({ household_id, match }) => {
    const row = byId.get(household_id);
    return row === undefined ? [] : [toHit(row, match, words)];
  });
}

function toHit(row: DisplayRow, match: MatchKind, words: readonly SearchWord[]): HouseholdHit {
  return {
    householdId: row.id,
    match,
    name: showing(row.name, maskName(row.name, row.kind), words),
    kind: row.kind,
    place: row.place,
    houseNo: row.house_no,
    phone: row.phone === null ? null : showing(row.phone, maskPhone(row.phone), words),
    accountNo: showing(row.account_no, maskNumber(row.account_no), words),
    meterNo: showing(row.meter_no, maskNumber(row.meter_no), words),
    stationId: row.station_id,
    keyAccount: row.key_account,
    importantGrade: row.important_grade,
    flags: row.flags,
    closed: row.closed,
  };
}

/** Only a name, or the beginning or end of a number, is revealed: digits in its middle were not asked for. */
function showing(text: string, masked: string, words: readonly SearchWord[]): string {
  return words.reduce((shown, word) => {
    if (word.kind === 'letters') return shown;
    if (word.kind === 'text') return reveal(text, shown, findFragment(normaliseText(text), word.text));
    if (text.startsWith(word.text)) return reveal(text, shown, { from: 0, to: word.text.length });
    if (word.text.length < 4 || !text.endsWith(word.text)) return shown;
    return reveal(text, shown, { from: text.length - word.text.length, to: text.length });
  }, masked);
}

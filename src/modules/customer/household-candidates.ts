import type { Db } from '#platform/db/db.ts';
import { type Sql, sql, sqlJoin, sqlName } from '#platform/db/sql.ts';
import type { SearchWord } from './domain/parse-search.ts';
import {
  anywhereQuery,
  fragmentQuery,
  lastFourToken,
  placeToken,
  quote,
  SEARCH_FIELDS,
} from './domain/search-tokens.ts';

/** Candidates taken from one index before ranking. More would be read only to be thrown away. */
const CANDIDATES = 100;
/** Rows that hold the lexemes of a piece and are looked at for the piece itself. */
const FENCE = 3000;

/** A household as the search row has it, before it is ranked and masked. */
export type Candidate = {
  readonly household_id: string;
  readonly name: string;
  readonly address: string;
  readonly supply: string;
  readonly py_full: string;
  readonly py_primary: string;
  readonly py_initials: readonly string[];
  readonly phone: string | null;
  readonly account_no: string;
  readonly meter_no: string;
};

/**
 * The first word opens branches, each answered by one index and cut at its own limit; further words filter them.
 * Pieces of text come in three attempts: as typed among the first `FENCE` rows that hold its lexemes; as typed among
 * all rows, when the fence was full; and its lexemes anywhere, for 横山花园3-2-302 stands nowhere as such.
 */
export async function findCandidates(
  db: Db,
  companyId: string,
  words: readonly SearchWord[],
): Promise<Candidate[]> {
  const [first, ...rest] = words;
  if (first === undefined) return [];
  const filter = sqlJoin(rest.map(wordFilter), '');
  const identity = identityBranches(first).map((condition) => ({ condition, pattern: null }));
  const text = textBranches(first);
  const fenced = await select(db, companyId, [...identity, ...text], filter, FENCE);
  if (fenced.length >= CANDIDATES || text.length === 0) return fenced;
  if (await fenceWasFull(db, companyId, text, filter)) {
    return select(db, companyId, [...identity, ...text], filter, null);
  }
  if (fenced.length > 0) return fenced;
  const query = anywhereQuery(first.text);
  if (query === undefined) return [];
  return select(
    db,
    companyId,
    [{ condition: sql`s.grams @@ ${query}::tsquery`, pattern: null }],
    filter,
    FENCE,
  );
}

/** A condition that an index answers, and a pattern that the rows so found must then meet in one of their texts. */
type Branch = { readonly condition: Sql; readonly pattern: Sql | null };

async function select(
  db: Db,
  companyId: string,
  branches: readonly Branch[],
  filter: Sql,
  fence: number | null,
): Promise<Candidate[]> {
  if (branches.length === 0) return [];
  const parts = branches.map(({ condition, pattern }) => {
    const rows = sql`select s.household_id, s.name, s.address, s.supply, s.py_full, s.py_primary, s.py_initials,
        s.phone, s.account_no, s.meter_no
      from household_search s where s.company_id = ${companyId} and ${condition}${filter}`;
    if (pattern === null) return sql`(${rows} limit ${CANDIDATES})`;
    // The limit inside keeps the planner from believing that the pattern makes a frequent lexeme rare.
    return fence === null
      ? sql`(${rows} and ${pattern} limit ${CANDIDATES})`
      : sql`(select s.* from (${rows} limit ${fence}) s where ${pattern} limit ${CANDIDATES})`;
  });
  return db.rows<Candidate>(sql`
    select distinct on (found.household_id) found.* from (${sqlJoin(parts, ' union all ')}) found`);
}

/** Only branches with a pattern have a fence. */
async function fenceWasFull(
  db: Db,
  companyId: string,
  branches: readonly Branch[],
  filter: Sql,
): Promise<boolean> {
  const counts = branches
    .filter(({ pattern }) => pattern !== null)
    .map(
      ({ condition }) => sql`(select count(*) as seen from (select 1 from household_search s
        where s.company_id = ${companyId} and ${condition}${filter} limit ${FENCE}) s)`,
    );
  if (counts.length === 0) return false;
  const counted = await db.rows<{ seen: number }>(sqlJoin(counts, ' union all '));
  return counted.some(({ seen }) => seen >= FENCE);
}

/** A further word: any way in which it fits the household. */
function wordFilter(word: SearchWord): Sql {
  const anywhere = anywhereQuery(word.text);
  const ways = [
    ...identityBranches(word),
    ...(anywhere === undefined ? [] : [sql`s.grams @@ ${anywhere}::tsquery`]),
  ];
  return ways.length === 0 ? sql`` : sql` and (${sqlJoin(ways, ' or ')})`;
}

/** Numbers and names: each condition is answered by one index. */
function identityBranches(word: SearchWord): Sql[] {
  const { text } = word;
  const begins = `${text}%`;
  if (word.kind === 'digits') {
    const exact = [
      sql`s.account_no = ${text}`,
      sql`s.meter_no = ${text}`,
      sql`s.phone = ${text}`,
      sql`s.household_id in (select c.household_id from household_contacts c
        where c.company_id = s.company_id and c.phone = ${text})`,
    ];
    if (text.length < 4) return [];
    const partly = [
      sql`s.account_no like ${begins}`,
      sql`s.meter_no like ${begins}`,
      sql`s.phone like ${begins}`,
      sql`(s.grams @@ ${quote(lastFourToken(text))}::tsquery
        and (s.phone like ${`%${text}`} or s.account_no like ${`%${text}`} or s.meter_no like ${`%${text}`}))`,
    ];
    return [...exact, ...partly];
  }
  if (word.kind === 'letters') {
    if (text.length < 2) return [];
    return [
      sql`s.py_primary = ${text}`,
      sql`s.py_initials @> ${[text]}::text[]`,
      sql`s.py_primary like ${begins}`,
      ...(text.length < 3 ? [] : [sql`s.py_full like ${begins}`]),
      sql`s.grams @@ ${`${quote(placeToken(text))}:*`}::tsquery`,
    ];
  }
  return word.name ? [sql`s.name = ${text}`, sql`s.name like ${begins}`] : [];
}

/** Pieces of name, address, transformer and feeder. A piece that is one lexeme needs no pattern. */
function textBranches(word: SearchWord): Branch[] {
  if (word.kind === 'digits' && word.text.length > 4) return [];
  const isLexeme = /^\p{Script=Han}{1,2}$/u.test(word.text);
  const pattern = fragmentPattern(word.text);
  return SEARCH_FIELDS.flatMap((field) => {
    const query = fragmentQuery(field, word.text);
    if (query === undefined || (field === 'name' && word.kind !== 'text')) return [];
    return [
      {
        condition: sql`s.grams @@ ${query}::tsquery`,
        pattern: isLexeme ? null : sql`s.${sqlName(field)} ~ ${pattern}`,
      },
    ];
  });
}

/** As `findFragment`: a number is not cut at its front. */
function fragmentPattern(text: string): string {
  const literal = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return /^[a-z0-9]/.test(text) ? `(^|[^a-z0-9])${literal}` : literal;
}

import type { Instant } from '#kernel/instant.ts';
import { auditWriter } from '#modules/audit/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { type Database, type Db, timestamp, type Tx } from '#platform/db/db.ts';
import type { PersonalRows } from '#platform/db/personal-rows.ts';
import { type Sql, sql, sqlJoin, sqlName } from '#platform/db/sql.ts';

export type BlankDeps = {
  readonly database: Database;
  readonly activeHandbook: (db: Db, companyId: string) => Promise<HandbookVersion | undefined>;
  readonly personal: readonly PersonalRows[];
};

/** So many rows in one transaction: nobody waits for a lock of it. */
const BATCH = 500;
/**
 * A table is looked through in parts of so many pages (1 MB, 20 ms): one question to the ten million texts of a million cases
 * outlasted every time-out, so that nothing was ever blanked, and kept a core busy until then (measured).
 */
const PART_PAGES = 128;

/** Blanks everything whose time is over; answers how many rows went, by table. */
export async function blankOld(deps: BlankDeps): Promise<ReadonlyMap<string, number>> {
  const gone = new Map<string, number>();
  for await (const { table, rows } of blankInParts(deps)) gone.set(table, (gone.get(table) ?? 0) + rows);
  return gone;
}

/** The same part by part, company by company and table by table: whoever has other things to do asks for the next one later. */
export async function* blankInParts(
  deps: BlankDeps,
): AsyncGenerator<{ readonly table: string; readonly rows: number }, void> {
  for (const { companyId, limits } of await companiesWithLimits(deps))
    for (const personal of deps.personal) {
      const { table } = personal;
      for (const part of await partsOf(deps.database, table)) {
        const due = (now: Instant) => sql`${part} and ${dueBy(personal, limits, now)}`;
        yield { table, rows: await inBatches(deps.database, companyId, personal, due) };
      }
      if (personal.of !== null)
        yield { table, rows: await blankAskedFor(deps.database, companyId, personal, personal.of) };
    }
}

/** How many rows the next turn blanks, by table; nothing is touched. */
export async function countOld(deps: BlankDeps): Promise<ReadonlyMap<string, number>> {
  const due = new Map<string, number>();
  for (const { companyId, limits } of await companiesWithLimits(deps))
    for (const rows of deps.personal)
      for (const part of await partsOf(deps.database, rows.table)) {
        const { n } = await deps.database.one<{ n: number }>(sql`
          select count(*) as n from ${sqlName(rows.table)} t where t.company_id = ${companyId} and ${says(rows)}
            and ${part} and ${dueBy(rows, limits, await deps.database.now())}`);
        due.set(rows.table, (due.get(rows.table) ?? 0) + n);
      }
  return due;
}

/** What is said of a household and not needed any more, at once; the rest when it ends (`blankAskedFor`). */
export async function blankHousehold(
  tx: Tx,
  companyId: string,
  personal: readonly PersonalRows[],
  householdId: string,
): Promise<number> {
  let gone = 0;
  for (const rows of personal) {
    if (rows.of === null) continue;
    const over = sql`${rows.of(householdId)} and ${rows.since} <= ${timestamp(tx.now)}`;
    gone += await blankWhere(tx, companyId, rows, over, null);
  }
  return gone;
}

async function blankAskedFor(
  database: Database,
  companyId: string,
  rows: PersonalRows,
  of: (householdId: string) => Sql,
): Promise<number> {
  const asked = await database.rows<{ id: string }>(sql`
    select distinct e.household_id as id from erasures e where e.company_id = ${companyId}`);
  let gone = 0;
  for (const { id } of asked)
    gone += await inBatches(
      database,
      companyId,
      rows,
      (now) => sql`${of(id)} and ${rows.since} <= ${timestamp(now)}`,
    );
  return gone;
}

async function inBatches(
  database: Database,
  companyId: string,
  rows: PersonalRows,
  due: (now: Instant) => Sql,
): Promise<number> {
  for (let gone = 0; ; ) {
    const n = await database.transaction(async (tx) => {
      const blanked = await blankWhere(tx, companyId, rows, due(tx.now), BATCH);
      if (blanked > 0)
        await auditWriter(tx, companyId).write({
          actorId: null,
          action: 'privacy.blanked',
          outcome: 'done',
          objectType: 'table',
          objectId: rows.table,
          detail: { rows: String(blanked), limit: rows.limit ?? '' },
        });
      return blanked;
    });
    gone += n;
    if (n < BATCH) return gone;
  }
}

async function blankWhere(
  tx: Tx,
  companyId: string,
  rows: PersonalRows,
  due: Sql,
  most: number | null,
): Promise<number> {
  const table = sqlName(rows.table);
  // What somebody works on just now is left for the next turn.
  const found = sql`select t.ctid from ${table} t where t.company_id = ${companyId} and ${says(rows)} and ${due}
    limit ${most} for update of t skip locked`;
  if (Object.values(rows.columns).includes('remove'))
    return await tx.run(sql`delete from ${table} where ${table}.ctid = any(array(${found}))`);
  const set = [
    ...Object.entries(rows.columns).map(([column, blank]) => sql`${sqlName(column)} = ${blank}`),
    ...(rows.with ?? []).map((column) => sql`${sqlName(column)} = null`),
  ];
  const stamped = rows.stamp === undefined ? [] : [sql`${sqlName(rows.stamp)} = ${timestamp(tx.now)}`];
  return await tx.run(sql`
    update ${table} set ${sqlJoin([...set, ...stamped], ', ')} where ${table}.ctid = any(array(${found}))`);
}

/** The table as it is now, in parts; the last one is open, so that no row falls behind the end. */
async function partsOf(db: Db, table: string): Promise<readonly Sql[]> {
  const { pages } = await db.one<{ pages: number }>(sql`
    select (pg_relation_size(${table}::regclass) / current_setting('block_size')::bigint)::integer as pages`);
  const starts = Array.from({ length: Math.ceil(pages / PART_PAGES) || 1 }, (_, i) => i * PART_PAGES);
  return starts.map((start, i) => {
    const from = sql`t.ctid >= ${`(${start},0)`}::tid`;
    return i === starts.length - 1 ? from : sql`${from} and t.ctid < ${`(${start + PART_PAGES},0)`}::tid`;
  });
}

/** It still says something. */
function says({ columns }: PersonalRows): Sql {
  const kept = Object.entries(columns).map(([column, blank]) =>
    blank === 'remove' ? sql`true` : sql`t.${sqlName(column)} is distinct from ${blank}`,
  );
  return sql`(${sqlJoin(kept, ' or ')})`;
}

function dueBy(rows: PersonalRows, limits: HandbookVersion['handbook']['limits'], now: Instant): Sql {
  if (rows.limit === null) return sql`${rows.since} <= ${timestamp(now)}`;
  const limit = limits.find((one) => one.id === rows.limit);
  if (limit === undefined) throw new Error(`the handbook has no limit ${rows.limit} for ${rows.table}`);
  return sql`${rows.since} <= ${timestamp(now)}::timestamptz - make_interval(months => ${monthsOf(limit)})`;
}

/** Something is kept for months or years of the calendar, and for nothing else. */
function monthsOf({ id, value, unit }: HandbookVersion['handbook']['limits'][number]): number {
  if (unit === 'month') return value;
  if (unit === 'year') return value * 12;
  throw new Error(`${id}: nothing is kept for ${value} ${unit}`);
}

async function companiesWithLimits({ database, activeHandbook }: BlankDeps) {
  const companies = await database.rows<{ id: string }>(sql`select c.company_id as id from companies c`);
  const found = await Promise.all(
    companies.map(async ({ id }) => ({ companyId: id, version: await activeHandbook(database, id) })),
  );
  return found.flatMap(({ companyId, version }) =>
    version === undefined ? [] : [{ companyId, limits: version.handbook.limits }],
  );
}

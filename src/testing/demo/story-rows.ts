import type { Db } from '#platform/db/db.ts';
import { sql, sqlName } from '#platform/db/sql.ts';

/** One row as PostgreSQL prints it, column by column. */
export type TextRow = Readonly<Record<string, string | null>>;

/** A case that was lived through, as the rows that it left behind. */
export type Story = {
  readonly caseId: string;
  readonly householdId: string | null;
  readonly stationId: string | null;
  readonly areaClass: string | null;
  readonly business: string;
  /** How often it happens beside the others. */
  readonly weight: number;
  readonly rows: ReadonlyMap<string, readonly TextRow[]>;
};

/** Rows of the moment, which no history has: links and messages of the demonstration are not kept for years. */
const NOT_HISTORY = new Set(['case_links', 'case_link_tries', 'demo_messages']);

/**
 * Everything that hangs on a case and its orders, found by following the foreign keys downwards, so that a table that is
 * added tomorrow is part of tomorrow's history.
 */
export async function captureStory(db: Db, caseId: string, weight: number): Promise<Story> {
  const keys = await foreignKeys(db);
  const rows = new Map<string, Map<string, TextRow>>();
  let wave = new Map([['cases', new Set([caseId])]]);
  await take(db, rows, 'cases', 'id', [caseId]);
  while (wave.size > 0) {
    const next = new Map<string, Set<string>>();
    for (const [parent, ids] of wave)
      for (const key of keys.filter((one) => one.parent === parent && !NOT_HISTORY.has(one.child))) {
        const found = await take(db, rows, key.child, key.column, [...ids]);
        for (const row of found) {
          if (row['id']) remember(next, key.child, row['id']);
          // A link leads on to the order, which hangs on no case.
          if (key.child === 'case_orders' && row['order_id']) {
            await take(db, rows, 'orders', 'id', [row['order_id']]);
            remember(next, 'orders', row['order_id']);
          }
        }
      }
    wave = next;
  }
  const [main] = [...(rows.get('cases')?.values() ?? [])];
  if (main === undefined) throw new Error(`no case ${caseId}`);
  return {
    caseId,
    householdId: main['household_id'] ?? null,
    stationId: main['station_id'] ?? null,
    areaClass: main['area_class'] ?? null,
    business: main['business'] ?? '',
    weight,
    rows: new Map([...rows].map(([table, found]) => [table, [...found.values()]])),
  };
}

/** Reads rows that were not there yet and answers them. */
async function take(
  db: Db,
  rows: Map<string, Map<string, TextRow>>,
  table: string,
  column: string,
  ids: readonly string[],
): Promise<readonly TextRow[]> {
  const columns = await columnsOf(db, table);
  const list = sql`t.${sqlName(column)} = any(${ids}::uuid[])`;
  const found = await db.rows<{ row: string }>(
    sql`select json_build_object(${namesAndTexts(columns)})::text as row from ${sqlName(table)} t where ${list}`,
  );
  const kept = rows.get(table) ?? new Map<string, TextRow>();
  rows.set(table, kept);
  const fresh = found.filter(({ row }) => !kept.has(row));
  for (const { row } of fresh) kept.set(row, JSON.parse(row) as TextRow);
  return fresh.map(({ row }) => JSON.parse(row) as TextRow);
}

function namesAndTexts(columns: readonly string[]) {
  return columns
    .map((column) => sql`${sqlName(column)}::text`)
    .reduce((all, one, i) => {
      const name = columns[i] ?? '';
      const pair = sql`${name}::text, t.${one}`;
      return i === 0 ? pair : sql`${all}, ${pair}`;
    }, sql``);
}

const columns = new Map<string, readonly string[]>();

async function columnsOf(db: Db, table: string): Promise<readonly string[]> {
  const known = columns.get(table);
  if (known !== undefined) return known;
  const found = await db.rows<{ name: string }>(sql`
    select a.attname as name from pg_attribute a
    where a.attrelid = ${table}::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`);
  const names = found.map((row) => row.name);
  columns.set(table, names);
  return names;
}

type ForeignKey = { readonly child: string; readonly column: string; readonly parent: string };

let known: readonly ForeignKey[] | undefined;

async function foreignKeys(db: Db): Promise<readonly ForeignKey[]> {
  known ??= await db.rows<ForeignKey>(sql`
    select k.conrelid::regclass::text as child, a.attname as column, k.confrelid::regclass::text as parent
    from pg_constraint k
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
    where k.contype = 'f' and cardinality(k.conkey) = 2 and k.confrelid <> k.conrelid`);
  return known;
}

function remember(wave: Map<string, Set<string>>, table: string, id: string): void {
  wave.set(table, (wave.get(table) ?? new Set()).add(id));
}

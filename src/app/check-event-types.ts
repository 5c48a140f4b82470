import { type EventTypes, type RecordedType, unknownTypes } from '#kernel/event-types.ts';
import type { Database } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { StartRefusal } from '#platform/start-refusal.ts';

/**
 * So many pages of 8 kB at the end of each stream are looked at, some 150,000 events in 30 ms: whatever lies further back
 * was looked at by the start that followed it, and a start must take under five seconds with twenty million events.
 */
const PAGES = 4000;

/** Refuses a database in which a newer program has written what this one would misread. */
export async function checkEventTypes(database: Database, declared: readonly EventTypes[]): Promise<void> {
  const recorded = [
    ...(await listRecorded(database, 'case', sql`case_events`)),
    ...(await listRecorded(database, 'order', sql`order_events`)),
  ];
  const unknown = unknownTypes(declared, recorded).map(({ type, v }) => `${type} v${v}`);
  if (unknown.length === 0) return;
  throw new StartRefusal(
    `数据库里有本程序不认识的事件（${unknown.join('、')}），可能是更新的版本写入的；请用那个版本启动。`,
    `The database holds events that this program does not know (${unknown.join(', ')}), written by a newer one: start that.`,
  );
}

async function listRecorded(
  database: Database,
  stream: RecordedType['stream'],
  table: Sql,
): Promise<readonly RecordedType[]> {
  const name = `${stream}_events`;
  const { pages } = await database.one<{ pages: number }>(sql`
    select (pg_relation_size(${name}::regclass) / current_setting('block_size')::integer)::integer as pages`);
  const from = `(${Math.max(0, pages - PAGES)},0)`;
  const rows = await database.rows<{ type: string; v: number }>(sql`
    select distinct e.type, e.v from ${table} e where e.ctid >= ${from}::tid`);
  return rows.map((row) => ({ stream, ...row }));
}

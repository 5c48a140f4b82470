import type { Instant } from '#kernel/instant.ts';
import { allKeptAway } from '#modules/order/index.ts';
import type { Database } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { oneAtATime } from '#platform/one-at-a-time.ts';
import { accessCounts, type Reader } from './case-reads.ts';

/** Who may see a case, whoever asks: the units with access that counts, and whoever is to keep away. */
export type Audience = { readonly seenBy: ReadonlySet<string>; readonly keptAway: ReadonlySet<string> };

/**
 * Of the row `c` of cases: `seen_by` and `kept_away`, the ids of its audience as sorted texts with commas. Of two cases with
 * the same texts each reader sees both or neither, so that whoever keeps counts keeps one for each such class.
 */
export function audienceOf(now: Instant): Sql {
  return sql`array_to_string(array(select distinct a.unit_id from case_access a where ${accessCounts(now)}
    order by a.unit_id), ',') as seen_by, ${allKeptAway()} as kept_away`;
}

/** `visibleCase` of what was read by `audienceOf`; a test walks both. */
export function sees(reader: Reader, { seenBy, keptAway }: Audience): boolean {
  const away = keptAway.has(reader.personId) || reader.unitIds.some((id) => keptAway.has(id));
  return !away && reader.unitIds.some((id) => seenBy.has(id));
}

/**
 * What is read for a reader, read once at a time for all who see the same: of his company and units, and nobody who keeps away
 * from anything. `work` is asked with one of them.
 */
export function sharedByAudience<T>(
  database: Database,
  work: (reader: Reader) => Promise<T>,
): (reader: Reader) => Promise<T> {
  const turns = new Map<string, ReturnType<typeof turnsOf<T>>>();
  return async (reader) => {
    const { companyId, personId, unitIds } = reader;
    const { away } = await database.one<{ away: boolean }>(sql`
      select exists (select 1 from case_kept_away x where x.company_id = ${companyId} and x.who = ${personId}) as away`);
    const key = [companyId, away ? personId : 'anybody', ...unitIds.toSorted()].join(' ');
    const known = turns.get(key) ?? turnsOf(work);
    turns.set(key, known);
    return await known(reader);
  };
}

/** Each turn works for whoever asked last: who asked long ago may keep away from something by now. */
function turnsOf<T>(work: (reader: Reader) => Promise<T>): (reader: Reader) => Promise<T> {
  let latest: Reader | undefined;
  const turn = oneAtATime(async () => {
    if (latest === undefined) throw new Error('a turn begins when somebody asks');
    return await work(latest);
  });
  return async (reader) => {
    latest = reader;
    return await turn();
  };
}

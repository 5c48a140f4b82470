import type { Instant } from '#kernel/instant.ts';
import { allKeptAway } from '#modules/order/index.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
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

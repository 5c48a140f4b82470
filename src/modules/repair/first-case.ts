import type { Instant } from '#kernel/instant.ts';
import { type Reader, visibleCase } from '#modules/case/index.ts';
import { type Sql, sql } from '#platform/db/sql.ts';

/** The first case of the order that the reader may see; `o` is the order. */
export function firstCase(reader: Reader, now: Instant): Sql {
  return sql`(select c.id, c.no from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null and ${visibleCase(reader, now)}
    order by c.accepted_at, c.id limit 1)`;
}

import { type Sql, sql } from '#platform/db/sql.ts';

/** What belongs to an exercise (演练) is counted nowhere: no figure, no list that a figure opens, no report has it. `c` is the case. */
export function realCase(): Sql {
  return sql`c.drill_id is null`;
}

/** The same of an order: none of its cases is an exercise's. `o` is the order. */
export function realOrder(): Sql {
  return sql`not exists (select 1 from case_orders dl join cases dc on dc.company_id = dl.company_id and dc.id = dl.case_id
    where dl.company_id = o.company_id and dl.order_id = o.id and dc.drill_id is not null)`;
}

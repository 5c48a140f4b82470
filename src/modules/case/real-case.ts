import { type Sql, sql } from '#platform/db/sql.ts';

/** What belongs to an exercise (演练) is counted nowhere: no figure, no list that a figure opens, no report has it. `c` is the case. */
export function realCase(): Sql {
  return sql`c.drill_id is null`;
}

import { caseEnd, ofCase } from '#modules/case/index.ts';
import { BLANKED, type PersonalRows } from '#platform/db/personal-rows.ts';
import { sql } from '#platform/db/sql.ts';

/** An order of another system lives as long as its case; one that was set aside, from then on. */
const orderEnd = sql`coalesce(${caseEnd(sql`t.case_id`)}, case when t.state = 'set-aside' then t.decided_at end)`;
const caseOf = sql`(select o.case_id from outside_orders o
  where o.company_id = t.company_id and o.id = t.outside_order_id)`;
const parentEnd = sql`(select coalesce(c.closed_at, case when o.state = 'set-aside' then o.decided_at end)
  from outside_orders o left join cases c on c.company_id = o.company_id and c.id = o.case_id
  where o.company_id = t.company_id and o.id = t.outside_order_id)`;

export const doorPersonal: readonly PersonalRows[] = [
  {
    table: 'outside_orders',
    columns: { content: null, note: null },
    limit: 'R103-case',
    since: orderEnd,
    of: ofCase(sql`t.case_id`),
  },
  {
    table: 'outside_order_updates',
    columns: { content: null },
    limit: 'R103-case',
    since: parentEnd,
    of: ofCase(caseOf),
  },
  {
    table: 'outside_replies',
    columns: { fields: null, return_reason: null },
    limit: 'R103-case',
    since: parentEnd,
    of: ofCase(caseOf),
  },
  {
    table: 'outside_objections',
    columns: { words: BLANKED, evidence: BLANKED, answer: null },
    limit: 'R103-case',
    since: parentEnd,
    of: ofCase(caseOf),
  },
];

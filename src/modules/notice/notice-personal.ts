import type { PersonalRows } from '#platform/db/personal-rows.ts';
import { sql } from '#platform/db/sql.ts';

/** Only a demonstration keeps what it would have sent; the outbox itself has ids and codes. Who only sent an SMS is a number and no name. */
export const noticePersonal: readonly PersonalRows[] = [
  {
    table: 'demo_messages',
    columns: { receiver: 'remove', body: 'remove' },
    limit: 'R103-call',
    since: sql`(select o.created_at from outbox o where o.company_id = t.company_id and o.id = t.outbox_id)`,
    of: (householdId) => sql`exists (select 1 from outbox o
      join cases c on c.company_id = o.company_id and c.id = o.case_id
      where o.company_id = t.company_id and o.id = t.outbox_id and c.household_id = ${householdId}
        and c.closed_to is null)`,
  },
  {
    table: 'sms_senders',
    columns: { phone: null },
    limit: 'R103-call',
    since: sql`t.heard_at`,
    of: (householdId) => sql`exists (select 1 from households h
      join customers u on u.company_id = h.company_id and u.id = h.customer_id
      where h.company_id = t.company_id and h.id = ${householdId} and u.phone = t.phone)`,
  },
];

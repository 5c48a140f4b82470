import { BLANKED, type PersonalRows } from '#platform/db/personal-rows.ts';
import { type Sql, sql } from '#platform/db/sql.ts';

const accountEnd = sql`(select (h.closed_on + 1)::timestamp at time zone 'Asia/Shanghai' from households h
  where h.company_id = t.company_id and h.id = t.household_id)`;
const ofAccount = (householdId: string): Sql => sql`t.household_id = ${householdId}`;

/**
 * Who has an account is needed for its contract, and five years after as its orders are; contacts and sensitive flags for one
 * year after (domain-rules §11.3). Premises are where electricity goes, not who lives there: they stay.
 */
export const customerPersonal: readonly PersonalRows[] = [
  {
    table: 'customers',
    columns: { name: BLANKED, phone: null, email: null, reach_by: 'sms' },
    stamp: 'blanked_at',
    limit: 'R103-case',
    since: sql`(select max(h.closed_on + 1)::timestamp at time zone 'Asia/Shanghai' from households h
      where h.company_id = t.company_id and h.customer_id = t.id having bool_and(h.closed_on is not null))`,
    of: (householdId) => sql`exists (select 1 from households h where h.company_id = t.company_id
      and h.customer_id = t.id and h.id = ${householdId})`,
  },
  {
    table: 'household_search',
    columns: {
      name: 'remove',
      phone: 'remove',
      py_full: 'remove',
      py_primary: 'remove',
      py_initials: 'remove',
      grams: 'remove',
    },
    limit: 'R103-case',
    since: accountEnd,
    of: ofAccount,
  },
  {
    table: 'household_contacts',
    columns: { name: 'remove', phone: 'remove' },
    limit: 'R103-family',
    since: accountEnd,
    of: ofAccount,
  },
  {
    table: 'household_flags',
    columns: { evidence_note: BLANKED, end_reason: null },
    limit: 'R103-family',
    since: sql`coalesce(t.ended_at, t.expires_at)`,
    of: ofAccount,
  },
  {
    table: 'household_reveals',
    columns: { reason: BLANKED },
    limit: 'R103-default',
    since: sql`t.at`,
    of: null,
  },
];

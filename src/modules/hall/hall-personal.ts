import type { PersonalRows } from '#platform/db/personal-rows.ts';
import { sql } from '#platform/db/sql.ts';

/** Calls and what else came of a contact: one year (domain-rules §11.3). */
export const hallPersonal: readonly PersonalRows[] = [
  {
    table: 'calls',
    columns: { phone: null, recording_no: null },
    stamp: 'blanked_at',
    limit: 'R103-call',
    since: sql`coalesce(t.ended_at, t.rang_at)`,
    of: (householdId) => sql`t.household_id = ${householdId}`,
  },
  {
    table: 'appointments',
    columns: { name: null, phone: null },
    limit: 'R103-call',
    since: sql`(t.day + 1)::timestamp at time zone 'Asia/Shanghai'`,
    of: (householdId) => sql`t.household_id = ${householdId}`,
  },
  {
    table: 'intake_drafts',
    columns: { content: 'remove' },
    limit: 'R103-call',
    since: sql`t.saved_at`,
    of: (householdId) => sql`t.content::text like ${`%${householdId}%`}`,
  },
  {
    table: 'shift_handovers',
    columns: { note: null },
    limit: 'R103-default',
    since: sql`t.offered_at`,
    of: null,
  },
];

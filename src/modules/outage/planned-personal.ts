import { BLANKED, type PersonalRows } from '#platform/db/personal-rows.ts';
import { sql } from '#platform/db/sql.ts';

/** Who was told in person of an outage, and how: words about a household and whoever opened the door. */
export const plannedPersonal: readonly PersonalRows[] = [
  {
    table: 'planned_tellings',
    columns: { decision_reason: BLANKED },
    limit: 'R103-default',
    since: sql`t.decided_at`,
    of: (householdId) => sql`t.household_id = ${householdId}`,
  },
];

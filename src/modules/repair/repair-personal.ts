import type { PersonalRows } from '#platform/db/personal-rows.ts';
import { sql } from '#platform/db/sql.ts';

/** Where a crew was says where colleagues were: gone after the months of R130-position. */
export const repairPersonal: readonly PersonalRows[] = [
  {
    table: 'crew_positions',
    columns: { place: 'remove' },
    limit: 'R130-position',
    since: sql`t.at`,
    of: null,
  },
];

import { BLANKED, type PersonalRows } from '#platform/db/personal-rows.ts';
import { sql } from '#platform/db/sql.ts';

/** Why an erasure was asked for is proof for three years, and then goes itself. */
export const privacyPersonal: readonly PersonalRows[] = [
  { table: 'erasures', columns: { reason: BLANKED }, limit: 'R104', since: sql`t.asked_at`, of: null },
];

import { BLANKED, type PersonalRows } from '#platform/db/personal-rows.ts';
import { sql } from '#platform/db/sql.ts';

/**
 * Why an erasure was asked for is proof for three years, and then goes itself. What writes answered is given again to whoever
 * repeats them, and a telephone without a signal repeats after days, not months.
 */
export const privacyPersonal: readonly PersonalRows[] = [
  { table: 'erasures', columns: { reason: BLANKED }, limit: 'R104', since: sql`t.asked_at`, of: null },
  {
    table: 'idempotency_keys',
    columns: { answer: 'remove' },
    limit: 'R117-repeat',
    since: sql`t.created_at`,
    of: null,
  },
];

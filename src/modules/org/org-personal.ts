import { BLANKED, type PersonalRows } from '#platform/db/personal-rows.ts';
import { sql } from '#platform/db/sql.ts';

/** Names of the staff stay with what they did; how they are reached, and from which device they came, does not. */
export const orgPersonal: readonly PersonalRows[] = [
  {
    table: 'people',
    columns: { phone: null, email: null },
    limit: 'R103-default',
    since: sql`t.left_at`,
    of: null,
  },
  {
    table: 'sessions',
    columns: { device: BLANKED },
    limit: 'R103-default',
    since: sql`coalesce(t.ended_at, t.expires_at)`,
    of: null,
  },
];

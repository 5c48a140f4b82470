import type { Instant } from '#kernel/instant.ts';
import { type Sql, sql } from '#platform/db/sql.ts';

/**
 * The assignment `w` of the order `o` is what its crew is at: sent, not through with it, and not gone home until the day that the
 * lasting repair is arranged for (先复电后抢修).
 */
export function isAtWork(now: Instant): Sql {
  return sql`w.ended_at is null and o.process_state #>> array['steps', w.dispatch_step, 'status'] = 'done'
    and o.process_state #>> array['steps', w.done_step, 'status'] is distinct from 'done'
    and coalesce((o.process_state #>> '{facts,repairPlannedAt}')::bigint <= ${now}, true)`;
}

import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

export type OutboxLag = {
  /** Messages that should have gone out by now. */
  readonly due: number;
  /** How long the oldest of them has waited; 0 when none does. */
  readonly seconds: number;
};

/** How far the sending is behind. Counts to 10,000 a company and channel. */
export async function outboxLag(db: Db): Promise<OutboxLag> {
  return await db.one<OutboxLag>(sql`
    select count(*) as due, coalesce(extract(epoch from now() - min(w.run_at)), 0)::integer as seconds
    from companies c cross join (values ('sms'), ('mail'), ('desk')) v (channel) cross join lateral (
      select o.run_at from outbox o where o.company_id = c.company_id and o.channel = v.channel
        and o.state = 'waiting' and o.run_at <= now()
      order by o.run_at limit 10000) w`);
}

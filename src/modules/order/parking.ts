import { nextMoment } from '#modules/clock/domain/index.ts';
import type { ClockPlan } from '#modules/clock/domain/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Tasks and clocks of an order that nobody hangs on: they stand still, and go on as if nothing had been. */
export function parking(tx: Tx, companyId: string) {
  return {
    async park(orderId: string): Promise<void> {
      const at = timestamp(tx.now);
      await tx.run(sql`
        update tasks set state = 'parked'
        where tasks.company_id = ${companyId} and tasks.order_id = ${orderId} and tasks.state = 'open'`);
      await tx.run(sql`
        update clocks set state = 'cancelled', stopped_at = ${at}, next_at = null
        where clocks.company_id = ${companyId} and clocks.order_id = ${orderId}
          and clocks.state in ('running', 'paused')`);
    },

    /** A promise that was running when the order was parked counts on from its old start: parking is no pause. */
    async resume(orderId: string): Promise<void> {
      await tx.run(sql`
        update tasks set state = 'open'
        where tasks.company_id = ${companyId} and tasks.order_id = ${orderId} and tasks.state = 'parked'`);
      const clocks = await tx.rows<{ id: string; schedule: ClockPlan['schedule']; fired: number }>(sql`
        select k.id, k.schedule, k.fired from clocks k join orders o on o.company_id = k.company_id and o.id = k.order_id
        where k.company_id = ${companyId} and k.order_id = ${orderId} and k.state = 'cancelled' and k.case_id is null
          and k.stopped_at = o.parked_at`);
      const again = clocks.map(({ id, schedule, fired }) => ({
        id,
        nextAt: timestamp(nextMoment(schedule, fired)),
      }));
      await tx.run(sql`
        update clocks set state = 'running', stopped_at = null, next_at = r."nextAt"
        from jsonb_to_recordset(${JSON.stringify(again)}::jsonb) as r (id uuid, "nextAt" timestamptz)
        where clocks.company_id = ${companyId} and clocks.id = r.id`);
      await tx.run(sql`
        update orders set parked_at = null, state = 'open'
        where orders.company_id = ${companyId} and orders.id = ${orderId}`);
    },
  };
}

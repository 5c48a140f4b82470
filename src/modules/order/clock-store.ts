import type { Instant } from '#kernel/instant.ts';
import type { ClockPlan } from '#modules/clock/domain/index.ts';
import { nextMoment } from '#modules/clock/domain/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

export type NewClock = {
  readonly id: string;
  readonly orderId: string;
  readonly caseId: string | null;
  readonly clock: string;
  readonly limitId: string;
  readonly limitText: string;
  readonly role: string;
  readonly startedAt: Instant;
  readonly plan: ClockPlan;
  readonly basisSeq: number;
};

/** A clock that broke on record, and of which it became known later that it was kept. */
export type Corrected = {
  readonly clockId: string;
  readonly limitId: string;
  readonly caseId: string | null;
  readonly at: Instant;
};

/** Writes of the clocks of orders whose rows the caller has locked. Lists go in one statement, however long. */
export function clockStore(tx: Tx, companyId: string) {
  return {
    async listOpen(orderId: string): Promise<{ id: string; clock: string; caseId: string | null }[]> {
      return await tx.rows(sql`
        select k.id, k.clock, k.case_id as "caseId" from clocks k
        where k.company_id = ${companyId} and k.order_id = ${orderId} and k.state in ('running', 'paused')`);
    },

    async insert(clocks: readonly NewClock[]): Promise<void> {
      if (clocks.length === 0) return;
      const rows = clocks.map(({ plan, ...clock }) => ({
        ...clock,
        startedAt: timestamp(clock.startedAt),
        dueAt: timestamp(plan.dueAt),
        schedule: plan.schedule,
        nextAt: timestamp(nextMoment(plan.schedule, 0)),
      }));
      await tx.run(sql`
        insert into clocks (company_id, id, order_id, case_id, clock, limit_id, limit_text, role, state, started_at,
          due_at, schedule, next_at, basis_seq)
        select ${companyId}, k.id, k."orderId", k."caseId", k.clock, k."limitId", k."limitText", k.role, 'running',
          k."startedAt", k."dueAt", k.schedule, k."nextAt", k."basisSeq"
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as k (id uuid, "orderId" uuid, "caseId" uuid, clock text, "limitId" text,
          "limitText" text, role text, "startedAt" timestamptz, "dueAt" timestamptz, schedule jsonb,
          "nextAt" timestamptz, "basisSeq" integer)`);
    },

    /**
     * Met: kept when before the deadline. A breach that the sweep has not seen yet is left to it, and one
     * that is recorded stays one when the computer's clock was set back since (`broken_at` lies ahead of now); work
     * that was done in time and entered late corrects the figure, the record of the breach stays. Answers those corrected.
     */
    async stop(stopped: readonly { readonly id: string; readonly at: Instant }[]): Promise<Corrected[]> {
      if (stopped.length === 0) return [];
      const rows = stopped.map(({ id, at }) => ({ id, at: timestamp(at) }));
      const met = await tx.rows<Corrected & { readonly corrected: boolean }>(sql`
        update clocks set state = 'met', stopped_at = s.at,
          kept = s.at < clocks.due_at and coalesce(clocks.broken_at <= ${timestamp(tx.now)}, true),
          next_at = case when s.at >= clocks.due_at and clocks.broken_at is null
            and clocks.next_at is not null then clocks.due_at end
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s (id uuid, at timestamptz)
        where clocks.company_id = ${companyId} and clocks.id = s.id
        returning clocks.id as "clockId", clocks.limit_id as "limitId", clocks.case_id as "caseId",
          clocks.stopped_at as at, clocks.kept and clocks.broken_at is not null as corrected`);
      return met.flatMap(({ corrected, ...clock }) => (corrected ? [clock] : []));
    },

    /** They never counted. */
    async cancel(ids: readonly string[]): Promise<void> {
      if (ids.length === 0) return;
      await tx.run(sql`
        update clocks set state = 'cancelled', stopped_at = ${timestamp(tx.now)}, next_at = null
        where clocks.company_id = ${companyId} and clocks.id = any(${ids}::uuid[])`);
    },
  };
}

import type { Instant } from '#kernel/instant.ts';
import { type ClockPlan, nextMoment, type Pause } from '#modules/clock/domain/index.ts';
import type { ClockRole, PauseApproval, PauseEvidence } from '#modules/process/domain/index.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

type PauseState = 'asked' | 'provisional' | 'standing' | 'rejected' | 'withdrawn';

export type PauseRow = {
  readonly id: string;
  readonly orderId: string;
  readonly reason: string;
  readonly approval: PauseApproval;
  readonly evidence: PauseEvidence;
  readonly state: PauseState;
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly askedBy: string;
};

export type PausedClock = {
  readonly id: string;
  readonly clock: string;
  readonly caseId: string | null;
  readonly limitId: string;
  readonly limitText: string;
  readonly role: ClockRole;
  readonly state: 'running' | 'paused' | 'met';
  readonly startedAt: Instant;
  readonly stoppedAt: Instant | null;
  readonly dueAt: Instant;
  readonly brokenAt: Instant | null;
  readonly fired: number;
  readonly basisSeq: number;
};

export function pauseStore(tx: Tx, companyId: string) {
  return {
    async insert(pause: PauseRow & { readonly noteTextId: string | null }, clockIds: readonly string[]) {
      await tx.run(sql`
        insert into clock_pauses (company_id, id, order_id, reason, approval, evidence, note_text_id, state, from_at, to_at,
          asked_by, asked_at)
        values (${companyId}, ${pause.id}, ${pause.orderId}, ${pause.reason}, ${pause.approval}, ${pause.evidence},
          ${pause.noteTextId}, ${pause.state}, ${timestamp(pause.from)}, ${timestamp(pause.to)}, ${pause.askedBy},
          ${timestamp(tx.now)})`);
      await tx.run(sql`
        insert into clock_pause_clocks (company_id, pause_id, clock_id)
        select ${companyId}, ${pause.id}, k.id from unnest(${clockIds}::uuid[]) k (id)`);
    },

    async find(id: string): Promise<PauseRow | undefined> {
      return await tx.maybe<PauseRow>(sql`
        select p.id, p.order_id as "orderId", p.reason, p.approval, p.evidence, p.state, p.from_at as "from",
          p.to_at as "to", p.asked_by as "askedBy"
        from clock_pauses p where p.company_id = ${companyId} and p.id = ${id} for update`);
    },

    async decide(id: string, decided: Pick<PauseRow, 'state' | 'from'>, by: string): Promise<void> {
      await tx.run(sql`
        update clock_pauses set state = ${decided.state}, from_at = ${timestamp(decided.from)}, decided_by = ${by},
          decided_at = ${timestamp(tx.now)}
        where clock_pauses.company_id = ${companyId} and clock_pauses.id = ${id}`);
    },

    async end(id: string, ended: Pick<PauseRow, 'state' | 'to'>, by: string): Promise<void> {
      await tx.run(sql`
        update clock_pauses set state = ${ended.state}, to_at = ${timestamp(ended.to)}, ended_by = ${by}
        where clock_pauses.company_id = ${companyId} and clock_pauses.id = ${id}`);
    },

    /** Clocks of an order that count. */
    async listClocks(orderId: string): Promise<PausedClock[]> {
      return await tx.rows<PausedClock>(sql`
        select ${CLOCK} from clocks k
        where k.company_id = ${companyId} and k.order_id = ${orderId} and k.state in ('running', 'paused')`);
    },

    /** The clocks that a pause stops or stopped; those that were cancelled count for nothing any more. */
    async listClocksOf(pauseId: string): Promise<PausedClock[]> {
      return await tx.rows<PausedClock>(sql`
        select ${CLOCK} from clock_pause_clocks l
        join clocks k on k.company_id = l.company_id and k.id = l.clock_id and k.state <> 'cancelled'
        where l.company_id = ${companyId} and l.pause_id = ${pauseId}`);
    },

    async listPausedAmong(ids: readonly string[]): Promise<PausedClock[]> {
      return await tx.rows<PausedClock>(sql`
        select ${CLOCK} from clocks k
        where k.company_id = ${companyId} and k.id = any(${ids}::uuid[]) and k.state = 'paused'`);
    },

    /**
     * Puts a new plan under a clock of the same cycle: what fired stays fired. Of one that was met it is decided again
     * whether it was kept; when it was not after all, the sweep records the breach. A breach that is none any more (the clock
     * stood still before it, and that was entered late) leaves the figures with a new cycle, as after a correction. Answers
     * whether.
     */
    async replan(clock: PausedClock, plan: ClockPlan): Promise<{ readonly undone: boolean }> {
      const met = clock.stoppedAt;
      const late = met !== null && met >= plan.dueAt;
      const holds = plan.state === 'paused' || plan.dueAt > tx.now;
      const undone = met === null && clock.brokenAt !== null && holds;
      const behind = plan.schedule.filter((moment) => moment.percent < 100 && moment.at <= tx.now);
      const fired = undone ? Math.max(0, ...behind.map((moment) => moment.percent)) : clock.fired;
      const nextAt = met === null || late ? nextMoment(plan.schedule, fired) : null;
      await tx.run(sql`
        update clocks set state = ${met === null ? plan.state : 'met'}, due_at = ${timestamp(plan.dueAt)},
          kept = ${met === null ? null : !late}, schedule = ${JSON.stringify(plan.schedule)}::jsonb,
          next_at = ${timestamp(nextAt)}, fired = ${fired},
          broken_at = ${timestamp(undone ? null : clock.brokenAt)}, cycle = clocks.cycle + ${undone ? 1 : 0}
        where clocks.company_id = ${companyId} and clocks.id = ${clock.id}`);
      return { undone };
    },
  };
}

const CLOCK = sql`k.id, k.clock, k.case_id as "caseId", k.limit_id as "limitId", k.limit_text as "limitText",
  k.role, k.state,
  k.started_at as "startedAt", k.stopped_at as "stoppedAt", k.due_at as "dueAt", k.broken_at as "brokenAt", k.fired,
  k.basis_seq as "basisSeq"`;

/** The pauses that count for each of these clocks. */
export async function listPauses(
  db: Db,
  companyId: string,
  clockIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Pause[]>> {
  const rows = await db.rows<Pause & { clockId: string }>(sql`
    select l.clock_id as "clockId", p.from_at as "from", p.to_at as "to"
    from clock_pause_clocks l
    join clock_pauses p on p.company_id = l.company_id and p.id = l.pause_id
      and p.state in ('provisional', 'standing')
    where l.company_id = ${companyId} and l.clock_id = any(${clockIds}::uuid[]) order by p.from_at`);
  return Map.groupBy(rows, (row) => row.clockId);
}

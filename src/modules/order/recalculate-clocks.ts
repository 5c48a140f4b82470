import type { Instant } from '#kernel/instant.ts';
import { type ClockPlan, nextMoment } from '#modules/clock/domain/index.ts';
import type { ClockBasis, ClockBasisOf } from '#modules/clock/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { ClockRole } from '#modules/process/domain/index.ts';
import { type Database, type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { listReceivers } from './clock-receivers.ts';
import { listPauses } from './pause-store.ts';
import { planFor } from './plan-for.ts';

export type RecalculateDeps = {
  readonly database: Database;
  readonly clockBasis: ClockBasisOf;
  readonly version: (db: Db, companyId: string, versionId: string) => Promise<HandbookVersion>;
};

const BATCH = 200;

/**
 * Counts again every open clock that was counted with older calendars or limits than are in force (design rule 7), in
 * batches that commit one by one: whoever is killed in between goes on where he was, because each clock remembers the
 * last change it was counted with. Answers how many deadlines moved.
 */
export async function recalculateClocks(deps: RecalculateDeps): Promise<number> {
  const { database } = deps;
  const companies = await database.rows<{ id: string; seq: number; unfinished: boolean }>(sql`
    select h.company_id as id, max(h.seq) as seq, bool_or(h.finished_at is null) as unfinished from clock_changes h
    where h.seq is not null group by h.company_id`);
  let moved = 0;
  for (const { id, seq, unfinished } of companies) {
    for (let looked = BATCH; looked === BATCH; ) {
      const turn = await database.transaction((tx) => recalculateBatch(tx, deps, id, seq));
      looked = turn.looked;
      moved += turn.moved;
    }
    if (unfinished) await database.transaction((tx) => finish(tx, id, seq));
  }
  return moved;
}

type OldClock = {
  readonly id: string;
  readonly orderId: string;
  readonly caseId: string | null;
  readonly clock: string;
  readonly limitId: string;
  readonly limitText: string;
  readonly role: ClockRole;
  readonly start: Instant;
  readonly dueAt: Instant;
  readonly cycle: number;
  readonly brokenAt: Instant | null;
  readonly basisSeq: number;
  readonly versionId: string;
  readonly seq: number;
};

async function recalculateBatch(
  tx: Tx,
  deps: RecalculateDeps,
  companyId: string,
  seq: number,
): Promise<{ readonly looked: number; readonly moved: number }> {
  const clocks = await claimOld(tx, companyId, seq);
  if (clocks.length === 0) return { looked: 0, moved: 0 };
  const basis = await deps.clockBasis(tx, companyId, seq);
  const planned = await planAgain(tx, deps, companyId, basis, clocks);
  const moved = planned.filter(({ clock, plan }) => plan.dueAt !== clock.dueAt);
  const causes = await causesOf(tx, companyId, seq);
  const told = moved.map((one) => ({ ...one, changeId: causeOf(causes, one.clock) }));
  await keepOld(tx, companyId, told);
  await putNew(tx, companyId, seq, planned);
  await recordMoves(tx, companyId, told);
  await tellMoves(tx, companyId, told);
  await tx.run(sql`
    update clock_changes set looked = clock_changes.looked + ${clocks.length}, moved = clock_changes.moved + ${moved.length}
    where clock_changes.company_id = ${companyId} and clock_changes.seq = ${seq}`);
  return { looked: clocks.length, moved: moved.length };
}

/** Order first, as every command; what somebody holds now comes in a later batch. */
async function claimOld(tx: Tx, companyId: string, seq: number): Promise<readonly OldClock[]> {
  return await tx.rows<OldClock>(sql`
    select k.id, k.order_id as "orderId", k.case_id as "caseId", k.clock, k.limit_id as "limitId",
      k.limit_text as "limitText", k.role, k.started_at as start, k.due_at as "dueAt", k.cycle, k.broken_at as "brokenAt",
      k.basis_seq as "basisSeq", o.handbook_version_id as "versionId", o.seq
    from clocks k join orders o on o.company_id = k.company_id and o.id = k.order_id
    where k.company_id = ${companyId} and k.state in ('running', 'paused') and k.basis_seq < ${seq}
    order by k.id limit ${BATCH} for update of o, k skip locked`);
}

type Planned = { readonly clock: OldClock; readonly limitText: string; readonly plan: ClockPlan };

async function planAgain(
  tx: Tx,
  deps: RecalculateDeps,
  companyId: string,
  basis: ClockBasis,
  clocks: readonly OldClock[],
): Promise<readonly Planned[]> {
  const ids = clocks.map((clock) => clock.id);
  const pauses = await listPauses(tx, companyId, ids);
  const planned: Planned[] = [];
  for (const clock of clocks) {
    const version = await deps.version(tx, companyId, clock.versionId);
    planned.push({ clock, ...planFor(basis, version, { ...clock, pauses: pauses.get(clock.id) ?? [] }) });
  }
  return planned;
}

type Cause = { readonly id: string; readonly seq: number; readonly limitId: string | null };

async function causesOf(tx: Tx, companyId: string, seq: number): Promise<readonly Cause[]> {
  return await tx.rows<Cause>(sql`
    select h.id, h.seq, h.limit_id as "limitId" from clock_changes h
    where h.company_id = ${companyId} and h.seq <= ${seq} order by h.seq desc`);
}

/** The last change that can have moved this clock: a correction of its limit, or a calendar. */
function causeOf(causes: readonly Cause[], clock: OldClock): string {
  const found = causes.find(
    (one) => one.seq > clock.basisSeq && (one.limitId === null || one.limitId === clock.limitId),
  );
  if (found === undefined) throw new Error(`clock ${clock.id} moved without a cause`);
  return found.id;
}

type Moved = Planned & { readonly changeId: string };

async function keepOld(tx: Tx, companyId: string, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return;
  const rows = moved.map(({ clock, changeId }) => ({
    id: clock.id,
    cycle: clock.cycle,
    dueAt: timestamp(clock.dueAt),
    limitText: clock.limitText,
    changeId,
  }));
  await tx.run(sql`
    insert into clock_deadlines (company_id, clock_id, cycle, due_at, limit_text, change_id, moved_at)
    select ${companyId}, d.id, d.cycle, d."dueAt", d."limitText", d."changeId", ${timestamp(tx.now)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d (id uuid, cycle integer, "dueAt" timestamptz,
      "limitText" text, "changeId" uuid)`);
}

/**
 * A deadline that moved begins a new cycle: what fired stays in the record; warnings that lie behind already are not said
 * again; a breach that no longer is one leaves the figures, one that still is stays, and a new one is left to the sweep.
 */
async function putNew(tx: Tx, companyId: string, seq: number, planned: readonly Planned[]): Promise<void> {
  const rows = planned.map(({ clock, limitText, plan }) => {
    const moved = plan.dueAt !== clock.dueAt;
    const over = plan.state === 'running' && plan.dueAt <= tx.now;
    const stillBroken = over && clock.brokenAt !== null;
    const behind = plan.schedule.filter((moment) => moment.percent < 100 && moment.at <= tx.now);
    const fired = stillBroken ? 100 : Math.max(0, ...behind.map((moment) => moment.percent));
    return {
      id: clock.id,
      moved,
      limitText,
      state: plan.state,
      dueAt: timestamp(plan.dueAt),
      schedule: plan.schedule,
      fired,
      brokenAt: stillBroken ? timestamp(plan.dueAt) : null,
      nextAt: timestamp(nextMoment(plan.schedule, fired)),
    };
  });
  await tx.run(sql`
    update clocks set basis_seq = ${seq},
      limit_text = case when n.moved then n."limitText" else clocks.limit_text end,
      state = case when n.moved then n.state else clocks.state end,
      due_at = case when n.moved then n."dueAt" else clocks.due_at end,
      schedule = case when n.moved then n.schedule else clocks.schedule end,
      cycle = clocks.cycle + case when n.moved then 1 else 0 end,
      fired = case when n.moved then n.fired else clocks.fired end,
      broken_at = case when n.moved then n."brokenAt" else clocks.broken_at end,
      next_at = case when n.moved then n."nextAt" else clocks.next_at end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (id uuid, moved boolean, "limitText" text, state text,
      "dueAt" timestamptz, schedule jsonb, fired smallint, "brokenAt" timestamptz, "nextAt" timestamptz)
    where clocks.company_id = ${companyId} and clocks.id = n.id`);
}

async function recordMoves(tx: Tx, companyId: string, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return;
  const rows = [...Map.groupBy(moved, ({ clock }) => clock.orderId).values()].flatMap((ofOrder) =>
    ofOrder.map(({ clock, plan, changeId }, i) => ({
      orderId: clock.orderId,
      seq: clock.seq + 1 + i,
      data: {
        clockId: clock.id,
        clock: clock.clock,
        limitId: clock.limitId,
        caseId: clock.caseId,
        from: clock.dueAt,
        to: plan.dueAt,
        changeId,
      },
    })),
  );
  await tx.run(sql`
    insert into order_events (company_id, stream_id, seq, type, v, occurred_at, recorded_at, actor_id, data)
    select ${companyId}, e."orderId", e.seq, 'clock.moved', 1, ${timestamp(tx.now)}, ${timestamp(tx.now)}, null, e.data
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e ("orderId" uuid, seq integer, data jsonb)`);
  await tx.run(sql`
    update orders set seq = e.seq
    from (select m."orderId", max(m.seq) as seq
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m ("orderId" uuid, seq integer) group by 1) e
    where orders.company_id = ${companyId} and orders.id = e."orderId"`);
}

/** One notice a person and change, however many of his clocks moved (peers' bug 27). */
async function tellMoves(tx: Tx, companyId: string, moved: readonly Moved[]): Promise<void> {
  const speaking = moved.map(({ clock }) => ({ ...clock, level: 2 }));
  const receivers = await listReceivers(tx, companyId, speaking);
  const changeOf = new Map(moved.map(({ clock, changeId }) => [clock.id, changeId]));
  await enqueue(
    tx,
    companyId,
    receivers.flatMap(({ clockId, personId }) => {
      const changeId = changeOf.get(clockId);
      if (changeId === undefined) return [];
      return [
        {
          key: `clocks-moved:${changeId}:${personId}`,
          channel: 'desk' as const,
          template: 'clocks-moved',
          to: { personId },
          data: { changeId },
        },
      ];
    }),
  );
}

/** Marks changes as done when no open clock is behind them any more. */
async function finish(tx: Tx, companyId: string, seq: number): Promise<void> {
  await tx.run(sql`
    update clock_changes set finished_at = ${timestamp(tx.now)}
    where clock_changes.company_id = ${companyId} and clock_changes.seq <= ${seq} and clock_changes.finished_at is null
      and not exists (select 1 from clocks k where k.company_id = clock_changes.company_id
        and k.state in ('running', 'paused') and k.basis_seq < clock_changes.seq)`);
}

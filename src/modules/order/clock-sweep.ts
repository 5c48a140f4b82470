import type { Instant } from '#kernel/instant.ts';
import { type ClockMoment, decideFiring } from '#modules/clock/domain/index.ts';
import { enqueue, type NewMessage } from '#modules/notice/index.ts';
import { type Database, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { listReceivers, openEyes } from './clock-receivers.ts';

/** So many in one transaction: long enough to be quick after a night of being down, short enough for the others. */
const BATCH = 200;

/**
 * Fires every clock whose moment has come; answers how many moments fired. Any number of processes may sweep at once.
 * `hold`: people are told so many milliseconds later, because the computer's clock cannot be trusted just now.
 */
export async function sweepClocks(database: Database, hold = 0): Promise<number> {
  for (let fired = 0; ; ) {
    const { claimed, ...turn } = await database.transaction(async (tx) => {
      const due = await claimDue(tx);
      return { claimed: due.length, fired: await fireClocks(tx, due, hold) };
    });
    fired += turn.fired;
    if (claimed < BATCH) return fired;
  }
}

export type DueClock = {
  readonly companyId: string;
  readonly id: string;
  readonly orderId: string;
  readonly caseId: string | null;
  readonly clock: string;
  readonly limitId: string;
  readonly role: string;
  readonly state: 'running' | 'paused' | 'met';
  readonly dueAt: Instant;
  readonly schedule: readonly ClockMoment[];
  readonly fired: number;
  readonly cycle: number;
  readonly seq: number;
};

/**
 * Locks clocks whose moment has come, with their orders. Commands lock the order first and then its clocks; taking both
 * at once, and nothing that somebody else holds, the sweep can stand in nobody's way.
 */
export async function claimDue(tx: Tx): Promise<readonly DueClock[]> {
  return await tx.rows<DueClock>(sql`
    select k.company_id as "companyId", k.id, k.order_id as "orderId", k.case_id as "caseId", k.clock,
      k.limit_id as "limitId", k.role, k.state, k.due_at as "dueAt", k.schedule, k.fired, k.cycle, o.seq
    from clocks k join orders o on o.company_id = k.company_id and o.id = k.order_id
    where k.next_at <= ${timestamp(tx.now)} order by k.next_at limit ${BATCH} for update of o, k skip locked`);
}

/** A moment that fires: what it is written as, and told as. */
type Fired = DueClock & {
  readonly moment: ClockMoment;
  readonly passed: readonly number[];
  readonly nextAt: Instant | null;
  /** 1 for the first warning, one more for each that follows; who is told depends on it. */
  readonly level: number;
};

/** Writes what fires now, in the transaction that claimed it: the moment, its event, who may see it, who is told. */
export async function fireClocks(tx: Tx, due: readonly DueClock[], hold = 0): Promise<number> {
  let fired = 0;
  for (const [companyId, clocks] of Map.groupBy(due, (clock) => clock.companyId)) {
    const decided = clocks.map((clock) => ({ clock, ...decideFiring(clock.schedule, clock.fired, tx.now) }));
    const firing = decided.flatMap(({ clock, fire, nextAt }): Fired[] => {
      // Of a clock that was met too late only the breach is left to be said.
      if (fire === null || (clock.state === 'met' && fire.percent < 100)) return [];
      const level = clock.schedule.filter((moment) => moment.percent <= fire.percent).length;
      return [{ ...clock, moment: fire, passed: fire.passed, nextAt, level }];
    });
    await updateClocks(
      tx,
      companyId,
      decided.map(({ clock, fire, nextAt }) => ({ id: clock.id, fire, nextAt })),
    );
    await insertFirings(tx, companyId, firing);
    await insertEvents(tx, companyId, firing);
    // Whoever is told must still be able to act: a promise that was met too late is on record, and rings no bell.
    const told = firing.filter((one) => one.moment.tellAt !== null && one.state !== 'met');
    await openEyes(tx, companyId, told);
    await enqueue(tx, companyId, await messagesOf(tx, companyId, told, hold));
    fired += firing.length;
  }
  return fired;
}

async function updateClocks(
  tx: Tx,
  companyId: string,
  clocks: readonly {
    readonly id: string;
    readonly fire: ClockMoment | null;
    readonly nextAt: Instant | null;
  }[],
): Promise<void> {
  const rows = clocks.map(({ id, fire, nextAt }) => ({
    id,
    fired: fire?.percent ?? null,
    brokenAt: fire?.percent === 100 ? timestamp(fire.at) : null,
    nextAt: timestamp(nextAt),
  }));
  await tx.run(sql`
    update clocks set fired = coalesce(f.fired, clocks.fired), broken_at = coalesce(f."brokenAt", clocks.broken_at),
      next_at = f."nextAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f (id uuid, fired smallint, "brokenAt" timestamptz,
      "nextAt" timestamptz)
    where clocks.company_id = ${companyId} and clocks.id = f.id`);
}

async function insertFirings(tx: Tx, companyId: string, firing: readonly Fired[]): Promise<void> {
  if (firing.length === 0) return;
  const rows = firing.map(({ id, cycle, passed, moment, dueAt }) => ({
    id,
    cycle,
    passed: `{${passed.join(',')}}`,
    percent: moment.percent,
    dueAt: timestamp(dueAt),
    at: timestamp(moment.at),
  }));
  await tx.run(sql`
    insert into clock_firings (company_id, clock_id, percent, cycle, passed, due_at, occurred_at, recorded_at)
    select ${companyId}, f.id, f.percent, f.cycle, f.passed::smallint[], f."dueAt", f.at, ${timestamp(tx.now)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f (id uuid, percent smallint, cycle integer, passed text,
      "dueAt" timestamptz, at timestamptz)`);
}

/** Each on the stream of its order, in the order of their moments. */
async function insertEvents(tx: Tx, companyId: string, firing: readonly Fired[]): Promise<void> {
  if (firing.length === 0) return;
  const rows = [...Map.groupBy(firing, (one) => one.orderId).values()].flatMap((ofOrder) =>
    ofOrder
      .toSorted((a, b) => a.moment.at - b.moment.at)
      .map(({ id, orderId, caseId, clock, limitId, cycle, passed, moment, seq }, i) => ({
        orderId,
        seq: seq + 1 + i,
        at: timestamp(moment.at),
        data: { clockId: id, clock, limitId, caseId, percent: moment.percent, cycle, passed },
      })),
  );
  await tx.run(sql`
    insert into order_events (company_id, stream_id, seq, type, v, occurred_at, recorded_at, actor_id, data)
    select ${companyId}, e."orderId", e.seq, 'clock.fired', 1, e.at, ${timestamp(tx.now)}, null, e.data
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e ("orderId" uuid, seq integer, at timestamptz, data jsonb)`);
  await tx.run(sql`
    update orders set seq = e.seq
    from (select m."orderId", max(m.seq) as seq
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m ("orderId" uuid, seq integer) group by 1) e
    where orders.company_id = ${companyId} and orders.id = e."orderId"`);
}

async function messagesOf(
  tx: Tx,
  companyId: string,
  told: readonly Fired[],
  hold: number,
): Promise<readonly NewMessage[]> {
  const receivers = await listReceivers(tx, companyId, told);
  return receivers.flatMap(({ clockId, personId, caseId, no }): NewMessage[] => {
    const one = told.find((clock) => clock.id === clockId);
    if (one === undefined || one.moment.tellAt === null) return [];
    const { percent, tellAt } = one.moment;
    const { clock, limitId, dueAt, orderId, cycle } = one;
    return [
      {
        key: `clock:${clockId}:${percent}:${cycle}:${personId}`,
        channel: 'desk',
        template: percent === 100 ? 'clock-broken' : 'clock-warning',
        to: { personId },
        data: { clockId, clock, limitId, percent, dueAt, orderId, caseId, no },
        runAt: Math.max(tellAt, tx.now + hold),
      },
    ];
  });
}

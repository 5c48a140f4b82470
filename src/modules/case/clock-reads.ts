import type { Instant } from '#kernel/instant.ts';
import { planClock } from '#modules/clock/domain/index.ts';
import type { ClockBasisOf } from '#modules/clock/index.ts';
import { listPauses } from '#modules/order/index.ts';
import type { ClockRole } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type Reader, visibleCase } from './case-reads.ts';
import type { ClockLedgerView } from './clock-api.ts';

export type LedgerDeps = {
  readonly clockBasis: ClockBasisOf;
  readonly version: (db: Db, companyId: string, versionId: string) => Promise<HandbookVersion>;
};

type ClockOfLedger = {
  readonly id: string;
  readonly limit_text: string;
  readonly role: ClockRole;
  readonly state: 'running' | 'paused' | 'met' | 'cancelled';
  readonly started_at: Instant;
  readonly stopped_at: Instant | null;
  readonly due_at: Instant;
  readonly basis_seq: number;
  readonly version_id: string;
  readonly order_id: string;
  readonly process: string;
};

/** Nothing is told while a ledger is printed. */
const SILENT = { percents: [], quiet: { from: 24, to: 0 }, tellFrom: 0 };

/**
 * How the deadline of a clock came about: counted by the function that decides it, with the calendars it was decided
 * with. Undefined: no such clock for this reader.
 */
export async function clockLedger(
  db: Db,
  deps: LedgerDeps,
  reader: Reader,
  id: string,
  now: Instant,
): Promise<ClockLedgerView | undefined> {
  const { companyId } = reader;
  const clock = await findClock(db, reader, id, now);
  if (clock === undefined) return undefined;
  const basis = await deps.clockBasis(db, companyId, clock.basis_seq);
  const version = await deps.version(db, companyId, clock.version_id);
  const pauses = await listReasons(db, companyId, id);
  const own = ((await listPauses(db, companyId, [id])).get(id) ?? []).map(({ from, to }) => ({
    from,
    to: to ?? (clock.stopped_at === null ? null : Math.max(from, clock.stopped_at)),
  }));
  const facts = { limit: clock.limit_text, start: clock.started_at, pauses: own };
  const plan = planClock(basis.book, facts, SILENT);
  const pauseNamed = (at: Instant) => {
    const found = pauses.find((one) => one.from <= at && (one.to ?? Infinity) > at);
    return version.handbook.pauses.reasons.find((one) => one.id === found?.reason)?.name ?? null;
  };
  return {
    id,
    limit: clock.limit_text,
    startedAt: clock.started_at,
    dueAt: clock.due_at,
    paused: plan.state === 'paused',
    remaining: plan.remaining,
    lines: plan.ledger.map(({ from, to, counted, why, name = null }) => ({
      from,
      to,
      counted,
      why,
      name,
      pause: why === 'paused' ? pauseNamed(from) : null,
    })),
    ofOthers: await timeOfOthers(db, companyId, clock, version),
    firings: await listFirings(db, companyId, id),
    earlier: await listEarlier(db, companyId, id),
    missingYears: plan.missingYears,
  };
}

async function findClock(
  db: Db,
  reader: Reader,
  id: string,
  now: Instant,
): Promise<ClockOfLedger | undefined> {
  return await db.maybe<ClockOfLedger>(sql`
    select k.id, k.limit_text, k.role, k.state, k.started_at, k.stopped_at, k.due_at, k.basis_seq,
      o.handbook_version_id as version_id, o.id as order_id, o.process
    from clocks k join orders o on o.company_id = k.company_id and o.id = k.order_id
    where k.company_id = ${reader.companyId} and k.id = ${id}
      and exists (select 1 from case_orders l
        join cases c on c.company_id = l.company_id and c.id = l.case_id
        where l.company_id = k.company_id and l.order_id = k.order_id
          and (k.case_id is null or k.case_id = c.id) and ${visibleCase(reader, now)})`);
}

/** Steps within its time that cost somebody else's: no minute is taken off, but it is said whose they were (domain-rules §13.0). */
async function timeOfOthers(
  db: Db,
  companyId: string,
  clock: ClockOfLedger,
  version: HandbookVersion,
): Promise<ClockLedgerView['ofOthers']> {
  const steps = (version.process(clock.process)?.steps ?? []).filter(
    (step) => step.ownerOfTime !== 'company',
  );
  const tasks = await db.rows<{ step: string; from: Instant; to: Instant | null }>(sql`
    select t.step, t.ready_at as "from", t.ended_at as "to" from tasks t
    where t.company_id = ${companyId} and t.order_id = ${clock.order_id} and t.state <> 'withdrawn'
      and t.step = any(${steps.map((step) => step.id)}::text[]) order by t.ready_at`);
  return tasks.flatMap(({ step: id, from: began, to: ended }) => {
    const step = steps.find((one) => one.id === id);
    const from = Math.max(began, clock.started_at);
    const to = ended === null ? clock.stopped_at : Math.min(ended, clock.stopped_at ?? ended);
    if (step === undefined || step.ownerOfTime === 'company' || (to !== null && to <= from)) return [];
    return [{ owner: step.ownerOfTime, step: step.name, from, to }];
  });
}

async function listReasons(db: Db, companyId: string, clockId: string) {
  return await db.rows<{ reason: string; from: Instant; to: Instant | null }>(sql`
    select p.reason, p.from_at as "from", p.to_at as "to" from clock_pause_clocks l
    join clock_pauses p on p.company_id = l.company_id and p.id = l.pause_id and p.state in ('provisional', 'standing')
    where l.company_id = ${companyId} and l.clock_id = ${clockId} order by p.from_at`);
}

async function listFirings(db: Db, companyId: string, clockId: string) {
  return await db.rows<ClockLedgerView['firings'][number]>(sql`
    select f.percent, f.occurred_at as at, f.recorded_at as "noticedAt" from clock_firings f
    where f.company_id = ${companyId} and f.clock_id = ${clockId} order by f.recorded_at, f.percent`);
}

async function listEarlier(db: Db, companyId: string, clockId: string) {
  return await db.rows<ClockLedgerView['earlier'][number]>(sql`
    select d.due_at as "dueAt", d.limit_text as limit, d.moved_at as "movedAt", h.kind, h.reason from clock_deadlines d
    join clock_changes h on h.company_id = d.company_id and h.id = d.change_id
    where d.company_id = ${companyId} and d.clock_id = ${clockId} order by d.cycle`);
}

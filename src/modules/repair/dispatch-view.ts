import type { Instant } from '#kernel/instant.ts';
import type { CaseActor } from '#modules/case/index.ts';
import type { Database, Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { isAtWork } from './at-work.ts';
import {
  type Board,
  type DispatchDeps,
  factsOf,
  isWaiting,
  learnWays,
  loadBoard,
  orderToSend,
  type WaysBy,
} from './dispatch-board.ts';
import { CENTRE } from './crew-actor.ts';
import type { DispatchView, NextJobs } from './dispatch-api.ts';
import { keepPlan, lastPlan } from './dispatch-reads.ts';
import { planDispatch, type DispatchProposal } from './domain/plan-dispatch.ts';
import type { PastFault } from './domain/stand-by.ts';
import { standBysOf } from './stand-by-reads.ts';
import { travelFitView } from './travel-fit.ts';

/** The plan repeats: the same orders and crews give the same proposals, whoever looks. */
const SEED = 1;

type Deps = Pick<DispatchDeps, 'activeHandbook' | 'version' | 'roads'>;

export type Planned = {
  readonly board: Board;
  readonly proposal: DispatchProposal;
  readonly waysBy: WaysBy;
};

/** Plans with everything open that this reader sees, from the last plan on. The plan of the repair centre, which sees all, is kept. */
export async function planOpen(
  database: Database,
  deps: Deps,
  reader: CaseActor,
  keeps: boolean,
): Promise<Planned | undefined> {
  const now = await database.now();
  const board = await loadBoard(database, deps, reader, { now });
  if (board === undefined) return undefined;
  const waysBy = await learnWays(board);
  const { facts, policy } = factsOf(board);
  const proposal = planDispatch(facts, policy, SEED);
  const crews = Object.fromEntries([...proposal.plan].filter(([, orders]) => orders.length > 0));
  const arrives = Object.fromEntries(
    [...proposal.send, ...proposal.arranged].map((one) => [one.fault, one.arrivesAt]),
  );
  if (keeps) await keepPlan(database, reader.companyId, now, { crews, arrives });
  return { board, proposal, waysBy };
}

export async function viewOf(
  db: Db,
  companyId: string,
  planned: Planned,
  past: readonly PastFault[],
  may: Pick<DispatchView, 'maySend' | 'mayChangeSettings'>,
): Promise<DispatchView> {
  const { board, proposal, waysBy } = planned;
  return {
    at: board.now,
    settings: board.settings,
    orders: board.orders.map((found) => orderToSend(board, found)),
    proposals: proposal.send.map(({ fault, crew, arrivesAt, needsClick, reasons, alternatives }) => ({
      orderId: fault,
      crewId: crew,
      arrivesAt,
      needsClick,
      reasons,
      alternatives: alternatives.map((one) => ({
        crewId: one.crew,
        arrivesAt: one.arrivesAt,
        moreCost: one.moreCost,
      })),
    })),
    arranged: proposal.arranged.map(({ crew, fault, arrivesAt }) => ({
      crewId: crew,
      orderId: fault,
      arrivesAt,
    })),
    unplanned: proposal.unplanned.map(({ fault, why }) => ({ orderId: fault, why })),
    crews: board.crews,
    standBys: await standBysOf(db, companyId, planned, past),
    underWay: underWayOf(board),
    travel: await travelFitView(db, companyId),
    waysBy,
    ...may,
  };
}

/** Crews at work on orders of which the reader sees a case, the longest out first. */
function underWayOf({ crews, atWork }: Board): DispatchView['underWay'] {
  const lines = crews.flatMap(({ id, name, lead, job }) => {
    const of = job === null ? undefined : atWork.get(job.orderId);
    if (job === null || of === undefined) return [];
    const { orderId, sentAt, expectedAt, arrivedAt } = job;
    const { caseId, no, village } = of;
    return [
      {
        orderId,
        caseId,
        no,
        village,
        crewId: id,
        crew: name,
        lead: lead.name,
        sentAt,
        expectedAt,
        arrivedAt,
      },
    ];
  });
  return lines.toSorted((a, b) => a.sentAt - b.sentAt);
}

/** A plan is good for so long: many pages ask at once, and the search takes the processor. */
const GOOD_FOR_MS = 2000;

/** Plans for each reader at most every two seconds; what was sent meanwhile asks afresh. */
export function sharedPlans(database: Database, deps: Deps, clock: () => number) {
  const kept = new Map<string, { readonly at: number; readonly planned: Promise<Planned | undefined> }>();
  return {
    async plan(reader: CaseActor, keeps: boolean): Promise<Planned | undefined> {
      const key = `${reader.companyId} ${reader.personId}`;
      const known = kept.get(key);
      if (known !== undefined && clock() - known.at < GOOD_FOR_MS) return await known.planned;
      const planned = planOpen(database, deps, reader, keeps);
      kept.set(key, { at: clock(), planned });
      try {
        return await planned;
      } catch (error) {
        kept.delete(key);
        throw error;
      }
    },
    forget(companyId: string): void {
      for (const key of kept.keys()) if (key.startsWith(companyId)) kept.delete(key);
    },
  };
}

/** What a crew has to do now and the two jobs arranged behind it (预排), for its people; no customer is in it. */
export async function nextJobs(
  db: Db,
  deps: Deps,
  actor: CaseActor,
  { crewId, now }: { readonly crewId: string; readonly now: Instant },
): Promise<NextJobs | undefined> {
  const { companyId } = actor;
  const crew = await db.maybe<{ current: string | null }>(sql`
    select (select w.order_id from crew_assignments w
      join orders o on o.company_id = w.company_id and o.id = w.order_id and o.state = 'open'
      where w.company_id = c.company_id and w.crew_id = c.id and ${isAtWork(now)}
      order by w.sent_at desc limit 1) as current
    from crews c where c.company_id = ${companyId} and c.id = ${crewId} and c.closed_at is null`);
  if (crew === undefined) return undefined;
  const plan = await lastPlan(db, companyId);
  const ahead = plan.crews[crewId] ?? [];
  // Whoever stands free is proposed the first; it is arranged only once it is sent.
  const orderIds = crew.current === null ? ahead.slice(1, 1 + ARRANGED) : ahead.slice(0, ARRANGED);
  if (orderIds.length === 0) return { current: crew.current, arranged: [] };
  const reader = { ...actor, unitIds: await unitsThatSend(db, companyId) };
  const board = await loadBoard(db, deps, reader, { now, orderIds });
  if (board === undefined) return { current: crew.current, arranged: [] };
  const waiting = board.orders.filter(isWaiting);
  const arranged = orderIds.flatMap((orderId) => {
    const found = waiting.find((one) => one.order.id === orderId);
    if (found === undefined) return [];
    const { no, village, zone, card } = orderToSend(board, found);
    return [{ orderId, no, village, zone, card, arrivesAt: plan.arrives[orderId] ?? now }];
  });
  return { current: crew.current, arranged };
}

const ARRANGED = 2;

/** What is arranged for a crew it may know before it is sent: number, village and kind of fault, as the repair centre sees them. */
async function unitsThatSend(db: Db, companyId: string): Promise<readonly string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select u.id from units u where u.company_id = ${companyId} and u.code = ${CENTRE}`);
  return rows.map((row) => row.id);
}

import type { CaseActor } from '#modules/case/index.ts';
import type { Database, Db } from '#platform/db/db.ts';
import {
  type Board,
  type DispatchDeps,
  factsOf,
  learnWays,
  loadBoard,
  orderToSend,
  type WaysBy,
} from './dispatch-board.ts';
import type { DispatchView } from './dispatch-api.ts';
import { keepPlan } from './dispatch-reads.ts';
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

import { MINUTE, SECOND, type Instant } from '#kernel/instant.ts';
import {
  type CaseDeps,
  dayStart,
  dueBetween,
  filterMoments,
  type FilterMoments,
} from '#modules/case/index.ts';
import type { WorkingDays } from '#modules/clock/index.ts';
import type { Database } from '#platform/db/db.ts';
import { settledUntil } from '#platform/db/settled-until.ts';
import { oneAtATime } from '#platform/one-at-a-time.ts';
import { listBoardIds, listCasesOf, listMoved, readBoardCases } from './open-case-reads.ts';
import { type CountedGroup, openCases } from './open-cases.ts';

/** The server notes when a transaction began a moment after it read the clock. */
const SLACK = SECOND;
/** What nobody looked at for so long is read anew: that costs less than all that happened meanwhile. */
const FORGOTTEN = 2 * MINUTE;
/** Everything is read anew so often, beside the count that goes on: nothing that was missed stays wrong for long. */
const RENEWED = 10 * MINUTE;
/** Cases in one question, so that neither server nor program is busy with it for long. */
const CHUNK = 1000;

export type BoardCount = {
  readonly moments: FilterMoments;
  readonly book: WorkingDays;
  readonly groups: readonly CountedGroup[];
};

type Kept = {
  readonly cases: ReturnType<typeof openCases>;
  readonly begun: Instant;
  /** What was committed before is in it. */
  since: Instant;
  /** The last event of each stream that moved lately and is in it. */
  readonly seen: Map<string, { readonly seq: number; readonly at: Instant }>;
};

/**
 * Counts what the board shows. The open cases of the company are kept in the program; each count first reads again what
 * moved since the one before. So a count costs what happened, and not what is open: 50,000 open cases had taken the
 * database more than a second, for each reader (measured at 300,000 households).
 *
 * A change bears the time at which its transaction began and is seen when that has committed, perhaps after later ones:
 * each count goes back to where everything had been committed at the one before, as live hints do.
 */
export function boardCount(
  { database, clockScale }: { readonly database: Database; readonly clockScale: number },
  deps: Pick<CaseDeps, 'clockBasis'>,
  companyId: string,
): () => Promise<BoardCount> {
  let kept: Kept | undefined;
  let renewing = false;

  async function readAll(): Promise<Kept> {
    const since = await settledUntil(database, clockScale);
    const now = await database.now();
    const cases = openCases();
    for (const ids of chunks(await listBoardIds(database, companyId, dayStart(now))))
      for (const one of await readBoardCases(database, companyId, ids, { now, today: dayStart(now) }))
        cases.put(one);
    return { cases, begun: now, since, seen: new Map() };
  }

  async function renew(): Promise<void> {
    if (renewing) return;
    renewing = true;
    try {
      kept = await readAll();
    } catch {
      // Whoever asks next reads everything anew, and hears of what went wrong.
      kept = undefined;
    } finally {
      renewing = false;
    }
  }

  return oneAtATime(async () => {
    const settled = await settledUntil(database, clockScale);
    const moments = await filterMoments(database, deps, companyId);
    const { book } = await deps.clockBasis(database, companyId);
    // A computer's clock that was set back gives times that were looked at already.
    const lost = kept === undefined || settled < kept.since - SLACK || settled > kept.since + FORGOTTEN;
    const current = lost || kept === undefined ? await readAll() : kept;
    kept = current;
    await catchUp(database, companyId, current, { settled, now: moments.now });
    if (moments.now > current.begun + RENEWED) void renew();
    return { moments, book, groups: current.cases.count(bands(moments)) };
  });
}

function bands(moments: FilterMoments) {
  return {
    today: dayStart(moments.now),
    late: dueBetween('late', moments),
    hour: dueBetween('hour', moments),
    week: dueBetween('week', moments),
  };
}

async function catchUp(
  database: Database,
  companyId: string,
  kept: Kept,
  { settled, now }: { readonly settled: Instant; readonly now: Instant },
): Promise<void> {
  const from = kept.since - SLACK;
  const moved = (await listMoved(database, companyId, from)).filter(
    ({ id, seq }) => seq > (kept.seen.get(id)?.seq ?? 0),
  );
  const orders = moved.filter((one) => one.isOrder).map((one) => one.id);
  const ofOrders = orders.length === 0 ? [] : await listCasesOf(database, companyId, orders);
  const caseIds = new Set([...ofOrders, ...moved.filter((one) => !one.isOrder).map((one) => one.id)]);
  for (const ids of chunks([...caseIds])) {
    const read = await readBoardCases(database, companyId, ids, { now, today: dayStart(now) });
    for (const id of ids) kept.cases.drop(id);
    for (const one of read) kept.cases.put(one);
  }
  for (const { id, seq, at } of moved) kept.seen.set(id, { seq, at });
  for (const [id, { at }] of kept.seen) if (at <= from) kept.seen.delete(id);
  kept.since = settled;
}

function chunks(ids: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, i) =>
    ids.slice(i * CHUNK, (i + 1) * CHUNK),
  );
}

import { HOUR, type Instant } from '#kernel/instant.ts';
import { type CaseDeps, programActor } from '#modules/case/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { type Believed, type LiveEngine, reconcile } from './domain/index.ts';
import type { CompanyGrid } from './live-grid.ts';
import { type Live, rebuild, reweigh } from './live-rebuild.ts';
import { type Ended, liveStore, MOST_READ, type OpenRow, type SwitchingNews } from './live-store.ts';
import { writeTurn } from './live-writes.ts';
import { type OrderNews, orderNews } from './order-news.ts';
import type { OutagePolicy } from './outage-policy.ts';
import { PROGRAM, REPAIRS } from './program.ts';

/** Whoever is dark below what was restored so lately was left dark by it; later it is a fault of its own (domain-rules §5.4: two hours). */
const CHILD_WITHIN = 2 * HOUR;
/** A case may become a repair later than it was accepted: so often, in turns, all open ones are looked through. */
const ALL_CASES_EVERY = 240;

type Knowing = {
  readonly grid: CompanyGrid;
  /** What this process knows since its last turn; undefined: it is rebuilt from the rows. */
  readonly live: Live | undefined;
  readonly policy: OutagePolicy;
  /** What was recorded before then is committed or never will be. */
  readonly settled: Instant;
};

/** Reads what is new since the last turn, and writes what is believed now. Answers what is known then; undefined: begin anew. */
export async function runTurn(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  knowing: Knowing,
): Promise<Live | undefined> {
  const store = liveStore(tx, companyId);
  const { grid } = knowing;
  const cases = await reportCases(tx, companyId, knowing);
  const rows = await store.listOpen();
  const known = knowing.live?.grid === grid ? knowing.live : undefined;
  const reports = await store.listNew();
  const live =
    known === undefined
      ? await rebuild(tx, companyId, { rows, grid, reports, since: knowing.settled })
      : await hearMoved(tx, companyId, known, rows);
  for (const report of reports) live.engine.hear(report);
  hearClosed(live, rows, tx.now);
  hearConfirmed(live, rows, tx.now);
  const switched = await hearSwitchings(tx, companyId, live);
  const news = await orderNews(
    tx,
    deps,
    companyId,
    rows.flatMap(({ orderId }) => orderId ?? []),
    known === undefined ? null : known.settled,
  );
  const ended = endedBy(rows, news, switched);
  for (const { row } of ended) if (row.deviceId !== null) live.engine.restored(row.deviceId, tx.now);

  const reconciled = reconcile(live.engine.believe(tx.now), keptOf(live, rows, ended, tx.now), newId);
  const { plannedOpen } = live;
  const written = await writeTurn(tx, companyId, live, { rows, reports, reconciled, ended, plannedOpen });
  // Somebody spoke meanwhile: nothing was written of this turn, and the next one hears him.
  if (written === undefined) return undefined;
  return { ...live, ...written, ...cases, settled: knowing.settled };
}

/** Cases that came in by other ways. Those of the last turn's time; all of them at the beginning, and now and then. */
async function reportCases(
  tx: Tx,
  companyId: string,
  { live, settled, policy: { oldest } }: Knowing,
): Promise<Pick<Live, 'casesSince' | 'turns'>> {
  const turns = (live?.turns ?? -1) + 1;
  const since =
    live === undefined || turns % ALL_CASES_EVERY === 0
      ? tx.now - oldest
      : Math.max(live.casesSince, tx.now - oldest);
  const program = await programActor(tx, companyId, PROGRAM);
  const written = await liveStore(tx, companyId).reportCases(REPAIRS, since, program.personId);
  return { turns, casesSince: written < MOST_READ ? settled : since };
}

/** A word by which evidence is weighed anew on its feeder; confirmed is heard as it stands. */
async function hearMoved(tx: Tx, companyId: string, live: Live, rows: readonly OpenRow[]): Promise<Live> {
  const spoken = rows.filter(
    ({ id, wordAt, wordKind }) =>
      wordAt !== null && wordKind !== 'confirmed' && live.wordsHeard.get(id) !== wordAt,
  );
  return spoken.length === 0 ? live : await reweigh(tx, companyId, live, { rows, spoken });
}

/** Closed by somebody's word: a false alarm is as if supply had come back. */
function hearClosed({ engine, devices }: Live, rows: readonly OpenRow[], now: Instant): void {
  const open = new Set(rows.map(({ id }) => id));
  for (const [id, deviceId] of devices)
    if (!open.has(id) && deviceId !== null) engine.restored(deviceId, now);
}

function hearConfirmed({ engine, wordsHeard }: Live, rows: readonly OpenRow[], now: Instant): void {
  for (const { id, deviceId, since, wordAt, state } of rows) {
    if (wordAt === null || wordsHeard.get(id) === wordAt) continue;
    wordsHeard.set(id, wordAt);
    if (deviceId !== null && state !== 'restored') engine.opened(deviceId, since, now);
  }
}

/** What was switched since the last turn: an opening is evidence, a closing ends what the opening began. */
async function hearSwitchings(tx: Tx, companyId: string, live: Live): Promise<readonly SwitchingNews[]> {
  const recent = await liveStore(tx, companyId).listSwitchings(live.settled);
  const fresh = recent.filter(({ id }) => !live.switchingsHeard.has(id));
  for (const { id, deviceId, open, planned, at } of fresh) {
    live.switchingsHeard.add(id);
    if (open) live.engine.opened(deviceId, at, tx.now);
    else live.engine.restored(deviceId, tx.now);
    if (open && planned) live.plannedOpen.add(deviceId);
    if (!open) live.plannedOpen.delete(deviceId);
  }
  return fresh;
}

/** Incidents whose order says that supply is back, or is over, and those whose device was closed again. */
function endedBy(
  rows: readonly OpenRow[],
  news: readonly OrderNews[],
  switched: readonly SwitchingNews[],
): readonly Ended[] {
  const closedAt = new Map(switched.filter(({ open }) => !open).map(({ deviceId, at }) => [deviceId, at]));
  const ofOrder = new Map(news.map((one) => [one.orderId, one]));
  return rows.flatMap((row): readonly Ended[] => {
    const { over = false, resuppliedAt = null } = ofOrder.get(row.orderId ?? '') ?? {};
    const restoredAt = resuppliedAt ?? closedAt.get(row.deviceId ?? '') ?? null;
    const isNew = row.state === 'restored' ? over : over || restoredAt !== null;
    return isNew ? [{ row, restoredAt, over: over || (row.orderId === null && restoredAt !== null) }] : [];
  });
}

function keptOf(live: Live, rows: readonly OpenRow[], ended: readonly Ended[], now: Instant) {
  const over = new Set(ended.map(({ row }) => row.id));
  const lately = rows.filter(
    (row) => over.has(row.id) || (row.restoredAt !== null && row.restoredAt > now - CHILD_WITHIN),
  );
  return {
    incidents: new Map(
      rows.map((row) => [row.id, over.has(row.id) ? { ...row, state: 'restored' as const } : row]),
    ),
    incidentOf: live.incidentOf,
    bound: live.bound,
    restoredAbove: (one: Believed) => lately.find((row) => isAbove(live.engine, row, one))?.id ?? null,
  };
}

function isAbove(engine: LiveEngine, { deviceId }: OpenRow, one: Believed): boolean {
  return deviceId !== null && engine.isBelow(one, deviceId);
}

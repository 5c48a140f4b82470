import { Client } from 'pg';
import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { type CaseDeps, programActor } from '#modules/case/index.ts';
import { companyFeedTree } from '#modules/network/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import {
  type Believed,
  type HeardReport,
  type LiveEngine,
  liveEngine,
  readNetwork,
  reconcile,
} from './domain/index.ts';
import { type LiveState, writeTurn } from './live-writes.ts';
import { type Ended, liveStore, type OpenRow, type SwitchingNews } from './live-store.ts';
import { orderNews } from './order-news.ts';
import { outagePolicy } from './outage-policy.ts';
import { PROGRAM, REPAIRS } from './program.ts';
import { lastContact } from './source-reads.ts';

/** Any constant: one process infers for a company at a time. */
const INFERENCE_LOCK = 4_150_160;
/** Rows of a transaction that committed late are still found; what was heard before is known by its id. */
const OVERLAP = MINUTE;
/** Whoever is dark below what was restored so lately was left dark by it; later it is a fault of its own (domain-rules §5.4: two hours). */
const CHILD_WITHIN = 2 * HOUR;

/** What a process knows between two turns; all of it can be rebuilt from the rows. */
type Live = LiveState & {
  readonly metered: boolean;
  readonly importedAt: Instant | null;
  readonly switchingsHeard: Set<string>;
  readonly plannedOpen: Set<string>;
  readonly wordsHeard: Map<string, Instant>;
  readonly lastTurn: Instant;
};

export type LiveInference = {
  /** Brings the incidents of a company up to date; false: another process does it. */
  turn(companyId: string): Promise<boolean>;
  /** This process does it, and so carries the orders of its incidents. */
  infers(companyId: string): boolean;
  /** Gives the companies back, so that another process goes on at once. */
  stop(): Promise<void>;
};

/** The engine over the database: reports in, incidents out, at most a turn behind. */
export function liveInference(database: Database, deps: CaseDeps): LiveInference {
  const locks = new Map<string, Client>();
  const lives = new Map<string, Live>();

  /** A session's lock: it goes with the connection, so a process that dies holds nothing. */
  async function holds(companyId: string): Promise<boolean> {
    if (locks.has(companyId)) return true;
    // Not of the pool: it is kept as long as the process infers, and the pool must be able to close.
    const client = new Client(database.pool.options);
    client.on('error', () => forget(companyId));
    await client.connect();
    const { rows } = await client.query<{ got: boolean }>(
      'select pg_try_advisory_lock($1, hashtext($2)) as got',
      [INFERENCE_LOCK, companyId],
    );
    if (rows[0]?.got !== true) {
      await client.end();
      return false;
    }
    locks.set(companyId, client);
    return true;
  }

  function forget(companyId: string): void {
    lives.delete(companyId);
    locks.delete(companyId);
  }

  return {
    async turn(companyId) {
      if (!(await holds(companyId))) return false;
      try {
        const live = await database.transaction((tx) => runTurn(tx, deps, companyId, lives.get(companyId)));
        if (live === undefined) lives.delete(companyId);
        else lives.set(companyId, live);
        return true;
      } catch (error) {
        // What the engine has heard may not be what was written: it is rebuilt.
        lives.delete(companyId);
        throw error;
      }
    },
    infers: (companyId) => locks.has(companyId),
    async stop() {
      const held = [...locks.values()];
      locks.clear();
      lives.clear();
      await Promise.all(held.map((client) => client.end()));
    },
  };
}

async function runTurn(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  known: Live | undefined,
): Promise<Live | undefined> {
  const store = liveStore(tx, companyId);
  const policy = await outagePolicy(tx, deps, companyId);
  const program = await programActor(tx, companyId, PROGRAM);
  await store.reportCases(REPAIRS, tx.now - policy.oldest, program.personId);
  const rows = await store.lockOpen();
  const imported = await store.lastImport();
  const reports = await store.listNew();
  const metered = await hearsMeters(tx, companyId, policy.silence, reports);
  const isStale =
    known === undefined ||
    known.metered !== metered ||
    known.importedAt !== imported ||
    hasNewWord(known, rows);
  const live = isStale ? await rebuild(tx, companyId, { rows, imported, reports, metered }) : known;
  if (live === undefined) return undefined;

  for (const report of reports) live.engine.hear(report);
  const open = new Set(rows.map(({ id }) => id));
  // Closed by somebody's word: a false alarm is as if supply had come back.
  for (const [id, deviceId] of live.devices)
    if (!open.has(id) && deviceId !== null) live.engine.restored(deviceId, tx.now);
  const switched = await hearSwitchings(tx, companyId, live);
  const orders = rows.flatMap(({ orderId }) => orderId ?? []);
  const news = await orderNews(tx, deps, companyId, orders, isStale ? null : known.lastTurn - OVERLAP);
  const ended = endedBy(rows, news, switched);
  for (const { row } of ended) if (row.deviceId !== null) live.engine.restored(row.deviceId, tx.now);

  const over = new Set(ended.map(({ row }) => row.id));
  const incidents = new Map(
    rows.map((row) => [row.id, over.has(row.id) ? { ...row, state: 'restored' as const } : row]),
  );
  const isAbove = (row: OpenRow, one: Believed) =>
    row.deviceId !== null && live.engine.isBelow(one, row.deviceId);
  const lately = rows.filter(
    (row) => over.has(row.id) || (row.restoredAt !== null && row.restoredAt > tx.now - CHILD_WITHIN),
  );
  const restoredAbove = (one: Believed) => lately.find((row) => isAbove(row, one))?.id ?? null;
  const kept = { incidents, incidentOf: live.incidentOf, bound: live.bound, restoredAbove };
  const believed = live.engine.believe(tx.now);
  const reconciled = reconcile(believed, kept, newId);
  const next = await writeTurn(tx, companyId, live, {
    rows: new Map(rows.map((row) => [row.id, row])),
    reports,
    reconciled,
    ended,
    plannedOpen: live.plannedOpen,
  });
  // Who hangs where may be another thing after a switching.
  return switched.length > 0 ? undefined : { ...live, ...next, lastTurn: tx.now };
}

/** Meters that say nothing are evidence only while their head-end is heard: one that is cut off is missing data. */
async function hearsMeters(
  tx: Tx,
  companyId: string,
  silence: number,
  reports: readonly HeardReport[],
): Promise<boolean> {
  if (reports.some(({ source }) => source === 'last_gasp')) return true;
  if (!(await liveStore(tx, companyId).hasHeadEnd())) return false;
  const contact = await lastContact(tx, companyId);
  return contact === null || silence <= 0 || contact > tx.now - silence;
}

/** Confirmed is heard as it stands; for whatever a dispatcher moved, evidence is weighed anew from the beginning. */
function hasNewWord(live: Live, rows: readonly OpenRow[]): boolean {
  return rows.some(({ id, wordAt }) => wordAt !== null && live.wordsHeard.get(id) !== wordAt);
}

async function rebuild(
  tx: Tx,
  companyId: string,
  from: {
    readonly rows: readonly OpenRow[];
    readonly imported: Instant | null;
    readonly reports: readonly HeardReport[];
    readonly metered: boolean;
  },
): Promise<Live | undefined> {
  const { rows, imported: importedAt, reports, metered } = from;
  const store = liveStore(tx, companyId);
  const tree = await companyFeedTree(tx, companyId);
  const customers = metered ? tree.customers.map((one) => ({ ...one, meter: true })) : tree.customers;
  const network = readNetwork({ devices: tree.devices, customers });
  if (isRefusal(network)) throw new Error(`the grid cannot be inferred on: ${JSON.stringify(network)}`);
  const engine = liveEngine(network);
  const standing = await store.listStandingOpen();
  const recent = await store.listSwitchings(tx.now - OVERLAP);
  const replayed = await store.listReplayed();
  const first = Math.min(tx.now, ...[replayed[0], reports[0]].flatMap((one) => one?.receivedAt ?? []));
  for (const { deviceId, at } of standing) engine.opened(deviceId, at, first);
  hearWords(engine, rows, new Set(standing.map(({ deviceId }) => deviceId)), first);
  const incidentOf = new Map<string, string>();
  for (const report of replayed) {
    const { incidentId, incidentDevice, meterId } = report;
    if (incidentId !== null) incidentOf.set(report.id, incidentId);
    // Who hangs on another feeder by now has supply from there: what he said is no evidence against it.
    const elsewhere = incidentDevice !== null && !engine.sameFeeder(meterId, incidentDevice);
    if (!elsewhere) engine.hear(report);
  }
  return {
    engine,
    metered,
    importedAt,
    incidentOf,
    bound: new Map(),
    devices: new Map(rows.map(({ id, deviceId }) => [id, deviceId])),
    switchingsHeard: new Set(recent.map(({ id }) => id)),
    plannedOpen: new Set(standing.filter(({ planned }) => planned).map(({ deviceId }) => deviceId)),
    wordsHeard: new Map(rows.flatMap(({ id, wordAt }) => (wordAt === null ? [] : [[id, wordAt]]))),
    lastTurn: tx.now,
  };
}

function hearWords(
  engine: LiveEngine,
  rows: readonly OpenRow[],
  standing: ReadonlySet<string>,
  at: Instant,
): void {
  const meant = new Set(rows.flatMap(({ word, deviceId }) => (word && deviceId !== null ? [deviceId] : [])));
  for (const { word, wordFrom, state } of rows) {
    if (!word || wordFrom === null || state === 'restored') continue;
    if (!meant.has(wordFrom) && !standing.has(wordFrom)) engine.excluded(wordFrom, at);
  }
  for (const { word, deviceId, since, state } of rows)
    if (word && deviceId !== null && state !== 'restored') engine.opened(deviceId, since, at);
}

/** What was switched since the last turn: an opening is evidence, a closing ends what the opening began. */
async function hearSwitchings(tx: Tx, companyId: string, live: Live): Promise<readonly SwitchingNews[]> {
  const recent = await liveStore(tx, companyId).listSwitchings(live.lastTurn - OVERLAP);
  const fresh = recent.filter(({ id }) => !live.switchingsHeard.has(id));
  for (const { id, deviceId, open, planned, at } of fresh) {
    live.switchingsHeard.add(id);
    if (open) live.engine.opened(deviceId, at, tx.now);
    else live.engine.restored(deviceId, tx.now);
    if (open && planned) live.plannedOpen.add(deviceId);
  }
  return fresh;
}

/** Incidents whose order says that supply is back, or is over, and those whose device was closed again. */
function endedBy(
  rows: readonly OpenRow[],
  news: Awaited<ReturnType<typeof orderNews>>,
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

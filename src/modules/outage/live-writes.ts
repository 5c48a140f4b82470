import type { Tx } from '#platform/db/db.ts';
import type { Believed, HeardReport, IncidentChange, LiveEngine, Reconciled } from './domain/index.ts';
import type { Explained } from './incident-api.ts';
import { type Ended, type EventWrite, type IncidentWrite, liveStore, type OpenRow } from './live-store.ts';

export type LiveState = {
  readonly engine: LiveEngine;
  /** Device of each incident that was open after the last turn. */
  readonly devices: ReadonlyMap<string, string | null>;
  readonly incidentOf: Map<string, string>;
  readonly bound: ReadonlyMap<string, string>;
};

type Turn = {
  readonly rows: readonly OpenRow[];
  readonly reports: readonly HeardReport[];
  readonly reconciled: Reconciled;
  readonly ended: readonly Ended[];
  readonly plannedOpen: ReadonlySet<string>;
};

/** Explaining costs a look at the whole feeder: so many in one turn, the rest in the next ones. */
const MOST_EXPLAINED = 40;

/**
 * Writes what a turn found, each kind of row in one statement, and answers what is known from now on. Undefined: a dispatcher spoke of one
 * of these incidents since they were read, and nothing was written.
 */
export async function writeTurn(
  tx: Tx,
  companyId: string,
  live: LiveState,
  { rows: read, reports, reconciled, ended: endings, plannedOpen }: Turn,
): Promise<Pick<LiveState, 'bound' | 'devices'> | undefined> {
  const store = liveStore(tx, companyId);
  const { given, bound } = reconciled;
  const rows = await lockTouched(tx, companyId, read, { reconciled, ended: endings });
  if (rows === undefined) return undefined;
  // Somebody was sent in between: it stays, and is doubted in the next turn.
  const changes = reconciled.changes.filter(
    ({ what, id }) => what !== 'closed' || rows.get(id)?.hasOrder !== true,
  );
  const ended = endings.map((one) => ({ ...one, row: rows.get(one.row.id) ?? one.row }));
  const writes = new Map<string, IncidentWrite>();
  let explained = 0;
  for (const change of changes) {
    if (!('now' in change)) continue;
    const why = explained < MOST_EXPLAINED ? explain(live.engine, change.now) : null;
    if (why !== null) explained += 1;
    writes.set(change.id, writeOf(change, rows.get(change.id), { live, why, plannedOpen }));
  }
  const begun = changes.filter(({ what }) => what === 'begun').map(({ id }) => id);
  const doubted = changes.filter(({ what }) => what === 'doubted').flatMap(({ id }) => rows.get(id) ?? []);
  await store.insert(begun.flatMap((id) => writes.get(id) ?? []));
  await store.update([
    ...[...writes.values()].filter(({ id }) => rows.has(id)),
    ...doubted.map((row) => ({ ...asItWas(row), posterior: 0 })),
  ]);
  await store.record(changes.flatMap((change) => eventOf(change, rows, writes)));
  await store.end(changes.filter(({ what }) => what === 'merged' || what === 'closed').map(({ id }) => id));
  await endAll(tx, companyId, ended);
  await store.give(
    given,
    reports.map(({ id }) => id),
  );
  for (const { report, incident } of given) live.incidentOf.set(report, incident);
  const devices = new Map([...rows.values()].map(({ id, deviceId }) => [id, deviceId]));
  for (const { id, deviceId } of writes.values()) devices.set(id, deviceId);
  for (const { id, what } of changes) if (what === 'merged' || what === 'closed') devices.delete(id);
  for (const { row, over } of ended) if (over) devices.delete(row.id);
  return { bound, devices };
}

/**
 * The rows with the versions that they have now: orders are made while inference thinks. Undefined where a dispatcher has spoken, or
 * where one was closed.
 */
async function lockTouched(
  tx: Tx,
  companyId: string,
  read: readonly OpenRow[],
  { reconciled, ended }: Pick<Turn, 'reconciled' | 'ended'>,
): Promise<ReadonlyMap<string, OpenRow> | undefined> {
  const rows = new Map(read.map((row) => [row.id, row]));
  const touched = new Set([
    ...reconciled.changes.map(({ id }) => id),
    ...reconciled.given.map(({ incident }) => incident),
    ...ended.map(({ row }) => row.id),
  ]);
  const standing = await liveStore(tx, companyId).lock([...touched].filter((id) => rows.has(id)));
  for (const { id, version, state, wordAt, orderId } of standing.values()) {
    const row = rows.get(id);
    if (row === undefined) continue;
    if (row.wordAt !== wordAt || row.state !== state) return undefined;
    rows.set(id, { ...row, version, orderId, hasOrder: orderId !== null });
  }
  return rows;
}

async function endAll(tx: Tx, companyId: string, ended: readonly Ended[]): Promise<void> {
  const store = liveStore(tx, companyId);
  const restored = ended.flatMap(({ row, restoredAt }) =>
    restoredAt === null || row.state === 'restored' ? [] : [{ row, at: restoredAt }],
  );
  await store.record(
    restored.map(({ row }) => ({ incidentId: row.id, seq: row.version + 1, type: 'restored' })),
  );
  await store.restore(restored.map(({ row, at }) => ({ id: row.id, at })));
  const over = ended.filter((one) => one.over);
  const isRestored = new Set(restored.map(({ row }) => row.id));
  await store.record(
    over.map(({ row }) => ({
      incidentId: row.id,
      seq: row.version + (isRestored.has(row.id) ? 2 : 1),
      type: 'closed',
    })),
  );
  await store.end(over.map(({ row }) => row.id));
}

function writeOf(
  change: Extract<IncidentChange, { readonly now: Believed }>,
  row: OpenRow | undefined,
  of: {
    readonly live: LiveState;
    readonly why: Explained | null;
    readonly plannedOpen: ReadonlySet<string>;
  },
): IncidentWrite {
  const { now, id } = change;
  const { deviceId, householdId, posterior, since, nested } = now;
  const extent = deviceId === null ? { households: 1, places: [] } : of.live.engine.extent(deviceId);
  const confirmed = now.certain || row?.state === 'confirmed';
  return {
    id,
    deviceId,
    householdId,
    state: confirmed ? 'confirmed' : 'suspected',
    posterior,
    since,
    restoredAt: null,
    ...extent,
    reports: now.reports.length,
    nested,
    planned: deviceId !== null && of.plannedOpen.has(deviceId),
    parentId: change.what === 'begun' ? change.parentId : null,
    explained: of.why,
    version: (row?.version ?? 0) + (change.what === 'kept' ? 0 : 1),
  };
}

function asItWas(row: OpenRow): Omit<IncidentWrite, 'posterior'> {
  const { id, deviceId, householdId, state, since, reports, nested, planned, version } = row;
  const still = { id, deviceId, householdId, state, since, reports, nested, planned, version };
  return {
    ...still,
    restoredAt: null,
    places: row.places,
    households: row.households,
    parentId: null,
    explained: null,
  };
}

function eventOf(
  change: IncidentChange,
  rows: ReadonlyMap<string, OpenRow>,
  writes: ReadonlyMap<string, IncidentWrite>,
): readonly EventWrite[] {
  const { id, what } = change;
  const write = writes.get(id);
  const seq = write?.version ?? (rows.get(id)?.version ?? 0) + 1;
  switch (what) {
    case 'begun':
      return [
        {
          incidentId: id,
          seq,
          type: 'begun',
          to: change.now.deviceId,
          otherId: change.parentId,
          posterior: change.now.posterior,
        },
      ];
    case 'moved':
      return [
        {
          incidentId: id,
          seq,
          type: 'moved',
          from: rows.get(id)?.deviceId ?? null,
          to: change.now.deviceId,
          posterior: change.now.posterior,
        },
      ];
    case 'merged':
      return [{ incidentId: id, seq, type: 'merged', otherId: change.into }];
    case 'closed':
      return [{ incidentId: id, seq, type: 'closed' }];
    default:
      return [];
  }
}

/** Rounded to what a page shows; the counts are exact. */
function explain(engine: LiveEngine, { name, deviceId }: Believed): Explained | null {
  const said = deviceId === null ? undefined : engine.explain(name);
  if (said === undefined) return null;
  const parts = Object.entries(said.parts).map(([part, nats]) => [part, Math.round(nats * 10) / 10] as const);
  return { parts: Object.fromEntries(parts) as Explained['parts'], counts: said.counts };
}

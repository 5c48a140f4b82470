import type { Instant } from '#kernel/instant.ts';
import type { Tx } from '#platform/db/db.ts';
import { type HeardReport, type LiveEngine, liveEngine } from './domain/index.ts';
import type { CompanyGrid } from './live-grid.ts';
import { liveStore, type OpenRow } from './live-store.ts';
import type { LiveState } from './live-writes.ts';

export type Live = LiveState & {
  readonly grid: CompanyGrid;
  readonly switchingsHeard: Set<string>;
  readonly plannedOpen: Set<string>;
  readonly wordsHeard: Map<string, Instant>;
  /** What was recorded before then has been heard. */
  readonly settled: Instant;
  /** Cases that were accepted before then have their report. */
  readonly casesSince: Instant;
  readonly turns: number;
};

/** The engine as it would stand had it heard everything that the rows say. */
export async function rebuild(
  tx: Tx,
  companyId: string,
  from: {
    readonly rows: readonly OpenRow[];
    readonly grid: CompanyGrid;
    readonly reports: readonly HeardReport[];
    readonly since: Instant;
  },
): Promise<Live> {
  const { rows, grid, reports, since } = from;
  const store = liveStore(tx, companyId);
  const engine = liveEngine(grid.network);
  // In this order: what is switched between the two statements is heard twice, and not never.
  const recent = await store.listSwitchings(since);
  const standing = await store.listStandingOpen();
  const replayed = await store.listReplayed();
  const first = Math.min(tx.now, ...[replayed[0], reports[0]].flatMap((one) => one?.receivedAt ?? []));
  for (const { deviceId, at } of standing) engine.opened(deviceId, at, first);
  hearWords(engine, rows, new Set(standing.map(({ deviceId }) => deviceId)), first);
  const incidentOf = new Map<string, string>();
  for (const report of replayed) {
    const { incidentId, incidentDevice, meterId } = report;
    if (incidentId !== null) incidentOf.set(report.id, incidentId);
    // Who hangs on another feeder by now has supply from there: what he said is no evidence against it.
    const elsewhere = incidentDevice !== null && engine.onOtherFeeder(meterId, incidentDevice);
    if (!elsewhere) engine.hear(report);
  }
  return {
    engine,
    grid,
    incidentOf,
    bound: new Map(),
    devices: new Map(rows.map(({ id, deviceId }) => [id, deviceId])),
    switchingsHeard: new Set(recent.map(({ id }) => id)),
    plannedOpen: new Set(standing.filter(({ planned }) => planned).map(({ deviceId }) => deviceId)),
    wordsHeard: new Map(rows.flatMap(({ id, wordAt }) => (wordAt === null ? [] : [[id, wordAt]]))),
    settled: since,
    casesSince: since,
    turns: 0,
  };
}

/**
 * A dispatcher said where it is: the evidence of that feeder is weighed anew from the beginning, as `rebuild` would; of the other feeders
 * nothing is another thing.
 */
export async function reweigh(
  tx: Tx,
  companyId: string,
  live: Live,
  { rows, spoken }: { readonly rows: readonly OpenRow[]; readonly spoken: readonly OpenRow[] },
): Promise<Live> {
  const { engine, devices, incidentOf, wordsHeard } = live;
  const moved = spoken.flatMap(({ id, deviceId, wordFrom }) => [deviceId, wordFrom, devices.get(id) ?? null]);
  const there = engine.forget(moved.filter((id) => id !== null));
  const onFeeder = new Set(there.devices);
  const store = liveStore(tx, companyId);
  const standing = (await store.listStandingOpen()).filter(({ deviceId }) => onFeeder.has(deviceId));
  for (const { deviceId, at } of standing) engine.opened(deviceId, at, tx.now);
  const nearby = rows.filter(({ deviceId, wordFrom }) => onFeeder.has(deviceId ?? wordFrom ?? ''));
  hearWords(engine, nearby, new Set(standing.map(({ deviceId }) => deviceId)), tx.now);
  for (const report of await store.listReplayed(there)) {
    if (report.incidentId !== null) incidentOf.set(report.id, report.incidentId);
    engine.hearAgain(report);
  }
  for (const { id, wordAt } of spoken) if (wordAt !== null) wordsHeard.set(id, wordAt);
  // What was closed there has left the evidence with this; nobody need hear of it.
  const open = new Set(rows.map(({ id }) => id));
  const left = [...devices].filter(([id, deviceId]) => open.has(id) || !onFeeder.has(deviceId ?? ''));
  return { ...live, devices: new Map(left) };
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

import type { Instant } from '#kernel/instant.ts';

/** What inference believes now, in the words of the database: one incident with its reports. */
export type Believed = {
  /** By what it is known from answer to answer: the engine's number, or the household that the grid does not have. */
  readonly name: string;
  readonly deviceId: string | null;
  readonly householdId: string | null;
  readonly posterior: number;
  readonly since: Instant;
  readonly reports: readonly string[];
  readonly nested: readonly string[];
  /** A recorded opening says so. */
  readonly certain: boolean;
};

/** An incident that is not closed, as it is written down. */
export type KeptIncident = {
  readonly id: string;
  readonly deviceId: string | null;
  readonly householdId: string | null;
  readonly state: 'suspected' | 'confirmed' | 'restored';
  readonly hazard: boolean;
  readonly word: boolean;
  readonly posterior: number;
  readonly since: Instant;
  readonly reports: number;
  readonly nested: readonly string[];
  readonly hasOrder: boolean;
};

export type Kept = {
  readonly incidents: ReadonlyMap<string, KeptIncident>;
  /** To which incident a report was given; that one may be closed by now. */
  readonly incidentOf: ReadonlyMap<string, string>;
  /** Which incident a name was given last time. */
  readonly bound: ReadonlyMap<string, string>;
  /** A restored incident that this lies below. */
  readonly restoredAbove: (one: Believed) => string | null;
};

export type IncidentChange =
  | { readonly what: 'begun'; readonly id: string; readonly parentId: string | null; readonly now: Believed }
  | { readonly what: 'moved' | 'kept'; readonly id: string; readonly now: Believed }
  /** Its reports are another's now. */
  | { readonly what: 'merged'; readonly id: string; readonly into: string }
  /** Nothing speaks for it any more and nobody was sent. */
  | { readonly what: 'closed'; readonly id: string }
  /** Nothing speaks for it any more, and somebody is on the way. */
  | { readonly what: 'doubted'; readonly id: string };

export type Reconciled = {
  readonly changes: readonly IncidentChange[];
  readonly bound: ReadonlyMap<string, string>;
  /** Reports that belong to another incident than before. */
  readonly given: readonly { readonly report: string; readonly incident: string }[];
};

/** Smaller moves of a probability are not worth a row. */
const WORTH_A_ROW = 0.02;

/**
 * Brings what is written down in line with what is believed. An incident keeps its identity when its device moves: it is the one that this
 * name had last time, else the one from which most of its reports come, else the one of the same device. What a restoration left dark
 * becomes an incident of its own, a child. Reports of closed incidents are over.
 */
export function reconcile(believed: readonly Believed[], kept: Kept, newId: () => string): Reconciled {
  const taken = new Set<string>();
  const bound = new Map<string, string>();
  const changes: IncidentChange[] = [];
  const given: { report: string; incident: string }[] = [];
  const movedTo = new Map<string, string>();

  const give = (one: Believed, id: string) => {
    bound.set(one.name, id);
    for (const report of one.reports) {
      const before = kept.incidentOf.get(report);
      if (before === id) continue;
      given.push({ report, incident: id });
      if (before !== undefined) movedTo.set(before, id);
    }
  };
  const free = (id: string | undefined, one: Believed): KeptIncident | undefined => {
    const row = id === undefined ? undefined : kept.incidents.get(id);
    if (row === undefined || row.hazard || row.state === 'restored' || taken.has(row.id)) return undefined;
    // Where a dispatcher put it, it stays.
    return row.word && row.deviceId !== one.deviceId ? undefined : row;
  };

  const alive = believed.flatMap((one) => withoutWhatIsOver(one, kept));
  const byDevice = new Map([...kept.incidents.values()].map((one) => [placeOf(one), one.id]));
  // Those that are known by name come first, so that nobody else takes their incident.
  const isKnown = (one: Believed) => free(kept.bound.get(one.name), one) !== undefined;
  const known = alive.filter(isKnown);
  const others = alive.filter((one) => !isKnown(one));
  for (const one of [...known, ...others.toSorted(larger)]) {
    const row =
      free(kept.bound.get(one.name), one) ??
      free(mostOf(one, kept, taken), one) ??
      free(byDevice.get(placeOf(one)), one);
    if (row === undefined) {
      const id = newId();
      changes.push({ what: 'begun', id, parentId: parentOf(one, kept), now: one });
      give(one, id);
      continue;
    }
    taken.add(row.id);
    if (row.deviceId !== one.deviceId) changes.push({ what: 'moved', id: row.id, now: one });
    else if (isNews(row, one)) changes.push({ what: 'kept', id: row.id, now: one });
    give(one, row.id);
  }
  for (const row of kept.incidents.values()) {
    if (taken.has(row.id) || row.hazard || row.state === 'restored') continue;
    changes.push(...vanished(row, movedTo.get(row.id)));
  }
  return { changes, bound, given };
}

/** Reports of an incident that is closed are over, and so is a customer's own trouble that was put right; what has no others is nothing. */
function withoutWhatIsOver(one: Believed, { incidentOf, incidents }: Kept): readonly Believed[] {
  const isOver = (report: string) => {
    const id = incidentOf.get(report);
    if (id === undefined) return false;
    const state = incidents.get(id)?.state;
    return state === undefined || (state === 'restored' && one.deviceId === null);
  };
  if (!one.reports.some(isOver)) return [one];
  const reports = one.reports.filter((report) => !isOver(report));
  return reports.length === 0 ? [] : [{ ...one, reports }];
}

function placeOf(one: { readonly deviceId: string | null; readonly householdId: string | null }): string {
  return one.deviceId ?? `household ${one.householdId}`;
}

function larger(a: Believed, b: Believed): number {
  return b.reports.length - a.reports.length || b.posterior - a.posterior || (a.name < b.name ? -1 : 1);
}

function mostOf(one: Believed, kept: Kept, taken: ReadonlySet<string>): string | undefined {
  const votes = new Map<string, number>();
  for (const report of one.reports) {
    const id = kept.incidentOf.get(report);
    const row = id === undefined || taken.has(id) ? undefined : kept.incidents.get(id);
    if (id === undefined || row === undefined || row.state === 'restored') continue;
    if (!row.word || row.deviceId === one.deviceId) votes.set(id, (votes.get(id) ?? 0) + 1);
  }
  let best: string | undefined;
  for (const [id, count] of votes) if (count > (votes.get(best ?? '') ?? 0)) best = id;
  return best;
}

/** What was restored and left this dark. */
function parentOf(one: Believed, { incidentOf, incidents, restoredAbove }: Kept): string | null {
  for (const report of one.reports) {
    const id = incidentOf.get(report);
    if (id !== undefined && incidents.get(id)?.state === 'restored') return id;
  }
  return restoredAbove(one);
}

function isNews(row: KeptIncident, one: Believed): boolean {
  return (
    Math.abs(row.posterior - one.posterior) >= WORTH_A_ROW ||
    row.reports !== one.reports.length ||
    row.since !== one.since ||
    (one.certain && row.state === 'suspected') ||
    row.nested.length !== one.nested.length ||
    row.nested.some((device, i) => device !== one.nested[i])
  );
}

function vanished(row: KeptIncident, into: string | undefined): readonly IncidentChange[] {
  if (into !== undefined && into !== row.id && !row.word) return [{ what: 'merged', id: row.id, into }];
  if (row.hasOrder || row.word) return row.posterior > 0 ? [{ what: 'doubted', id: row.id }] : [];
  return [{ what: 'closed', id: row.id }];
}

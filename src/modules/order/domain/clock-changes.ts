import {
  factsFor,
  holds,
  type Moment,
  type ProcessClock,
  type ProcessDefinition,
  type ProcessState,
} from '#modules/process/domain/index.ts';
import type { Instant } from '#kernel/instant.ts';

/** A clock of an order as it stands; `caseId` null: it counts for the order. */
export type RunningClock = { readonly id: string; readonly clock: string; readonly caseId: string | null };

export type ClockChanges = {
  readonly start: readonly {
    readonly clock: ProcessClock;
    readonly caseId: string | null;
    readonly at: Instant;
    /** What was arranged, where the deadline is an arrangement. */
    readonly until: Instant | null;
  }[];
  readonly stop: readonly { readonly id: string; readonly at: Instant }[];
  /** Their condition does not hold any more, or their case left the order: they never counted. */
  readonly cancel: readonly string[];
};

/**
 * What the moments of one transition do to the clocks of an order. A clock that began and ended in the same
 * transition is not kept: nobody could have been late.
 */
export function clockChanges(
  definition: ProcessDefinition,
  state: ProcessState,
  moments: readonly Moment[],
  running: readonly RunningClock[],
): ClockChanges {
  // An order may have thousands of cases: whatever is asked for each of them is looked up.
  const clocks = new Map(definition.clocks.map((clock) => [clock.id, clock]));
  const cases = new Set(state.cases);
  const named = Map.groupBy(moments, ({ name }) => name);
  const at = (name: string, caseId: string | null) => momentFor(named.get(name) ?? [], caseId);

  const holding = running.filter(({ clock, caseId }) => {
    const stays = !state.stopped && (caseId === null || cases.has(caseId));
    return stays && clocks.has(clock) && holds(clocks.get(clock)?.when, factsFor(state, caseId));
  });
  const staying = new Set(holding.map(({ id }) => id));
  const stop = holding.flatMap(({ id, clock, caseId }) => {
    const stopped = at(clocks.get(clock)?.stop ?? '', caseId);
    return stopped === undefined ? [] : [{ id, at: stopped }];
  });
  const begun = new Set(running.map(({ clock, caseId }) => `${clock} ${caseId}`));
  const start = definition.clocks.flatMap((clock) =>
    subjects(clock, state, named.get(clock.start) ?? []).flatMap((caseId) => {
      const started = at(clock.start, caseId);
      const known = factsFor(state, caseId);
      const ended = at(clock.stop, caseId) !== undefined;
      if (started === undefined || ended || begun.has(`${clock.id} ${caseId}`) || !holds(clock.when, known))
        return [];
      const until = clock.until === undefined ? null : known[clock.until];
      // Nothing was arranged: there is no deadline to keep.
      return until === null || typeof until === 'number' ? [{ clock, caseId, at: started, until }] : [];
    }),
  );
  return { start, stop, cancel: running.flatMap(({ id }) => (staying.has(id) ? [] : [id])) };
}

/** What a clock that begins at these moments may count for. */
function subjects(
  clock: ProcessClock,
  state: ProcessState,
  begins: readonly Moment[],
): readonly (string | null)[] {
  if (clock.on === 'order') return [null];
  const own = new Set(begins.map(({ caseId }) => caseId));
  return own.has(null) ? state.cases : state.cases.filter((id) => own.has(id));
}

function momentFor(moments: readonly Moment[], caseId: string | null): Instant | undefined {
  return moments.find((moment) => caseId === null || moment.caseId === null || moment.caseId === caseId)?.at;
}

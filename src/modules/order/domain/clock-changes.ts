import {
  type Facts,
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
  const cancel = running
    .filter(({ clock, caseId }) => !stillHolds(definition, state, clock, caseId))
    .map(({ id }) => id);
  const stop = running
    .filter(({ id }) => !cancel.includes(id))
    .flatMap((one) => {
      const at = momentFor(definition, moments, one.clock, 'stop', one.caseId);
      return at === undefined ? [] : [{ id: one.id, at }];
    });
  const start = definition.clocks.flatMap((clock) =>
    subjects(clock, state).flatMap((caseId) => {
      const at = momentFor(definition, moments, clock.id, 'start', caseId);
      const begun = running.some((one) => one.clock === clock.id && one.caseId === caseId);
      const ended = momentFor(definition, moments, clock.id, 'stop', caseId) !== undefined;
      const known = facts(state, caseId);
      if (at === undefined || begun || ended || !holds(clock.when, known)) return [];
      const until = clock.until === undefined ? null : known[clock.until];
      // Nothing was arranged: there is no deadline to keep.
      return until === null || typeof until === 'number' ? [{ clock, caseId, at, until }] : [];
    }),
  );
  return { start, stop, cancel };
}

function subjects(clock: ProcessClock, state: ProcessState): readonly (string | null)[] {
  return clock.on === 'order' ? [null] : state.cases;
}

function stillHolds(
  definition: ProcessDefinition,
  state: ProcessState,
  id: string,
  caseId: string | null,
): boolean {
  const clock = definition.clocks.find((one) => one.id === id);
  if (clock === undefined || state.stopped) return false;
  return (caseId === null || state.cases.includes(caseId)) && holds(clock.when, facts(state, caseId));
}

function momentFor(
  definition: ProcessDefinition,
  moments: readonly Moment[],
  id: string,
  end: 'start' | 'stop',
  caseId: string | null,
): Instant | undefined {
  const name = definition.clocks.find((one) => one.id === id)?.[end];
  return moments.find(
    (moment) =>
      moment.name === name && (caseId === null || moment.caseId === null || moment.caseId === caseId),
  )?.at;
}

function facts(state: ProcessState, caseId: string | null): Facts {
  return factsFor(state, caseId);
}

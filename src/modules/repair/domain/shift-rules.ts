import { HOUR, type Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';

type ShiftKind = 'duty' | 'on-call';

/** A shift as far as the rules look at it; `people` are those in charge, watching and beside them. */
export type PlannedShift = {
  readonly crewId: string;
  readonly kind: ShiftKind;
  readonly from: Instant;
  readonly until: Instant;
  readonly people: readonly string[];
};

/** Hours of the handbook: R130-duty and R130-rest. */
export type ShiftPolicy = { readonly longestDutyHours: number; readonly restHours: number };

/**
 * Why a shift cannot be set; undefined when it can. On call is spent at home: it breaks no rest, but nobody is in two places.
 * `others` are the shifts near it of the same crew and of the same people.
 */
export function faultOfShift(
  shift: PlannedShift,
  others: readonly PlannedShift[],
  policy: ShiftPolicy,
  now: Instant,
): Refusal | undefined {
  const { kind, from, until, people } = shift;
  if (new Set(people).size < 2 || new Set(people).size < people.length) return refuse('shift.two-persons');
  if (from >= until || until <= now) return refuse('shift.over');
  if (kind === 'duty' && until - from > policy.longestDutyHours * HOUR)
    return refuse('shift.too-long', { hours: policy.longestDutyHours });
  if (others.some((other) => other.crewId === shift.crewId && meet(other, shift)))
    return refuse('shift.crew-set-already');
  return people
    .map((person) => faultOfPerson(person, shift, others, policy))
    .find((one) => one !== undefined);
}

function faultOfPerson(
  person: string,
  shift: PlannedShift,
  others: readonly PlannedShift[],
  { restHours }: ShiftPolicy,
): Refusal | undefined {
  const own = others.filter((other) => other.people.includes(person));
  if (own.some((other) => meet(other, shift)))
    return refuse('shift.person-set-already', { personId: person });
  const rested = { from: shift.from - restHours * HOUR, until: shift.until + restHours * HOUR };
  const tired = shift.kind === 'duty' && own.some((other) => other.kind === 'duty' && meet(other, rested));
  return tired ? refuse('shift.no-rest', { personId: person, hours: restHours }) : undefined;
}

function meet(
  a: { readonly from: Instant; readonly until: Instant },
  b: { readonly from: Instant; readonly until: Instant },
): boolean {
  return a.from < b.until && b.from < a.until;
}

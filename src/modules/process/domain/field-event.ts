import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import type { ProcessDefinition, StepDefinition } from './definition.ts';

type Limit = { readonly id: string; readonly value: number };

/** R114 of the handbook: how long after it happened something may be entered and still counts from when it happened. */
export function fieldDelay(limits: readonly Limit[]): number {
  return (limits.find((limit) => limit.id === 'R114')?.value ?? 0) * HOUR;
}

/** Why somebody else enters it (代录); `completed`: the crew had written it, the office adds what was missing. */
export type EnteredWhy =
  | 'no-signal'
  | 'device'
  | 'hands-full'
  | 'reported-by-phone'
  | 'off-duty'
  | 'completed';

export type FieldDoubt = 'not-in-the-field' | 'no-evidence' | 'too-late' | 'clock-wrong';

/** Kept on a phone and sent when it could be. */
export type Queued = {
  /** The clock of the phone was moved between doing and sending: what it says of the time is worth nothing. */
  readonly clockMoved: boolean;
};

/** R008 of the handbook: an entry that comes later than this after it happened is marked 补录. */
export function entryDelay(limits: readonly Limit[]): number {
  return (limits.find((limit) => limit.id === 'R008')?.value ?? 0) * MINUTE;
}

/** What somebody says about when it happened. */
export type FieldClaim = {
  readonly claimed: Instant;
  readonly now: Instant;
  /** When the work began; nothing of it happened earlier. */
  readonly notBefore: Instant;
  readonly fieldPost: boolean;
  /** A file or a position came with it; that somebody ticked "photo" shows nothing. */
  readonly evidence: boolean;
  /** 代录: entered for somebody who was there, marked who and why. */
  readonly enteredFor: boolean;
  /** Of a phone's queue: nobody is there to put it right, so what cannot be true is doubted and not refused. */
  readonly queued?: Queued;
};

/** Two clocks that were set by the network differ by seconds; a clock that differs more was set by hand. */
const CLOCK_SLACK = 2 * MINUTE;

/**
 * Clocks count what is believed: from a field post with evidence, or entered for somebody, within the delay (design §2).
 * What is not believed stays on record, and the clocks count when it was entered. Refusals, because they cannot be true:
 * `field.future`, `field.before-start`; never of what a phone kept.
 */
export function decideOccurredAt(
  claim: FieldClaim,
  delay: number,
): { readonly at: Instant; readonly doubt: FieldDoubt | null } | Refusal {
  const { queued, ...said } = claim;
  if (queued !== undefined) return decideQueued(said, queued, delay);
  if (claim.claimed > claim.now) return refuse('field.future');
  if (claim.claimed < claim.notBefore) return refuse('field.before-start');
  const doubt = doubtOf(claim, delay);
  return { at: doubt === null ? claim.claimed : claim.now, doubt };
}

function decideQueued(claim: FieldClaim, { clockMoved }: Queued, delay: number) {
  const { claimed, now, notBefore } = claim;
  const possible = claimed <= now + CLOCK_SLACK && claimed >= notBefore - CLOCK_SLACK;
  if (clockMoved || !possible) return { at: now, doubt: 'clock-wrong' as const };
  return decideOccurredAt({ ...claim, claimed: Math.min(now, Math.max(notBefore, claimed)) }, delay);
}

function doubtOf(claim: FieldClaim, delay: number): FieldDoubt | null {
  if (claim.now - claim.claimed > delay) return 'too-late';
  if (claim.enteredFor) return null;
  if (!claim.fieldPost) return 'not-in-the-field';
  return claim.evidence ? null : 'no-evidence';
}

/** Ids of the instants of a step that a clock counts from or to. */
export function countedInstants(definition: ProcessDefinition, step: StepDefinition): readonly string[] {
  const heard = new Set(definition.clocks.flatMap((clock) => [clock.start, clock.stop]));
  return (step.milestones ?? []).flatMap(({ name, at }) => (at !== undefined && heard.has(name) ? [at] : []));
}

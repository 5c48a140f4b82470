import { HOUR, type Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import type { ProcessDefinition, StepDefinition } from './definition.ts';

type Limit = { readonly id: string; readonly value: number };

/** R114 of the handbook: how long after it happened something may be entered and still counts from when it happened. */
export function fieldDelay(limits: readonly Limit[]): number {
  return (limits.find((limit) => limit.id === 'R114')?.value ?? 0) * HOUR;
}

/** Why somebody else enters it (代录). */
export type EnteredWhy = 'no-signal' | 'device' | 'hands-full' | 'reported-by-phone';

export type FieldDoubt = 'not-in-the-field' | 'no-evidence' | 'too-late';

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
};

/**
 * Clocks count what is believed: from a field post with evidence, or entered for somebody, within the delay (design §2).
 * What is not believed stays on record, and the clocks count when it was entered. Refusals, because they cannot be true:
 * `field.future`, `field.before-start`.
 */
export function decideOccurredAt(
  claim: FieldClaim,
  delay: number,
): { readonly at: Instant; readonly doubt: FieldDoubt | null } | Refusal {
  if (claim.claimed > claim.now) return refuse('field.future');
  if (claim.claimed < claim.notBefore) return refuse('field.before-start');
  const doubt = doubtOf(claim, delay);
  return { at: doubt === null ? claim.claimed : claim.now, doubt };
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

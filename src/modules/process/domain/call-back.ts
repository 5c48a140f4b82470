import { DAY, HOUR, type Instant } from '#kernel/instant.ts';

/** R109: at most three attempts, at least two hours apart, between 08:00 and 22:00 in Shanghai. */
export type CallBackPolicy = {
  readonly maxAttempts: number;
  readonly spacing: number;
  readonly fromHour: number;
  readonly toHour: number;
};

export const callBackDefault: CallBackPolicy = { maxAttempts: 3, spacing: 2 * HOUR, fromHour: 8, toHour: 22 };

/** R109 as this handbook has it. */
export function callBackPolicy(
  limits: readonly { readonly id: string; readonly value: number }[],
): CallBackPolicy {
  const valueOf = (id: string, otherwise: number) =>
    limits.find((limit) => limit.id === id)?.value ?? otherwise;
  return {
    maxAttempts: valueOf('R109', callBackDefault.maxAttempts),
    spacing: valueOf('R109-spacing', callBackDefault.spacing / HOUR) * HOUR,
    fromHour: valueOf('R109-from', callBackDefault.fromHour),
    toHour: valueOf('R109-to', callBackDefault.toHour),
  };
}

export type NoCallBackReason =
  | 'callback.anonymous'
  | 'callback.refused-by-customer'
  | 'callback.wrong-number'
  | 'callback.praise'
  | 'callback.done-by-other-door';

/** Who is not called (§3.7), and orders whose call-back is the national centre's (§13.0). */
export function noCallBackReason(facts: {
  readonly caseType: string;
  readonly anonymous: boolean;
  readonly refused: boolean;
  readonly wrongNumber: boolean;
  readonly fromNationalCentre: boolean;
}): NoCallBackReason | undefined {
  if (facts.caseType === 'BY') return 'callback.praise';
  if (facts.anonymous) return 'callback.anonymous';
  if (facts.refused) return 'callback.refused-by-customer';
  if (facts.wrongNumber) return 'callback.wrong-number';
  if (facts.fromNationalCentre) return 'callback.done-by-other-door';
  return undefined;
}

export type CallBackDecision =
  | { readonly may: true }
  | {
      readonly may: false;
      readonly reason: 'callback.too-soon' | 'callback.quiet-hours';
      readonly earliest: Instant;
    }
  | { readonly may: false; readonly reason: 'callback.attempts-used' };

/** Whether one may ring now, and else from when. `attempts`: instants of calls that nobody answered. */
export function decideCallBack(
  attempts: readonly Instant[],
  now: Instant,
  policy: CallBackPolicy,
): CallBackDecision {
  if (attempts.length >= policy.maxAttempts) return { may: false, reason: 'callback.attempts-used' };

  const spaced = attempts.length === 0 ? now : Math.max(now, Math.max(...attempts) + policy.spacing);
  const earliest = atOrAfterOpening(spaced, policy);
  if (earliest === now) return { may: true };
  return { may: false, reason: spaced > now ? 'callback.too-soon' : 'callback.quiet-hours', earliest };
}

/** Shanghai is UTC+8 without daylight saving. */
function atOrAfterOpening(at: Instant, policy: CallBackPolicy): Instant {
  const sinceMidnight = (((at + 8 * HOUR) % DAY) + DAY) % DAY;
  const midnight = at - sinceMidnight;
  if (sinceMidnight < policy.fromHour * HOUR) return midnight + policy.fromHour * HOUR;
  if (sinceMidnight >= policy.toHour * HOUR) return midnight + DAY + policy.fromHour * HOUR;
  return at;
}

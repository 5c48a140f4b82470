import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { isNight } from './next-telling.ts';

export type MassPolicy = {
  /** Messages of one telling, and of an hour of them, that go without being asked about. */
  readonly mass: number;
  readonly hour: number;
  /** Messages a minute. */
  readonly pace: number;
  readonly night: { readonly from: number; readonly to: number };
};

/** A human may have looked at a number that grew meanwhile by so much. */
const GROWN = 1.1;

/**
 * Whether so many messages to households that asked for nothing may go now. Half a county can look dark by mistake: beyond the limits
 * somebody must have read the number and said it back. None goes into the night. Refusals: `telling.mass`, `telling.grown`,
 * `telling.night`.
 */
export function decideMass(
  asked: {
    readonly messages: number;
    /** Sent in the last hour by other tellings. */
    readonly lately: number;
    /** The number that a human said yes to; null: nobody was asked. */
    readonly yes: number | null;
    readonly now: Instant;
  },
  policy: MassPolicy,
): true | Refusal {
  const { messages, lately, yes, now } = asked;
  if (messages === 0) return true;
  const limit = Math.min(policy.mass, Math.max(policy.hour - lately, 0));
  if (messages > limit && yes === null) return refuse('telling.mass', { messages, limit });
  if (messages > limit && yes !== null && messages > yes * GROWN)
    return refuse('telling.grown', { messages, yes });
  return isNight(now + (messages / policy.pace) * MINUTE, policy.night) ? refuse('telling.night') : true;
}

/** When each of so many goes: as many a minute as the pace, so that who asked is never behind those who did not. */
export function spread(i: number, now: Instant, { pace }: Pick<MassPolicy, 'pace'>): Instant {
  return now + Math.floor((i / pace) * MINUTE);
}

/** What was sent counts for the hour. */
export const LATELY = HOUR;

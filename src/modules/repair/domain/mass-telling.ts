import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { endOfNight, isNight, nextNight } from './next-telling.ts';

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
 * somebody must have read the number and said it back. None is sent at night. Refusals: `telling.mass`, `telling.grown`,
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
  return isNight(now, policy.night) ? refuse('telling.night') : true;
}

/** When so many messages go. */
export type Sending = {
  /** So many go out now, one after the other at the pace. */
  readonly count: number;
  /** Who is not reached before this waits for the next news, or the morning: what is said to him must still be so. */
  readonly until: Instant | null;
  /** When the last of all is out at this pace, the nights left out. */
  readonly lastAt: Instant;
};

/**
 * How far so many messages come. None goes into the night, and none says a time of the next news that has passed when it is read: behind
 * both the rest waits, and is told with what is true then, whoever waited longest first.
 */
export function planSending(
  asked: {
    readonly messages: number;
    /** Messages of earlier tellings that are still to go: these come after them. */
    readonly queued: number;
    /** When the next news is due; null: there is none to come. */
    readonly nextAt: Instant | null;
    readonly now: Instant;
  },
  { pace, night }: Pick<MassPolicy, 'pace' | 'night'>,
): Sending {
  const { messages, queued, nextAt, now } = asked;
  const dusk = nextNight(now, night);
  const ends = [dusk, nextAt].filter((end) => end !== null);
  const until = ends.length === 0 ? null : Math.min(...ends);
  const room = until === null ? Infinity : Math.floor(((until - now) / MINUTE) * pace) - queued;
  const count = Math.max(0, Math.min(messages, room));
  const lastAt = afterNights(now, ((queued + messages) / pace) * MINUTE, night);
  return { count, until: count < messages ? until : null, lastAt };
}

/** When sending of so long is over that stops for the nights. */
function afterNights(from: Instant, long: number, night: MassPolicy['night']): Instant {
  let [at, rest] = [endOfNight(from, night) ?? from, long];
  for (let days = 0; days < MOST_DAYS; days += 1) {
    const dusk = nextNight(at, night);
    if (dusk === null || rest <= dusk - at) return at + rest;
    rest -= dusk - at;
    at = endOfNight(dusk, night) ?? dusk;
  }
  return at + rest;
}

/** Longer than a month nobody reckons: it is said as if there were no nights any more. */
const MOST_DAYS = 30;

/** When each of so many goes, behind what is queued: as many a minute as the pace, so that who asked is never behind those who did not. */
export function spread(i: number, now: Instant, { pace }: Pick<MassPolicy, 'pace'>): Instant {
  return now + Math.floor((i / pace) * MINUTE);
}

/** What was sent counts for the hour. */
export const LATELY = HOUR;

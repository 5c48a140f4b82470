import { MINUTE, type Instant } from '#kernel/instant.ts';

/** The wall clock of the database beside one that only ever runs on; both in milliseconds. */
export type ClockLook = { readonly wall: Instant; readonly running: number };

/** A step of the wall clock of more than a minute is no drift (reliability §3c). */
const JUMP = MINUTE;

/**
 * By how much the wall clock jumped between two looks, in business milliseconds; 0: it did not. `scale`: business seconds a
 * real second, of a demonstration that runs fast.
 */
export function jumpBetween(before: ClockLook, now: ClockLook, scale: number): number {
  const step = now.wall - before.wall - (now.running - before.running) * scale;
  return Math.abs(step) > JUMP * scale ? Math.round(step) : 0;
}

import type { CommandRow } from '#modules/repair/command-api.ts';
import type { Deadline } from '../../../lib/time-left.ts';

/** The promise that counts now: to be there while nobody is, then whatever ends next. */
export function deadlineOf({ arrival, leading }: CommandRow): Deadline {
  if (arrival !== null && arrival.metAt === null)
    return { dueAt: arrival.dueAt, startedAt: arrival.startedAt };
  if (leading === null) return { dueAt: null };
  const { dueAt, startedAt, paused } = leading;
  return { dueAt, startedAt, paused };
}

/** When its customers must hear something. */
export function tellingDeadline({ telling }: CommandRow): Deadline {
  return telling === null ? { dueAt: null } : { dueAt: telling.dueAt, startedAt: telling.since };
}

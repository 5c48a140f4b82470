/**
 * An instant: milliseconds since 1970-01-01T00:00:00Z. A plain number, so that domain code needs no `Date`.
 * The business zone is Asia/Shanghai, which has had no daylight saving since 1991 (UTC+8).
 */
export type Instant = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Seconds until the next try after the n-th attempt: soon at first, then seldom; some five hours in all. */
const WAITS = [5, 15, 60, 300, 900, 1800, 3600, 7200] as const;
/** A gateway that says no to a message says no again; three times in case it erred. */
const REJECTED_TRIES = 3;

export type Failure = 'rejected' | 'failed' | 'unknown';

/** Seconds until the next try; undefined: give up, somebody must look at it. */
export function retryAfter(kind: Failure, attempts: number): number | undefined {
  if (kind === 'rejected' && attempts >= REJECTED_TRIES) return undefined;
  return WAITS[attempts - 1];
}

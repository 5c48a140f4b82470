import { sha256 } from './sha256.ts';

/**
 * A report by the customers' page costs its sender some ten thousand hashes: nothing to a phone (under 0.2 s), much to
 * somebody who sends a hundred thousand. The work is bound to the report's idempotency key, so it cannot be spent twice.
 */
const BITS = 13;

export function isWorkDone(key: string, nonce: number): boolean {
  const [first = 0xffff_ffff] = sha256(`${key}:${nonce}`);
  return first >>> (32 - BITS) === 0;
}

/** Finds the nonce. Some 8,000 tries on average. */
export function doWork(key: string): number {
  for (let nonce = 0; ; nonce++) if (isWorkDone(key, nonce)) return nonce;
}

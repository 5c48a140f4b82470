/** R101's quarter of an hour. An office signs in through one address: fifty mistyped passwords of 400 people are many. */
const WINDOW_MS = 15 * 60_000;
const FAILURES = 50;
/** Addresses remembered; beyond them the oldest is forgotten, so that a flood costs no memory. */
const ADDRESSES = 10_000;

/**
 * Counts failed tries of an address in this process: sign-ins, whatever accounts they tried (the lock-out of one account does
 * not stop who tries one password on all of them), and guesses at links of customers. Real time; a restart forgets, and two
 * processes count apart: it slows down who guesses, and is not what keeps him out.
 */
export function tryLimit(now: () => number = () => performance.now()) {
  const failures = new Map<string, { count: number; since: number }>();
  return {
    exhausted(address: string): boolean {
      const found = failures.get(address);
      return found !== undefined && now() - found.since < WINDOW_MS && found.count >= FAILURES;
    },
    failed(address: string): void {
      const found = failures.get(address);
      if (found !== undefined && now() - found.since < WINDOW_MS) {
        found.count += 1;
        return;
      }
      failures.delete(address);
      failures.set(address, { count: 1, since: now() });
      if (failures.size > ADDRESSES) failures.delete(failures.keys().next().value ?? '');
    },
  };
}

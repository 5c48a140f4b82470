import { useNow } from '../../lib/server-clock.ts';

const MINUTE = 60_000;
const ZONE = 8 * 60 * MINUTE;

/** The day in Shanghai, as `2026-11-25`: days until which something holds are compared with it. */
export function useToday(): string {
  return new Date(useNow(MINUTE) + ZONE).toISOString().slice(0, 10);
}

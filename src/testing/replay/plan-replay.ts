import { type Instant, MINUTE } from '#kernel/instant.ts';
import { type Random, seeded } from '../demo/seeded.ts';
import type { Outage } from './read-outages.ts';

/** One customer's report of an outage. */
export type Report = {
  /** Written into the case as the caller's name, so that it can be found again: one report, one case. */
  readonly mark: string;
  readonly at: Instant;
  readonly way: 'phone' | 'hall' | 'web';
  readonly householdId: string;
};

/** An outage laid on a place of the demo company. */
export type LaidOutage = {
  readonly outage: Outage;
  readonly reports: readonly Report[];
  /** When the work went on, by the real times of the outage. */
  readonly steps: { readonly accepted: Instant; readonly arrived: Instant; readonly restored: Instant };
};

/** Of the customers without supply so many report it; one at least, because somebody did. */
const REPORTING = 0.04;
/** However many are dark: after so many reports the hall knows, and answers from the board. */
const MOST_REPORTS = 6;
/** Where nothing is published of a crew it is there after a third of the time. An assumption of the replay, not of the company. */
const ARRIVES_AFTER = 1 / 3;
const WAYS = ['phone', 'phone', 'phone', 'hall', 'web'] as const;

/**
 * Lays every outage on a village and lets a seeded share of its households report it. The same for the same seed; the marks
 * begin with `prefix`, by which one replay is told from another in the same database.
 */
export function planReplay(
  outages: readonly Outage[],
  villages: readonly (readonly string[])[],
  { seed, prefix }: { readonly seed: number; readonly prefix: string },
): readonly LaidOutage[] {
  const random = seeded(seed, 'replay');
  return outages.map((outage, n) => {
    // An outage that came back has its number twice in the file.
    const mark = `${prefix}-${n + 1}-${outage.id}`;
    const reports = reportsOf(outage, mark, random.pick(villages), random);
    const first = reports[0]?.at ?? outage.start;
    const accepted = between(outage.assigned ?? first + 5 * MINUTE, first + MINUTE, outage.gone - MINUTE);
    const arrived = between(
      outage.onSite ?? outage.start + (outage.gone - outage.start) * ARRIVES_AFTER,
      accepted + MINUTE,
      outage.gone - MINUTE,
    );
    return {
      outage,
      reports,
      steps: { accepted, arrived, restored: Math.max(outage.gone, arrived + MINUTE) },
    };
  });
}

function reportsOf(
  outage: Outage,
  mark: string,
  households: readonly string[],
  random: Random,
): readonly Report[] {
  const share = Math.min(outage.customers, households.length) * REPORTING;
  const count = Math.min(MOST_REPORTS, 1 + Math.floor(share) + (random.chance(share % 1) ? 1 : 0));
  const begin = random.int(households.length);
  const span = outage.gone - outage.start;
  return Array.from({ length: count }, (_, i) => ({
    mark: `${mark}-${i + 1}`,
    // The first call comes within minutes, the others while it is dark.
    at:
      outage.start +
      (i === 0 ? Math.min(span / 4, (1 + random.int(6)) * MINUTE) : random.next() * span * 0.6),
    way: random.pick(WAYS),
    householdId: households[(begin + i) % households.length] ?? '',
  })).toSorted((a, b) => a.at - b.at);
}

function between(at: Instant, least: Instant, most: Instant): Instant {
  return Math.max(least, Math.min(at, most));
}

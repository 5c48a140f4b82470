import type { ActiveNode } from './active-tree.ts';
import type { MinuteGrid } from './minute-grid.ts';

/** Telemetry tells within so many minutes; each minute earlier is half as likely. */
const TELEMETRY_DELAY = 5;

const LIKELIEST = 0.5;

/**
 * Fills `prior` with the probability that the device opened at each minute of the grid, before any report is looked at, and answers
 * the probability that it has not opened.
 */
export function fillOpeningPrior(
  node: ActiveNode,
  grid: MinuteGrid,
  ratePerMinute: number,
  prior: Float64Array,
): number {
  const { news } = node;
  prior.fill(0);
  if (news?.state === 'closed') return 1;
  if (news?.state === 'open') {
    fillTelemetry(grid, news.stateMinute, prior);
    return 0;
  }
  const from = node.restored ?? -Infinity;
  let total = 0;
  for (let j = 0; j < prior.length; j += 1) {
    if ((grid.minutes[j] as number) < from) continue;
    const here = ratePerMinute * (grid.spans[j] as number);
    prior[j] = here;
    total += here;
  }
  // In a storm of days a device cannot fail with more than certainty.
  const scale = Math.min(1, LIKELIEST / total) * (1 - (news?.carried?.probability ?? 0));
  for (let j = 0; j < prior.length; j += 1) prior[j] = (prior[j] as number) * scale;
  if (news?.carried !== undefined) prior[columnAt(grid, news.carried.since)] = news.carried.probability;
  return Math.max(1 - (news?.carried?.probability ?? 0) - total * scale, 1e-9);
}

/** The last column that does not begin after that minute. */
export function columnAt({ minutes }: MinuteGrid, minute: number): number {
  let [low, high] = [0, minutes.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((minutes[middle] as number) <= minute) low = middle;
    else high = middle - 1;
  }
  return low;
}

function fillTelemetry(grid: MinuteGrid, minute: number, prior: Float64Array): void {
  let total = 0;
  for (let j = 0; j < prior.length; j += 1) {
    const age = minute - (grid.minutes[j] as number);
    if (age < 0 || age > TELEMETRY_DELAY) continue;
    prior[j] = 0.5 ** age;
    total += prior[j] as number;
  }
  if (total === 0) {
    prior[columnAt(grid, minute)] = 1;
    return;
  }
  for (let j = 0; j < prior.length; j += 1) prior[j] = (prior[j] as number) / total;
}

import type { Incident, Name, Network } from '#modules/outage/domain/index.ts';
import { topmostOpen, type World } from './world.ts';

/** What one answer gets right. Counts are added up over worlds; `rand` is a mean over worlds with several outages. */
export type Score = {
  right: number;
  named: number;
  true: number;
  rands: number[];
  /** Posterior and whether right, of each named device. */
  calibration: (readonly [number, boolean])[];
};

export function emptyScore(): Score {
  return { right: 0, named: 0, true: 0, rands: [], calibration: [] };
}

export type Answer = Pick<Incident, 'device' | 'posterior' | 'reports'>;

/**
 * Devices are right when they are exactly the topmost open ones. Recall is over outages of which something was heard; the Rand index
 * over reports that come from outages, and only where there are several.
 */
export function addScore(
  score: Score,
  network: Network,
  world: World,
  minute: number,
  answer: readonly Answer[],
): void {
  const openOf = new Map<number, Name | undefined>();
  for (const [f, fault] of world.faults.entries())
    openOf.set(f, network.devices[topmostOpen(network, world.faults, fault.device, minute)]);
  const heard = new Map<Name, Name>();
  for (const event of world.events) {
    if (!('id' in event) || event.at > minute * 60) continue;
    const top = openOf.get(world.faultOf.get(String(event.id)) ?? -1);
    if (top !== undefined) heard.set(event.id, top);
  }
  const open = new Set(
    world.faults
      .filter((one) => one.minute <= minute)
      .map((one) => topName(network, world, one.device, minute)),
  );
  score.true += new Set(heard.values()).size;
  for (const { device, posterior } of answer) {
    if (device === null) continue;
    score.named += 1;
    if (open.has(device)) score.right += 1;
    score.calibration.push([posterior, open.has(device)]);
  }
  const pairs = answer.flatMap(({ reports }, i) =>
    reports.flatMap((id) => {
      const top = heard.get(id);
      return top === undefined ? [] : [[top, i] as const];
    }),
  );
  if (new Set(heard.values()).size > 1) score.rands.push(adjustedRand(pairs));
}

function topName(network: Network, world: World, device: number, minute: number): Name | undefined {
  return network.devices[topmostOpen(network, world.faults, device, minute)];
}

export function f1({ right, named, true: there }: Score): number {
  // Recall counts heard outages only; one that is named right though unheard cannot lift it above 1.
  const precision = named === 0 ? 0 : right / named;
  const recall = there === 0 ? 0 : Math.min(right / there, 1);
  return right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

export function meanRand({ rands }: Score): number {
  return rands.reduce((sum, one) => sum + one, 0) / rands.length;
}

/** Of the devices named with at least 80 %, the share that was right. */
export function surelyRight({ calibration }: Score, from = 0.8, to = 1): number {
  const sure = calibration.filter(([posterior]) => posterior >= from && posterior <= to);
  return sure.filter(([, right]) => right).length / sure.length;
}

function adjustedRand(pairs: readonly (readonly [unknown, unknown])[]): number {
  const count = (key: (pair: readonly [unknown, unknown]) => unknown) => {
    const counts = new Map<unknown, number>();
    for (const pair of pairs) counts.set(key(pair), (counts.get(key(pair)) ?? 0) + 1);
    return [...counts.values()].reduce((sum, n) => sum + two(n), 0);
  };
  const both = count(([a, b]) => `${String(a)} ${String(b)}`);
  const [first, second] = [count(([a]) => a), count(([, b]) => b)];
  const expected = (first * second) / Math.max(two(pairs.length), 1);
  const most = (first + second) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}

function two(n: number): number {
  return (n * (n - 1)) / 2;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isRefusal } from '#kernel/result.ts';
import { type Belief, createInference, type Network, readNetwork } from '#modules/outage/domain/index.ts';
import { type GivenNetwork, lvFeeder, STYLES } from './lv-trees.ts';
import { seeded } from './random.ts';
import type { Answer } from './score.ts';
import { type Conduct, makeWorld, SHIFTED, USUAL, type World } from './world.ts';

export type Cell = {
  readonly name: string;
  /** 0: one fault. */
  readonly faultsPerHour: number;
  readonly conduct: Conduct;
};

const withMeters = (conduct: Conduct): Conduct => ({ ...conduct, meters: 0.7 });

export const CELLS: readonly Cell[] = [
  { name: 'single, calls', faultsPerHour: 0, conduct: USUAL },
  { name: 'single, meters', faultsPerHour: 0, conduct: withMeters(USUAL) },
  { name: '6 faults, calls', faultsPerHour: 6, conduct: USUAL },
  { name: '6 faults, meters', faultsPerHour: 6, conduct: withMeters(USUAL) },
  { name: '20 faults, calls', faultsPerHour: 20, conduct: USUAL },
  { name: 'shifted, 6 faults, calls', faultsPerHour: 6, conduct: SHIFTED },
  { name: 'shifted, 6 faults, meters', faultsPerHour: 6, conduct: withMeters(SHIFTED) },
  { name: 'shifted, 20 faults, calls', faultsPerHour: 20, conduct: SHIFTED },
];

/** A fault of the single world begins here (minute) and is judged twenty minutes later. */
const SINGLE_AT = 7;

/** Minute at which a cell is judged. */
export function judgedAt(cell: Cell): number {
  return cell.faultsPerHour === 0 ? SINGLE_AT + 20 : 60;
}

export function worldOf(network: Network, cell: Cell, seed: number): World {
  const random = seeded(seed + 77_777);
  const times =
    cell.faultsPerHour === 0
      ? [SINGLE_AT + random.unit()]
      : Array.from({ length: cell.faultsPerHour }, () => random.between(0, 60));
  return makeWorld(network, cell.conduct, times, judgedAt(cell) + 40, seed);
}

/** A feeder with meters at a random share of its customers. */
export function equip(given: GivenNetwork, share: number, seed: number): Network {
  const random = seeded(seed + 5);
  const customers = given.customers.map((one) => ({ ...one, meter: random.unit() < share }));
  const network = readNetwork({ devices: given.devices, customers });
  if (isRefusal(network)) throw new Error(network.refused);
  return network;
}

export function feeder(name: 'ckt5' | 'ieee8500'): GivenNetwork {
  const file = join(import.meta.dirname, 'topologies', `${name}.json.gz`);
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as GivenNetwork;
}

/** Held-out trees have seeds that no tuning run has seen. */
export function lvTree(seed: number): GivenNetwork {
  const styles = Object.values(STYLES);
  return lvFeeder(styles[seed % styles.length] ?? STYLES.town, seed);
}

export type Method = (network: Network, world: World, cell: Cell, minute: number) => readonly Answer[];

export function bayes(belief?: Belief): Method {
  return (network, world, cell, minute) => {
    const inference = createInference(network, {
      faultsPerFeederHour: cell.faultsPerHour === 0 ? undefined : cell.faultsPerHour,
      ...(belief === undefined ? {} : { belief }),
    });
    for (const event of world.events) if (event.at <= minute * 60) inference.observe(event);
    const incidents = inference.incidents(minute * 60);
    if (isRefusal(incidents)) throw new Error(incidents.refused);
    return incidents;
  };
}

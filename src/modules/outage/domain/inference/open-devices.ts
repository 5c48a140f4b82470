import { type Choice, choose, endOf } from './choose.ts';
import type { Network } from './network.ts';
import { logMessage, logOpenedBefore, logOpening, type Weighed } from './weigh.ts';

/** A device believed open, and which of those below it went before it. */
export type OpenDevice = {
  readonly node: number;
  readonly posterior: number;
  /** Column of the grid at which it most likely opened. */
  readonly column: number;
  /** By column: probability that it was open by then. */
  readonly openBy: (column: number) => number;
  readonly nested: readonly OpenDevice[];
};

/** The topmost devices believed open now, each with its nested ones. */
export function openDevices(
  network: Network,
  weighed: Weighed,
  nameFrom: number,
): { readonly open: readonly OpenDevice[]; readonly lit: Float64Array } {
  const { everOpened, total, columns, nodes } = weighed;
  const opens = (i: number) => Math.exp((everOpened[i] as number) - (total[i] as number));
  const whole = { from: 0, to: nodes.length, inclusive: true };
  const { choices, lit } = choose(weighed, whole, opens, nameFrom);
  return { open: choices.map((one) => describe(network, weighed, one, columns, nameFrom)), lit };
}

function describe(
  network: Network,
  weighed: Weighed,
  { node, posterior }: Choice,
  until: number,
  nameFrom: number,
): OpenDevice {
  const column = likeliestColumn(weighed, node, until);
  const all = logOpenedBefore(weighed, node, until);
  return {
    node,
    posterior,
    column,
    openBy: (j) =>
      all === -Infinity ? 1 : Math.exp(logOpenedBefore(weighed, node, Math.min(j + 1, until)) - all),
    nested: nestedBelow(network, weighed, node, column, nameFrom),
  };
}

/** Column of the grid, before `until`, in whose minutes a device most likely opened; a block of many minutes is no likelier for that. */
export function likeliestColumn(weighed: Weighed, node: number, until: number): number {
  let [best, most] = [0, -Infinity];
  for (let j = 0; j < until; j += 1) {
    const here = logOpening(weighed, node, j) - Math.log(weighed.grid.spans[j] as number);
    if (here > most) [best, most] = [j, here];
  }
  return best;
}

function nestedBelow(
  network: Network,
  weighed: Weighed,
  node: number,
  column: number,
  nameFrom: number,
): readonly OpenDevice[] {
  const to = endOf(weighed, node, network.end);
  if (to === node + 1) return [];
  const range = { from: node, to, inclusive: false };
  const { choices } = choose(weighed, range, openedBefore(weighed, node, column), nameFrom);
  return choices.map((one) => describe(network, weighed, one, column, nameFrom));
}

/** Probability that a device below `node` had opened before, given that `node` opened at `column`. */
export function openedBefore(weighed: Weighed, node: number, column: number): (i: number) => number {
  const { likeliest, columns, nodes } = weighed;
  const shares = likeliest[node * columns + column] as number;
  return (i) => {
    if (nodes[i]?.news?.state === 'open') return 1;
    const whole = logMessage(weighed, i, column, shares);
    return Math.min(Math.exp(logOpenedBefore(weighed, i, column) - whole), 1);
  };
}

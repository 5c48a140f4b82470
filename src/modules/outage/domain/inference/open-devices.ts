import { type Choice, choose, endOf } from './choose.ts';
import type { Network } from './network.ts';
import type { Weighed } from './weigh.ts';

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
  const { opened, total, columns, nodes } = weighed;
  const opens = (i: number) =>
    Math.exp((opened[i * (columns + 1) + columns] as number) - (total[i] as number));
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
  const { opened, columns } = weighed;
  const column = likeliestColumn(weighed, node, until);
  const all = opened[node * (columns + 1) + until] as number;
  return {
    node,
    posterior,
    column,
    openBy: (j) =>
      all === -Infinity
        ? 1
        : Math.exp((opened[node * (columns + 1) + Math.min(j + 1, until)] as number) - all),
    nested: nestedBelow(network, weighed, node, column, nameFrom),
  };
}

/** Minute of the grid, before `until`, at which a device most likely opened. */
export function likeliestColumn({ opening, columns }: Weighed, node: number, until: number): number {
  let best = 0;
  for (let j = 1; j < until; j += 1)
    if ((opening[node * columns + j] as number) > (opening[node * columns + best] as number)) best = j;
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
export function openedBefore(
  { opened, message, scale, likeliest, columns, combinations, nodes }: Weighed,
  node: number,
  column: number,
): (i: number) => number {
  const shares = likeliest[node * columns + column] as number;
  return (i) => {
    if (nodes[i]?.news?.state === 'open') return 1;
    const cell = i * columns + column;
    const whole = Math.log(message[cell * combinations + shares] as number) + (scale[cell] as number);
    return Math.min(Math.exp((opened[i * (columns + 1) + column] as number) - whole), 1);
  };
}

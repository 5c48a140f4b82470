import type { ActiveNode } from './active-tree.ts';
import { endOf } from './choose.ts';
import type { Voice } from './evidence.ts';
import { LONGEST_DELAY, type Likelihood } from './likelihood.ts';
import type { Name, Network } from './network.ts';
import type { OpenDevice } from './open-devices.ts';
import type { Weighed } from './weigh.ts';
import { addVoice, emptyVoiceSums, logLoudness } from './voice.ts';

/** Why a device is believed open: each part in nats, positive for, negative against. The sum is against "nothing is open here". */
export type Explanation = {
  readonly device: Name;
  /** Seconds. */
  readonly since: number;
  readonly parts: {
    /** How seldom such a device fails. */
    readonly rarity: number;
    readonly calls: number;
    readonly lastGasps: number;
    readonly pings: number;
    /** Customers who have not rung though they would be dark. */
    readonly silentCustomers: number;
    readonly silentMeters: number;
  };
  readonly counts: {
    readonly callers: number;
    readonly gaspers: number;
    readonly silentCustomers: number;
    readonly silentMeters: number;
  };
};

type Asked = {
  readonly weighed: Weighed;
  readonly open: OpenDevice;
  readonly now: number;
  readonly strayCall: (minute: number) => number;
};

export function explainOpening(network: Network, likelihood: Likelihood, asked: Asked): Explanation {
  const { weighed, open } = asked;
  const { nodes, grid } = weighed;
  const device = nodes[open.node]?.device ?? 0;
  const parts = { rarity: 0, calls: 0, lastGasps: 0, pings: 0, silentCustomers: 0, silentMeters: 0 };
  const counts = { callers: 0, gaspers: 0, silentCustomers: 0, silentMeters: 0 };
  for (let i = open.node; i < endOf(weighed, open.node, network.end); i += 1) {
    const went = goneWith(network, weighed, open, nodes[i]?.device ?? 0);
    const heard = hear(likelihood, asked, nodes[i] as ActiveNode, went);
    for (const part of ['calls', 'lastGasps', 'pings', 'silentCustomers', 'silentMeters'] as const)
      parts[part] += heard.parts[part];
    for (const count of ['callers', 'gaspers', 'silentCustomers', 'silentMeters'] as const)
      counts[count] += heard.counts[count];
  }
  parts.rarity = (likelihood.logRate[device] as number) + Math.log(grid.spans[open.column] as number);
  return {
    device: network.devices[device] ?? '',
    since: (grid.minutes[open.column] as number) * 60,
    parts,
    counts,
  };
}

/** Whichever of the open devices above took the supply of this one: the innermost nested one. */
function goneWith(network: Network, weighed: Weighed, open: OpenDevice, device: number): OpenDevice {
  const inner = open.nested.find((one) => {
    const d = weighed.nodes[one.node]?.device ?? 0;
    return d <= device && device < (network.end[d] as number);
  });
  return inner === undefined ? open : goneWith(network, weighed, inner, device);
}

function hear(
  likelihood: Likelihood,
  { weighed, now, strayCall }: Asked,
  node: ActiveNode,
  went: OpenDevice,
): Pick<Explanation, 'parts' | 'counts'> {
  const minute = weighed.grid.minutes[went.column] as number;
  const grid = { minutes: Int32Array.of(minute), spans: Int32Array.of(1) };
  const total = (only: (voice: Voice) => Voice) => {
    const sums = emptyVoiceSums(1);
    for (const voice of node.voices)
      addVoice({ voice: only(voice), grid, likelihood, restored: node.restored, strayCall }, sums);
    return {
      loudness: logLoudness(sums, 0),
      callers: sums.callers[0] as number,
      gaspers: sums.gaspers[0] as number,
    };
  };
  const calls = total((voice) => ({
    ...voice,
    pings: [],
    reports: voice.reports.filter((one) => one.kind === 'call'),
  }));
  const gasps = total((voice) => ({
    ...voice,
    pings: [],
    reports: voice.reports.filter((one) => one.kind === 'last_gasp'),
  }));
  const pings = total((voice) => ({ ...voice, reports: [] }));
  const shares = weighed.likeliest[went.node * weighed.columns + went.column] as number;
  const gaspShares = likelihood.logGaspShare.length;
  const [p, q] = [Math.floor(shares / gaspShares), shares % gaspShares];
  const age = Math.min(now - minute, LONGEST_DELAY);
  const known = node.restored !== undefined && minute < node.restored;
  const counts = {
    callers: calls.callers,
    gaspers: gasps.gaspers,
    silentCustomers: known ? 0 : node.customers - calls.callers,
    silentMeters: known ? 0 : Math.max(node.meters - gasps.gaspers, 0),
  };
  return {
    counts,
    parts: {
      rarity: 0,
      calls: calls.loudness + calls.callers * (likelihood.logCallShare[p] as number),
      lastGasps: gasps.loudness + gasps.gaspers * (likelihood.logGaspShare[q] as number),
      pings: pings.loudness,
      silentCustomers:
        counts.silentCustomers * (likelihood.callSilence[p * (LONGEST_DELAY + 1) + age] as number),
      silentMeters: counts.silentMeters * (likelihood.gaspSilence[q * (LONGEST_DELAY + 1) + age] as number),
    },
  };
}

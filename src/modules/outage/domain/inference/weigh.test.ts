import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#kernel/result.ts';
import { activeTree } from './active-tree.ts';
import { BELIEF } from './belief.ts';
import { type FeederEvidence, feederEvidence, newsOf, voiceOf } from './evidence.ts';
import { LONGEST_DELAY, type Likelihood, likelihoodOf } from './likelihood.ts';
import { type MinuteGrid, minuteGrid } from './minute-grid.ts';
import { type Network, readNetwork } from './network.ts';
import { openDevices } from './open-devices.ts';
import { silenceTable } from './silence.ts';
import { emptyScratch, type Weighed, weigh } from './weigh.ts';

// The engine against its own definition: every combination of openings, written out.

const NOW = 104;
const STRAY = 1e-4;

/** B – F – (T1, T2), customers on each, every second one metered. */
function smallNetwork(customersOn: Readonly<Record<string, number>>): Network {
  const customers = Object.entries(customersOn).flatMap(([device, count]) =>
    Array.from({ length: count }, (_, i) => ({ id: `${device}-${i}`, device, meter: i % 2 === 0 })),
  );
  const network = readNetwork({
    devices: [
      { id: 'B', parent: null, kind: 'breaker' },
      { id: 'F', parent: 'B', kind: 'fuse' },
      { id: 'T1', parent: 'F', kind: 'transformer' },
      { id: 'T2', parent: 'F', kind: 'transformer' },
    ],
    customers,
  });
  assert.ok(!isRefusal(network));
  return network;
}

type Told = readonly (readonly [
  customer: string,
  kind: 'call' | 'last_gasp' | 'on' | 'off',
  minute: number,
])[];

function evidenceOf(network: Network, told: Told): FeederEvidence {
  const evidence = feederEvidence(0);
  for (const [place, [name, kind, minute]] of told.entries()) {
    const voice = voiceOf(evidence, network.customerNamed.get(name) ?? -1);
    if (kind === 'on' || kind === 'off') voice.pings.push({ minute, answer: kind });
    else voice.reports.push({ id: place, at: minute * 60, minute, kind, place });
  }
  return evidence;
}

function weighAll(network: Network, evidence: FeederEvidence): { weighed: Weighed; likelihood: Likelihood } {
  const likelihood = likelihoodOf(network, BELIEF, 6);
  const nodes = activeTree(network, evidence);
  assert.equal(nodes.length, network.devices.length, 'the definition lets every device open');
  const grid = minuteGrid(100, NOW, () => 0);
  const silence = silenceTable(likelihood);
  const weighed = weigh(
    { network, likelihood, silence, nodes, grid, now: NOW, strayCall: () => STRAY },
    emptyScratch(),
  );
  return { weighed, likelihood };
}

/** The sum over all openings, and the part of it in which each device is the topmost open one. */
function byHand(network: Network, evidence: FeederEvidence, likelihood: Likelihood, grid: MinuteGrid) {
  const devices = network.devices.length;
  const columns = grid.minutes.length;
  const topmost = new Float64Array(devices);
  let total = 0;
  const openings = Array.from({ length: devices }, () => columns);
  const visit = (d: number, prior: number) => {
    if (d === devices) {
      const here = prior * evidenceGiven(network, evidence, likelihood, grid, openings);
      total += here;
      for (let t = 0; t < devices; t += 1) if (isTopmost(network, openings, t, columns)) topmost[t]! += here;
      return;
    }
    const rate = Math.exp(likelihood.logRate[d]!);
    const state = evidence.news.get(d)?.state;
    let never = 1;
    for (let j = 0; j < (state === 'closed' ? 0 : columns); j += 1) {
      openings[d] = j;
      never -= rate * grid.spans[j]!;
      visit(d + 1, prior * rate * grid.spans[j]!);
    }
    openings[d] = columns;
    visit(d + 1, prior * never);
  };
  visit(0, 1);
  return { total: Math.log(total), topmost: topmost.map((part) => part / total) };
}

function isTopmost(network: Network, openings: readonly number[], device: number, columns: number): boolean {
  if (openings[device] === columns) return false;
  for (let d = network.parent[device]!; d >= 0; d = network.parent[d]!)
    if (openings[d] !== columns) return false;
  return true;
}

/** Customers whose supply the same device took ring with the same unknown shares. */
function evidenceGiven(
  network: Network,
  evidence: FeederEvidence,
  likelihood: Likelihood,
  grid: MinuteGrid,
  openings: readonly number[],
): number {
  const { belief } = likelihood;
  let product = 1;
  for (let event = 0; event < openings.length; event += 1) {
    const column = openings[event]!;
    if (column === grid.minutes.length) continue;
    const { few } = belief.gaspWeights;
    let mean = 0;
    for (const [p] of belief.callShares.entries())
      for (const [q] of belief.gaspShares.entries()) {
        let likely = few[q]! / belief.callShares.length;
        for (let x = 0; x < network.customers.length; x += 1)
          if (takenBy(network, openings, network.customerDevice[x]!) === event)
            likely *= customerGiven(network, evidence, likelihood, x, grid.minutes[column]!, p, q);
        mean += likely;
      }
    product *= mean;
  }
  return product;
}

/** The device that took the supply of what hangs on `device`: the first to open, of two in one minute the upper one. */
function takenBy(network: Network, openings: readonly number[], device: number): number {
  let by = -1;
  for (let d = device; d >= 0; d = network.parent[d]!) if (by < 0 || openings[d]! <= openings[by]!) by = d;
  return by;
}

function customerGiven(
  network: Network,
  evidence: FeederEvidence,
  likelihood: Likelihood,
  customer: number,
  dark: number,
  p: number,
  q: number,
): number {
  const voice = evidence.voices.get(customer);
  const call = voice?.reports.find(({ kind, minute }) => kind === 'call' && minute >= dark);
  const gasp = voice?.reports.find(({ kind, minute }) => kind === 'last_gasp' && minute >= dark);
  const silent = (table: Float64Array, share: number) => table[share * (LONGEST_DELAY + 1) + NOW - dark]!;
  let log = 0;
  if (call === undefined) log += silent(likelihood.callSilence, p);
  else log += likelihood.logCallShare[p]! + Math.log(likelihood.callDelay[call.minute - dark]! / STRAY);
  if (gasp !== undefined)
    log +=
      likelihood.logGaspShare[q]! +
      Math.log(likelihood.gaspDelay[gasp.minute - dark]! / likelihood.strayGasp);
  else if (network.metered[customer] === 1) log += silent(likelihood.gaspSilence, q);
  const { ping } = likelihood.belief;
  for (const { answer, minute } of voice?.pings ?? [])
    if (minute >= dark)
      log += Math.log(
        answer === 'on' ? ping.onWhenDark / ping.onWhenLit : ping.offWhenDark / ping.offWhenLit,
      );
  return Math.exp(log);
}

const STORIES: Readonly<Record<string, Told>> = {
  'a call on each': [
    ['B-1', 'call', 100],
    ['F-1', 'call', 101],
    ['T1-1', 'call', 102],
    ['T2-1', 'call', 104],
  ],
  'a nested outage': [
    ['T1-0', 'last_gasp', 100],
    ['T1-2', 'last_gasp', 101],
    ['T1-1', 'call', 101],
    ['B-0', 'last_gasp', 103],
    ['F-0', 'last_gasp', 103],
    ['F-1', 'call', 104],
    ['T2-0', 'last_gasp', 103],
    ['T2-2', 'last_gasp', 104],
  ],
  'answers to pings': [
    ['B-0', 'on', 103],
    ['F-0', 'off', 103],
    ['T1-0', 'last_gasp', 102],
    ['T2-0', 'on', 101],
    ['T2-2', 'last_gasp', 103],
  ],
};

for (const [story, told] of Object.entries(STORIES))
  test(`${story}: the sum and each posterior are those of all combinations of openings`, () => {
    const network = smallNetwork({ B: 3, F: 2, T1: 4, T2: 3 });
    const evidence = evidenceOf(network, told);
    for (const state of [undefined, 'closed'] as const) {
      const news = newsOf(evidence, 1);
      news.state = state;
      const { weighed, likelihood } = weighAll(network, evidence);
      const expected = byHand(network, evidence, likelihood, weighed.grid);
      assert.ok(Math.abs(weighed.total[0]! - expected.total) < 1e-9, `${weighed.total[0]} ${expected.total}`);
      const { lit } = openDevices(network, weighed, 0);
      for (let d = 0; d < 4; d += 1) {
        const above = d === 0 ? 1 : lit[network.parent[d]!]!;
        assert.ok(Math.abs(above - lit[d]! - expected.topmost[d]!) < 1e-9, `device ${d}`);
      }
      if (state === 'closed') assert.equal(expected.topmost[1], 0);
    }
  });

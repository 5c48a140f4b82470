import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { bestBySet, costByHand } from '../testing/dispatch-by-hand.ts';
import { crew, facts, fault, NOW, place, policy, randomFacts } from '../testing/dispatch-builders.ts';
import { expectedEnd } from './expected-end.ts';
import type { Crew, DispatchFacts } from './dispatch-facts.ts';
import { type DispatchProposal, planDispatch } from './plan-dispatch.ts';
import { seededRandom } from './random.ts';

const storm = { ...policy, storm: true };

/** Each crew's faults by number. */
function ordersOf(
  { crews, faults }: DispatchFacts,
  { plan }: DispatchProposal,
): readonly (readonly number[])[] {
  return crews.map(({ id }) =>
    (plan.get(id) ?? []).map((one) => faults.findIndex((other) => other.id === one)),
  );
}

test('every plan can be done: each fault once, with skills, materials and hours, and its cost is the cost told by hand', () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const random = seededRandom(seed);
    const made = randomFacts(random, {
      crews: 1 + Math.floor(random() * 8),
      faults: Math.floor(random() * 20),
    });
    const given = seed % 2 === 0 ? made : { ...made, crews: inPairs(made.crews) };
    const found = planDispatch(given, { ...policy, rounds: 60 }, seed);
    const orders = ordersOf(given, found);
    const done = [
      ...orders.flat(),
      ...found.unplanned.map(({ fault: id }) => given.faults.findIndex((one) => one.id === id)),
    ];
    assert.deepEqual(
      done.toSorted((a, b) => a - b),
      given.faults.map((_, i) => i),
    );
    const costs = orders.map((order, i) => costByHand(given, policy, i, order));
    assert.ok(!costs.includes(undefined), `seed ${seed}`);
    assert.deepEqual(overdrawn(given, orders), [], `seed ${seed}: a point gives no more than it holds`);
    assert.ok(
      Math.abs(costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0) - found.cost) < 1e-6,
      `seed ${seed}`,
    );
    for (const { crew: id } of found.send)
      assert.ok(given.crews.some((one) => one.id === id && one.freeAt <= NOW));
    assert.equal(new Set(found.send.map((one) => one.crew)).size, found.send.length);
  }
});

/** Two crews at each point, with one stock. */
function inPairs(crews: readonly Crew[]): readonly Crew[] {
  return crews.map((one, i) => {
    const { grid = one.grid, materials = one.materials } = crews[i - (i % 2)] ?? {};
    return { ...one, grid, materials };
  });
}

function overdrawn(
  { crews, faults }: DispatchFacts,
  orders: readonly (readonly number[])[],
): readonly string[] {
  return [...Map.groupBy(crews.keys(), (i) => crews[i]?.grid ?? '')].flatMap(([grid, own]) => {
    const jobs = own.flatMap((i) => orders[i] ?? []);
    const used = (good: string) => jobs.reduce((sum, job) => sum + (faults[job]?.materials[good] ?? 0), 0);
    const stock = crews[own[0] ?? -1]?.materials ?? {};
    return ['fuse', 'joint']
      .filter((good) => used(good) > (stock[good] ?? 0))
      .map((good) => `${grid} ${good}`);
  });
}

test('two crews at one point share its stock: the second job goes to whoever still has the material, or to nobody', () => {
  const crews = [
    crew('a1', { grid: 'a', materials: { fuse: 1 } }),
    crew('a2', { grid: 'a', materials: { fuse: 1 } }),
    crew('far', { at: place(15, 0), materials: { fuse: 1 } }),
  ];
  const faults = ['f', 'g'].map((id) => fault(id, { grid: 'a', at: place(1, 0), materials: { fuse: 1 } }));
  const { send, unplanned } = planDispatch(facts(crews, faults), storm, 1);
  assert.deepEqual(unplanned, []);
  assert.equal(send.length, 2);
  assert.ok(send.some((one) => one.crew === 'far'));
  const alone = planDispatch(facts(crews.slice(0, 2), faults), storm, 1);
  assert.equal(alone.send.length, 1);
  assert.deepEqual(
    alone.unplanned.map(({ why }) => why),
    ['materials-or-duty'],
  );
});

test('small cases are solved as well as by trying everything', () => {
  let unplanned = 0;
  for (let seed = 1; seed <= 25; seed += 1) {
    const given = randomFacts(seededRandom(500 + seed), { crews: 3, faults: 5 });
    const found = planDispatch(given, policy, seed);
    const [weight, cost] = bestOfAll(given);
    const left = given.faults.filter(({ id }) => found.unplanned.some((one) => one.fault === id));
    const undone = left.reduce((sum, one) => sum + weightByHand(one), 0);
    assert.deepEqual(
      [undone, Math.round(found.cost * 1e6)],
      [weight, Math.round(cost * 1e6)],
      `seed ${seed}`,
    );
    unplanned += left.length;
  }
  assert.ok(unplanned > 0);
});

test('the same facts and seed give the same proposal', () => {
  const given = randomFacts(seededRandom(3), { crews: 10, faults: 40 });
  assert.deepEqual(planDispatch(given, policy, 5), planDispatch(given, policy, 5));
});

test('in peace the own grid comes first; another crew is proposed for a click when the own one would be late', () => {
  const near = crew('near', { at: place(1, 0) });
  const own = crew('own', { at: place(-6, 0), grid: 'g' });
  const one = fault('f', { grid: 'g', at: place(2, 0) });
  const [sent] = planDispatch(facts([near, own], [one]), policy, 1).send;
  assert.deepEqual([sent?.crew, sent?.needsClick], ['own', false]);
  assert.ok(sent?.reasons.some(({ why }) => why === 'own-grid'));

  const busy = { ...own, freeAt: NOW + 2 * HOUR };
  const [crossing] = planDispatch(facts([near, busy], [one]), policy, 1).send;
  assert.deepEqual([crossing?.crew, crossing?.needsClick], ['near', true]);

  const [free] = planDispatch(facts([near, own], [one]), storm, 1).send;
  assert.deepEqual([free?.crew, free?.needsClick], ['near', false]);
});

test('important users and medical devices go first; the others are arranged behind them, two at most', () => {
  const faults = [
    fault('plain', { at: place(3, 0) }),
    fault('later', { at: place(3, 1) }),
    fault('last', { at: place(4, 1) }),
    fault('hospital', { at: place(20, 0), important: true, reportedAt: NOW - 30 * MINUTE }),
  ];
  const found = planDispatch(facts([crew('one')], faults), storm, 1);
  assert.deepEqual(
    found.send.map((one) => one.fault),
    ['hospital'],
  );
  assert.ok(found.send[0]?.reasons.some(({ why }) => why === 'important'));
  assert.equal(found.arranged.length, 2);
  assert.equal(found.plan.get('one')?.length, 4);
});

test('a danger goes before everything, also one that is late already', () => {
  const crews = [crew('only', { at: place(0, 0), skills: ['lv'] })];
  const danger = fault('wire', {
    hazard: true,
    important: true,
    at: place(20, 0),
    reportedAt: NOW - 3 * HOUR,
    customers: 1,
  });
  const others = ['a', 'b', 'c'].map((id) => fault(id, { at: place(2, 0), important: true, customers: 300 }));
  for (const one of [policy, storm]) {
    const [sent] = planDispatch(facts(crews, [...others, danger]), one, 1).send;
    assert.equal(sent?.fault, 'wire');
    assert.equal(sent.reasons[0]?.why, 'hazard');
  }
  const harmless = planDispatch(facts(crews, [...others, { ...danger, hazard: false }]), storm, 1).send[0];
  assert.notEqual(harmless?.fault, 'wire', 'without it the others are worth more');
});

test('a crew at work is not recalled: its next jobs are arranged only', () => {
  const busy = crew('busy', { freeAt: NOW + 20 * MINUTE });
  const found = planDispatch(facts([busy], [fault('f')]), storm, 1);
  assert.deepEqual(found.send, []);
  const way = 6 + (Math.hypot(5, 5) * 1.3 * 60) / 40;
  const arrival = (found.arranged[0]!.arrivesAt - NOW) / MINUTE;
  assert.ok(Math.abs(arrival - 20 - way) < 0.1, `${arrival}`);
});

test('a job past its usual time is not nearly done', () => {
  const ends = [0, 20, 40, 70, 100].map((now) => expectedEnd(10 * MINUTE, 60, now * MINUTE) / MINUTE);
  assert.deepEqual(ends, [70, 70, 70, 85, 115]);
});

test('skilled crews are kept for what only they can do', () => {
  const both = [crew('plain', { at: place(2, 0) }), crew('skilled', { at: place(1, 0), skills: ['mv'] })];
  const found = planDispatch(facts(both, [fault('lv')]), storm, 1);
  assert.deepEqual(
    found.send.map((one) => one.crew),
    ['plain'],
  );
});

test('who has a scarce skill is not sent across the county for it; with hands enough he goes', () => {
  const near = crew('near', { at: place(3, 0), skills: ['mv'], freeAt: NOW + 60 * MINUTE });
  const far = crew('far', { at: place(-20, 0), skills: ['mv'] });
  const one = fault('mv', { skills: ['mv'], at: place(4, 0), customers: 200 });
  const dear = { ...storm, weights: { ...storm.weights, scarceMinute: 10, travelMinute: 0.1 } };
  const cheap = { ...dear, weights: { ...dear.weights, scarceMinute: 0 } };
  const sent = (weights: typeof dear, skilled: readonly (typeof far)[]) =>
    planDispatch(facts(skilled, [one]), weights, 1).send.map(({ crew: id }) => id);
  const busy = [near, far].concat({ ...near, id: 'gone', at: place(40, 0), freeAt: NOW + 2 * HOUR });
  assert.deepEqual([sent(dear, busy), sent(cheap, busy)], [[], ['far']]);
  const idle = ['a', 'b', 'c', 'd'].map((id) => ({ ...far, id, at: place(-60, 0) }));
  assert.deepEqual(sent(dear, [...busy, ...idle]), ['far']);
});

test('two alternatives with what they would cost more: as much as planning it that way', () => {
  const given = facts(
    [
      crew('a', { at: place(4, 4) }),
      crew('b', { at: place(-4, 0) }),
      crew('c', { at: place(-12, 0) }),
      crew('d', { at: place(-30, 0) }),
    ],
    [fault('f')],
  );
  const [sent] = planDispatch(given, storm, 1).send;
  assert.equal(sent?.crew, 'a');
  assert.deepEqual(
    sent.alternatives.map((one) => one.crew),
    ['b', 'c'],
  );
  const [own, other] = [costByHand(given, storm, 0, [0]) ?? 0, costByHand(given, storm, 1, [0]) ?? 0];
  assert.ok(Math.abs((sent.alternatives[0]?.moreCost ?? 0) - (other - own)) < 1e-9);
  assert.ok(sent.reasons.some(({ why }) => why === 'first-there'));
});

test('whom nobody can help is said with the reason', () => {
  const tired = crew('tired', { skills: ['mv'], onDutySince: NOW - 11.5 * HOUR });
  const faults = [
    fault('cable', { skills: ['cable'] }),
    fault('long', { skills: ['mv'], repairMinutes: 60 }),
  ];
  const found = planDispatch(facts([tired], faults), storm, 1);
  assert.deepEqual(found.unplanned, [
    { fault: 'cable', why: 'skills' },
    { fault: 'long', why: 'materials-or-duty' },
  ]);
});

test('the last plan is where the next one begins, and gone faults and crews do not disturb it', () => {
  const given = randomFacts(seededRandom(9), { crews: 6, faults: 15 });
  const first = planDispatch(given, policy, 1);
  const again = planDispatch({ ...given, lastPlan: first.plan }, { ...policy, rounds: 1 }, 2);
  assert.ok(again.cost <= first.cost + 1e-9);
  const fewer = facts(given.crews.slice(1), given.faults.slice(3));
  const next = planDispatch({ ...fewer, lastPlan: first.plan }, policy, 2);
  assert.ok([...next.plan.values()].flat().every((id) => fewer.faults.some((one) => one.id === id)));
});

function weightByHand({ important, medical, customers }: DispatchFacts['faults'][number]): number {
  return (important || medical > 0 ? 8 : 1) * (customers > 200 ? 2 : 1);
}

/** The least weight left undone, and the least cost of that: every set of faults for every crew. */
function bestOfAll(given: DispatchFacts): readonly [number, number] {
  const all = (1 << given.faults.length) - 1;
  let reached: (number | undefined)[] = [0];
  for (const best of bestBySet(given, policy)) {
    const more: (number | undefined)[] = [];
    for (let set = 0; set <= all; set += 1)
      for (let own = set; ; own = (own - 1) & set) {
        const [before, cost] = [reached[set & ~own], own === 0 ? 0 : best[own]];
        if (before !== undefined && cost !== undefined)
          more[set] = Math.min(more[set] ?? Infinity, before + cost);
        if (own === 0) break;
      }
    reached = more;
  }
  const total = given.faults.reduce((sum, one) => sum + weightByHand(one), 0);
  const candidates = reached.flatMap((cost, set) => {
    const done = given.faults.reduce(
      (sum, one, i) => sum + ((set & (1 << i)) === 0 ? 0 : weightByHand(one)),
      0,
    );
    return cost === undefined ? [] : [[total - done, cost] as const];
  });
  return candidates.reduce((a, b) => (b[0] < a[0] || (b[0] === a[0] && b[1] < a[1]) ? b : a));
}

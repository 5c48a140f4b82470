import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDraft, type DraftDevice, topologyOf } from '#modules/network/domain/index.ts';
import { demoCompany } from './demo-company.ts';
import { cutSkeleton, readSkeletons } from './feeder-skeleton.ts';
import { demoHouseholds } from './households.ts';
import { type DemoDevice, demoNetwork } from './network.ts';
import { seeded } from './seeded.ts';

const NOW = 1_790_000_000_000;

function gridOf(count: number, seed = 1) {
  const company = demoCompany(seed);
  const network = demoNetwork(company);
  const households = [
    ...demoHouseholds({ seed, count, places: company.places, units: company.units, now: NOW }),
  ];
  for (const household of households) network.add(household);
  return { households, ...network.build() };
}

function draft(device: DemoDevice): DraftDevice {
  const { parentId, tieId, ...rest } = device;
  return { ...rest, parent: parentId, tieTo: tieId, normallyOpen: tieId !== null, placed: false };
}

test('every household of the demonstration is in the grid, and the grid has no fault', () => {
  const { households, devices, supplies, secondMeters } = gridOf(6000);
  assert.equal(new Set(devices.map(({ code }) => code)).size, devices.length);
  assert.equal(new Set(supplies.map(({ meterId }) => meterId)).size, supplies.length);
  assert.equal(supplies.length, households.length + secondMeters.length);
  const drafts = devices.map(draft);
  const hung = supplies.map(({ meterId, deviceId }) => ({ meter: meterId, device: deviceId }));
  assert.deepEqual(checkDraft({ devices: drafts, supplies: hung, faults: [] }), []);

  const normal = topologyOf(drafts, new Set(drafts.filter((d) => d.normallyOpen).map(({ id }) => id)));
  assert.deepEqual([normal.dark(), normal.ringClosers()], [[], []]);
  const transformerOf = new Map(devices.map(({ id, code }) => [id, code]));
  const own = new Map(supplies.map((supply) => [supply.meterId, transformerOf.get(supply.transformerId)]));
  assert.ok(households.every(({ meter, transformer }) => own.get(meter.id) === transformer.code));
});

test('what a device knows of its feeder and transformer is what is above it', () => {
  const { devices } = gridOf(2000);
  const byId = new Map(devices.map((device) => [device.id, device]));
  const above = (device: DemoDevice): DemoDevice[] => {
    const parent = byId.get(device.parentId ?? '');
    return parent === undefined ? [] : [parent, ...above(parent)];
  };
  for (const device of devices) {
    const chain = [device, ...above(device)];
    const transformer = chain.slice(1).find(({ kind }) => kind === 'transformer');
    assert.equal(device.transformerId, transformer?.id ?? null);
    if (transformer === undefined && device.kind !== 'substation')
      assert.equal(device.feederId, chain.at(-2)?.id);
  }
});

test('important users have a second supply from another feeder', () => {
  const { devices, supplies, secondMeters } = gridOf(6000);
  const feederOf = new Map(devices.map(({ id, feederId }) => [id, feederId]));
  assert.ok(secondMeters.length >= 5);
  for (const { householdId } of secondMeters) {
    const own = supplies.filter((supply) => supply.householdId === householdId);
    assert.equal(new Set(own.map(({ transformerId }) => feederOf.get(transformerId))).size, 2);
  }
});

test('neighbouring feeders can take over from each other', () => {
  const { devices } = gridOf(2000);
  const ties = devices.filter(({ tieId }) => tieId !== null);
  assert.ok(ties.length > 5);
  const drafts = devices.map(draft);
  const [first] = ties;
  assert.ok(first !== undefined && first.feederId !== null);
  const open = new Set(ties.map(({ id }) => id));
  open.delete(first.id);
  open.add(first.feederId);
  const dark = topologyOf(drafts, open).dark();
  assert.ok(!dark.includes(first.parentId ?? ''));
});

test('a part of a real feeder has as many transformers as asked, and its devices branch', () => {
  const skeletons = readSkeletons();
  for (const count of [1, 2, 14, 120, 585, 1000]) {
    const nodes = cutSkeleton(skeletons, count, seeded(count, 'cut'));
    assert.equal(nodes.filter(({ kind }) => kind === 'transformer').length, count);
    assert.deepEqual([nodes[0]?.kind, nodes[0]?.parent], ['breaker', -1]);
    for (const [i, { kind, parent }] of nodes.entries()) {
      assert.ok(parent < i);
      if (kind === 'section') assert.ok(nodes.filter((node) => node.parent === i).length > 1);
    }
  }
  assert.throws(() => cutSkeleton(skeletons, 2000, seeded(1, 'cut')), /nothing to pick/);
});

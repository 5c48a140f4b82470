import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import type { NetworkDevice } from './device.ts';
import { decideSwitching } from './switching.ts';

const NOW = 1_800_000_000_000;
const device = (
  id: string,
  kind: NetworkDevice['kind'],
  parent: string | null,
  tieTo: string | null = null,
) => ({
  id,
  kind,
  parent,
  tieTo,
  normallyOpen: tieTo !== null,
  km: 0,
});
const DEVICES = [
  device('S', 'substation', null),
  device('A', 'breaker', 'S'),
  device('line', 'section', 'A'),
  device('T', 'transformer', 'line'),
  device('B', 'breaker', 'S'),
  device('tie', 'switch', 'line', 'B'),
];

function decide(
  id: string,
  open: boolean,
  more: {
    lastAt?: number;
    at?: number;
    acceptRing?: boolean;
    isOpen?: readonly string[];
    earthed?: readonly string[];
  } = {},
) {
  const standing = new Set(['tie', ...(more.isOpen ?? [])]);
  const facts = {
    device: DEVICES.find((one) => one.id === id)!,
    isOpen: standing.has(id),
    lastAt: more.lastAt ?? null,
    devices: DEVICES,
    open: standing,
    earthed: new Set(more.earthed),
  };
  const { at = NOW, acceptRing = false } = more;
  const decision = decideSwitching(facts, { open, at, acceptRing }, NOW);
  return isRefusal(decision)
    ? decision.refused
    : [decision.darkBefore, decision.darkAfter, decision.closesRing];
}

test('what opening takes, and what closing a tie makes', () => {
  assert.deepEqual(decide('A', true), [[], ['A', 'line', 'T'], false]);
  assert.deepEqual(decide('T', true), [[], ['T'], false]);
  assert.equal(decide('tie', false), 'network.would-ring');
  assert.deepEqual(decide('tie', false, { acceptRing: true }), [[], [], true]);
});

test('refusals: not switchable, so already, not at that time', () => {
  assert.equal(decide('line', true), 'network.not-switchable');
  assert.equal(decide('S', true), 'network.not-switchable');
  assert.equal(decide('A', false), 'network.stale');
  assert.equal(decide('A', true, { at: NOW + 1 }), 'network.bad-moment');
  assert.equal(decide('A', true, { at: NOW - 12 * HOUR - 1 }), 'network.bad-moment');
  assert.equal(decide('A', true, { lastAt: NOW - HOUR, at: NOW - HOUR }), 'network.bad-moment');
  assert.ok(Array.isArray(decide('A', true, { at: NOW - 12 * HOUR })));
});

test('nothing is closed onto laid earths, from whichever side; what stays dark or was lit before may be switched', () => {
  const tripped = { isOpen: ['A'], earthed: ['T'] };
  assert.equal(decide('A', false, tripped), 'network.earthed');
  assert.equal(decide('tie', false, tripped), 'network.earthed', 'the transfer comes from the other side');
  assert.equal(
    decide('tie', false, { ...tripped, acceptRing: true }),
    'network.earthed',
    'no yes of a dispatcher outweighs it',
  );
  assert.ok(
    Array.isArray(decide('A', false, { isOpen: ['A', 'T'], earthed: ['T'] })),
    'T stays open, and dark',
  );
  assert.ok(Array.isArray(decide('B', true, tripped)), 'opening gives nothing supply');
});

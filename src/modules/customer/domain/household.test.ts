import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY } from '#kernel/instant.ts';
import { decideFlag } from './flag.ts';
import { isFictionalPhone, KEY_ACCOUNT_POLICY, keyAccountReasons, tariffOf } from './household.ts';
import { rankHits } from './rank-hits.ts';

test('a key account is one by capacity, energy, voltage or government project', () => {
  const small = { capacityKva: 8, yearlyKwh: null, voltage: '220V', governmentProject: false } as const;
  const cases = [
    [small, []],
    [{ ...small, capacityKva: 1000 }, ['capacity']],
    [{ ...small, capacityKva: 999.9 }, []],
    [{ ...small, yearlyKwh: 3_000_000 }, ['energy']],
    [{ ...small, voltage: '35kV' }, ['voltage']],
    [{ ...small, governmentProject: true }, ['government-project']],
  ] as const;
  for (const [facts, reasons] of cases)
    assert.deepEqual(keyAccountReasons(facts, KEY_ACCOUNT_POLICY), reasons);
});

test('commerce pays two parts from 315 kVA on', () => {
  assert.equal(tariffOf('industrial', 315), 'commercial-two-part');
  assert.equal(tariffOf('industrial', 314), 'commercial-single');
  assert.equal(tariffOf('agricultural', 400), 'agricultural');
});

test('a flag needs a future expiry, an open household, consent for health and need, and no twin', () => {
  const flag = { kind: 'life-support', evidence: 'document', expiresAt: DAY, consent: true } as const;
  const facts = { openKinds: [], householdClosed: false } as const;
  const cases = [
    [flag, facts, { accepted: true }],
    [
      { ...flag, consent: false },
      facts,
      { refused: 'customer.flag-needs-consent', detail: { kind: 'life-support' } },
    ],
    [{ ...flag, kind: 'school', consent: false }, facts, { accepted: true }],
    [{ ...flag, expiresAt: 10 }, facts, { refused: 'customer.flag-expiry-past' }],
    [flag, { ...facts, householdClosed: true }, { refused: 'customer.household-closed' }],
    [
      flag,
      { ...facts, openKinds: ['life-support'] },
      { refused: 'customer.flag-already-set', detail: { kind: 'life-support' } },
    ],
  ] as const;
  for (const [proposal, about, decision] of cases)
    assert.deepEqual(decideFlag(proposal, about, 10), decision);
});

test('only unallocated segments are fictional', () => {
  assert.equal(isFictionalPhone('15400001234'), true);
  assert.equal(isFictionalPhone('16400001234'), true);
  assert.equal(isFictionalPhone('13800001234'), false);
  assert.equal(isFictionalPhone('1540000123'), false);
});

test('sure matches come first, then short names', () => {
  const ranked = rankHits([
    hit('address', '王伟'),
    hit('name', '王伟明'),
    hit('name', '王伟'),
    hit('account', '赵'),
  ]);
  assert.deepEqual(
    ranked.map((h) => h.match + h.name),
    ['account赵', 'name王伟', 'name王伟明', 'address王伟'],
  );
});

function hit(match: 'account' | 'address' | 'name', name: string) {
  return { match, name, address: 'a' };
}

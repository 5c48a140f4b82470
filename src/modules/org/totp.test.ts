import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeAt, newSecret, otpauthOf, stepOfCode } from './totp.ts';

/** "12345678901234567890" of RFC 6238 appendix B in base 32; its codes there have eight digits, an app shows the last six. */
const RFC = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test('the codes of RFC 6238, appendix B', () => {
  const codes = [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ] as const;
  for (const [seconds, code] of codes) assert.equal(codeAt(RFC, Math.floor(seconds / 30)), code.slice(2));
});

test('the step before and after count too, no other, and each code once', () => {
  const now = 1_234_567_890_000;
  const here = Math.floor(now / 30_000);
  for (const off of [-1, 0, 1])
    assert.equal(stepOfCode(RFC, codeAt(RFC, here + off), { now, lastStep: 0 }), here + off);
  for (const off of [-2, 2])
    assert.equal(stepOfCode(RFC, codeAt(RFC, here + off), { now, lastStep: 0 }), undefined);
  assert.equal(stepOfCode(RFC, codeAt(RFC, here), { now, lastStep: here }), undefined);
});

test('a secret is 160 bits in the letters of an app, and another each time', () => {
  assert.match(newSecret(), /^[A-Z2-7]{32}$/);
  assert.notEqual(newSecret(), newSecret());
  const link = otpauthOf(RFC, { company: '文登供电', login: 'auditor' });
  assert.equal(new URL(link).searchParams.get('secret'), RFC);
});

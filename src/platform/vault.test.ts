import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { StartRefusal } from './start-refusal.ts';
import { KEY_FILE, parseKey, vaultFor, vaultOf } from './vault.ts';

const folder = mkdtempSync(join(tmpdir(), 'dafuwu-vault-'));
after(() => rmSync(folder, { recursive: true }));
const ours = vaultOf(randomBytes(32));

test('what is sealed opens in its place alone, with this key alone, unaltered alone', () => {
  const sealed = ours.seal('密钥 GEZDGNBV', 'row 1');
  assert.equal(ours.open(sealed, 'row 1'), '密钥 GEZDGNBV');
  assert.ok(!sealed.includes('GEZDGNBV'));
  assert.notEqual(ours.seal('密钥 GEZDGNBV', 'row 1'), sealed, 'another nonce each time');
  assert.throws(() => ours.open(sealed, 'row 2'));
  const altered = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  assert.throws(() => ours.open(altered, 'row 1'));
  const other = vaultOf(randomBytes(32));
  assert.throws(() => other.open(sealed, 'row 1'), /sealed with key/);
  assert.deepEqual(
    [ours.isOurs(sealed), other.isOurs(sealed), ours.isOurs('GEZDGNBVGY3TQOJQ')],
    [true, false, undefined],
  );
});

test('the first start makes a key that its owner alone reads; the next ones find it; a variable goes before it', () => {
  const sealed = vaultFor({ key: null, dataFolder: folder }).seal('x', 'p');
  const file = join(folder, KEY_FILE);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(vaultFor({ key: null, dataFolder: folder }).open(sealed, 'p'), 'x');
  const key = parseKey(readFileSync(file, 'utf8'));
  assert.ok(key);
  assert.equal(vaultFor({ key, dataFolder: '/nowhere' }).open(sealed, 'p'), 'x');
  assert.equal(vaultFor({ key: randomBytes(32), dataFolder: folder }).isOurs(sealed), false);
});

test('a damaged key ends the start in one sentence', () => {
  assert.equal(parseKey('too short'), undefined);
  writeFileSync(join(folder, KEY_FILE), 'half a ke');
  assert.throws(() => vaultFor({ key: null, dataFolder: folder }), StartRefusal);
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { interfaceText } from './openapi.ts';
import { unconnectedApp } from './testing/unconnected-app.ts';

const app = await unconnectedApp();
after(() => app.close());

test('openapi.json is what the routes give (npm run openapi writes it)', () => {
  assert.equal(
    readFileSync(join(import.meta.dirname, '..', '..', 'openapi.json'), 'utf8'),
    interfaceText(app),
  );
});

test('the interface is not handed out to strangers', async () => {
  for (const url of ['/openapi.json', '/documentation', '/documentation/json'])
    assert.equal((await app.inject({ url })).statusCode, 404, url);
});

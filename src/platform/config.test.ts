import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from './config.ts';
import { StartRefusal } from './start-refusal.ts';

const routing = (text?: string) =>
  readConfig(text === undefined ? {} : { DAFUWU_ROUTING: text }, '/').routing;

test('a routing server is named with its kind and address, or the start ends with the form it should have', () => {
  assert.equal(routing(), null);
  assert.deepEqual(routing('osrm:http://127.0.0.1:5000'), { kind: 'osrm', url: 'http://127.0.0.1:5000' });
  assert.deepEqual(routing('valhalla:https://roads.local/county'), {
    kind: 'valhalla',
    url: 'https://roads.local/county',
  });
  for (const wrong of [
    '',
    'http://127.0.0.1:5000',
    'google:http://x',
    'osrm:127.0.0.1',
    'osrm:http://x/',
    'osrm:http://x?y=1',
  ])
    assert.throws(() => routing(wrong), StartRefusal, wrong);
});

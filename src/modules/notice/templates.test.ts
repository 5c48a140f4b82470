import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { templates } from './templates.ts';

const MODULES = join(import.meta.dirname, '..');

const sources = globSync('**/*.ts', { cwd: MODULES })
  .filter((file) => !/\.test\.ts$|testing|notice\/(outage-)?templates\.ts$/.test(file))
  .map((file) => readFileSync(join(MODULES, file), 'utf8'));

test('every template that some module names has its text, and every text is sent by some module', () => {
  const named = sources
    .flatMap((source) => [...source.matchAll(/template: ([^,\n}]+)/g)])
    .flatMap(([, expression = '']) => [...expression.matchAll(/(?<!=== )'([a-z-]+)'/g)])
    .map(([, name = '']) => name);
  assert.ok(named.length > 15);
  assert.deepEqual(
    [...new Set(named)].filter((name) => templates[name] === undefined),
    [],
  );
  const unsent = Object.keys(templates).filter(
    (name) => !sources.some((source) => source.includes(`'${name}'`)),
  );
  assert.deepEqual(unsent, []);
});

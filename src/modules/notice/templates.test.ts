import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { templates } from './templates.ts';

const MODULES = join(import.meta.dirname, '..');

test('every template that some module names has its text', () => {
  const named = globSync('**/*.ts', { cwd: MODULES })
    .filter((file) => !/\.test\.ts$|testing/.test(file))
    .flatMap((file) => [...readFileSync(join(MODULES, file), 'utf8').matchAll(/template: ([^,\n}]+)/g)])
    .flatMap(([, expression = '']) => [...expression.matchAll(/(?<!=== )'([a-z-]+)'/g)])
    .map(([, name = '']) => name);
  assert.ok(named.length > 15);
  assert.deepEqual(
    [...new Set(named)].filter((name) => templates[name] === undefined),
    [],
  );
});

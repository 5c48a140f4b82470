import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { importCircles, readImports } from './testing/import-circles.ts';

const ROOT = join(import.meta.dirname, '..', '..');

test('no file of the tree imports itself around a corner, not even for a type', () => {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: ROOT });
  const imports = readImports(new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')])));
  assert.ok([...imports.values()].flat().length > 1000);
  assert.deepEqual(importCircles(imports), []);
});

test('circles are found through types, lazy imports and aliases, and nothing else is called one', () => {
  const imports = readImports(
    new Map([
      ['src/a/one.ts', "import type { Two } from './two.ts';"],
      ['src/a/two.ts', "export { three } from '#a/three.ts';"],
      ['src/a/three.ts', "const one = await import('./one.ts');"],
      ['src/a/four.ts', "import { one } from './one.ts';\nimport { join } from 'node:path';"],
      ['src/a/five.ts', "import { four } from '../a/four.ts';\nimport './missing.ts';"],
    ]),
  );
  assert.deepEqual(importCircles(imports), [['src/a/one.ts', 'src/a/three.ts', 'src/a/two.ts']]);
  assert.deepEqual(imports.get('src/a/five.ts'), ['src/a/four.ts']);
});

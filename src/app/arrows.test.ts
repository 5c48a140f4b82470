import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { arrows } from './arrows.ts';

const ROOT = join(import.meta.dirname, '..', '..');

type Import = { readonly file: string; readonly target: string };

function importsIn(pattern: string): readonly Import[] {
  return globSync(pattern, { cwd: ROOT })
    .filter((file) => !/\.test\.tsx?$|\/testing\//.test(file))
    .flatMap((file) => importsOf(file, readFileSync(join(ROOT, file), 'utf8')));
}

function importsOf(file: string, text: string): Import[] {
  return [...text.matchAll(/from '(#[^']+)'/g)].map(([, target = '']) => ({ file, target }));
}

/** What is wrong with an import between modules, or undefined. */
function faultOf({ file, target }: Import): string | undefined {
  const from = /^src\/modules\/(\w+)\//.exec(file)?.[1];
  const [, to, inside] = /^#modules\/(\w+)\/(.+)$/.exec(target) ?? [];
  if (from === undefined || to === undefined || from === to) return undefined;
  // A border type may be built from a neighbour's: an api file imports an api file, so that the web can follow it.
  const border = file.endsWith('-api.ts') && inside?.endsWith('-api.ts') === true;
  if (inside !== 'index.ts' && inside !== 'domain/index.ts' && !border)
    return `${file}: ${target} is not a front door`;
  if (arrows[from]?.includes(to) !== true) return `${file}: no arrow ${from} → ${to}`;
  return file.includes('/domain/') && inside === 'index.ts'
    ? `${file}: domain imports a server door`
    : undefined;
}

/** The web sees interfaces and pure rules only. */
function webFaultOf({ file, target }: Import): string | undefined {
  if (!target.startsWith('#')) return undefined;
  return /^#(kernel|web)\/|^#modules\/\w+\/([\w-]+-api|domain\/index)\.ts$/.test(target)
    ? undefined
    : `${file}: ${target}`;
}

test('modules meet at front doors, along the arrows of the table', () => {
  const found = importsIn('src/modules/**/*.ts');
  assert.ok(found.length > 50);
  // Typescript files of the demo are loaded by the application, not by modules.
  assert.deepEqual(
    found.flatMap((one) => faultOf(one) ?? []),
    [],
  );
});

test('the table names the modules that are there, and no others', () => {
  const there = globSync('src/modules/*/index.ts', { cwd: ROOT }).map((file) => file.split('/')[2] ?? '');
  assert.deepEqual(Object.keys(arrows).toSorted(), there.toSorted());
});

test('the table of arrows has no cycle', () => {
  const visit = (name: string, path: readonly string[]): void => {
    assert.ok(!path.includes(name), [...path, name].join(' → '));
    for (const next of arrows[name] ?? []) visit(next, [...path, name]);
  };
  for (const name of Object.keys(arrows)) visit(name, []);
});

test('the web imports interfaces and pure rules only; the platform no module', () => {
  assert.deepEqual(
    importsIn('src/web/**/*.{ts,tsx}').flatMap((one) => webFaultOf(one) ?? []),
    [],
  );
  const upward = importsIn('src/platform/**/*.ts').filter(({ target }) =>
    /^#(modules|app|web)\//.test(target),
  );
  assert.deepEqual(upward, []);
});

test('the fence bites: planted violations are found', () => {
  const planted = [
    ['src/modules/clock/x.ts', "import { a } from '#modules/case/index.ts';"],
    ['src/modules/case/x.ts', "import { a } from '#modules/order/order-store.ts';"],
    ['src/modules/order/domain/x.ts', "import { a } from '#modules/process/index.ts';"],
  ] as const;
  for (const [file, text] of planted)
    assert.equal(importsOf(file, text).flatMap((one) => faultOf(one) ?? []).length, 1, file);
  const web = importsOf(
    'src/web/x.ts',
    "import { a } from '#platform/ids.ts'; import b from '#modules/case/case-reads.ts';",
  );
  assert.equal(web.flatMap((one) => webFaultOf(one) ?? []).length, 2);
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';

// The linter's fence, tried with planted violations: a rule that nobody has seen bite may be spelled wrong.

const ROOT = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'dafuwu-fence-'));
after(() => rmSync(folder, { recursive: true, force: true }));
copyFileSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));

type Finding = { readonly code: string; readonly message: string };

function findings(path: string, text: string): readonly Finding[] {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  const oxlint = join(ROOT, 'node_modules', '.bin', 'oxlint');
  const { stdout } = spawnSync(oxlint, ['--format', 'json', path], { cwd: folder, encoding: 'utf8' });
  const said: { readonly diagnostics: readonly Finding[] } = JSON.parse(stdout);
  return said.diagnostics;
}

const DOMAIN = 'src/modules/clock/domain/x.ts';
const PLANTED: readonly (readonly [string, string, string, RegExp])[] = [
  [
    'domain reads a file',
    DOMAIN,
    "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;",
    /restricted-imports/,
  ],
  [
    'domain asks the platform',
    DOMAIN,
    "import { sql } from '#platform/db/sql.ts';\nexport const x = sql;",
    /restricted-imports/,
  ],
  ['domain reads the clock', DOMAIN, 'export const x = Date.now();', /restricted-globals/],
  ['domain waits', DOMAIN, 'export const x = () => setTimeout(() => undefined, 1);', /restricted-globals/],
  ['domain throws dice', DOMAIN, 'export const x = Math.random();', /restricted-properties/],
  [
    'kernel reads the environment',
    'src/kernel/x.ts',
    "export const x = process.env['A'];",
    /restricted-globals/,
  ],
  [
    'platform knows a module',
    'src/platform/x.ts',
    "import { a } from '#modules/org/index.ts';\nexport const x = a;",
    /restricted-imports/,
  ],
  [
    'platform knows the application',
    'src/platform/x.ts',
    "import { a } from '#app/server.ts';\nexport const x = a;",
    /restricted-imports/,
  ],
  [
    'web asks the platform',
    'src/web/x.ts',
    "import { sql } from '#platform/db/sql.ts';\nexport const x = sql;",
    /restricted-imports/,
  ],
  [
    'web reads a file',
    'src/web/x.tsx',
    "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;",
    /restricted-imports/,
  ],
  ['any', 'src/app/x.ts', 'export function x(a: any): string {\n  return a.b;\n}', /no-explicit-any/],
  [
    'something may be null, and is not asked',
    'src/app/x.ts',
    'export const x = (a: string | null) => a!.length;',
    /non-null-assertion/,
  ],
  [
    'a silent catch',
    'src/app/x.ts',
    'export function x(): void {\n  try {\n    x();\n  } catch {}\n}',
    /no-empty/,
  ],
  ['work for later', 'src/app/x.ts', '// TODO: later\nexport const x = 1;', /no-warning-comments/],
  [
    'a module that talks to the console',
    'src/modules/org/x.ts',
    "console.log('x');\nexport const x = 1;",
    /no-console/,
  ],
  ['a loose comparison', 'src/app/x.ts', 'export const x = (a: number) => a == 1;', /eqeqeq/],
];

test('the fence bites: each planted violation is found, by the rule that is meant', () => {
  for (const [what, path, text, rule] of PLANTED) {
    const found = findings(path, `${text}\n`);
    assert.ok(
      found.some(({ code }) => rule.test(code)),
      `${what}: ${JSON.stringify(found.map(({ code }) => code))}`,
    );
    rmSync(join(folder, path));
  }
});

test('what is allowed passes: domain on the kernel, web on an interface, the application on everything', () => {
  const allowed = [
    [DOMAIN, "import { refuse } from '#kernel/result.ts';\nexport const x = refuse;"],
    ['src/web/x.ts', "import type { A } from '#modules/org/admin-api.ts';\nexport type X = A;"],
    ['src/app/x.ts', "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;"],
  ] as const;
  for (const [path, text] of allowed) assert.deepEqual(findings(path, `${text}\n`), [], path);
});

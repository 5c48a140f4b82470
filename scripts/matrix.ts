import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { interfaceRoutes } from '#app/testing/interface-routes.ts';
import { HEAD, MATRIX_FILE, readMatrix } from '#app/testing/matrix-table.ts';
import { unconnectedApp } from '#app/testing/unconnected-app.ts';
import { permissionsOf, roles } from '#modules/org/domain/index.ts';

// `npm run matrix`: what security/matrix.csv lacks and what it has too much. With `--add` the missing rows are added with what
// the program does today, for a person to read and correct; nothing that stands is changed.

const app = await unconnectedApp();
const routes = interfaceRoutes(app);
const permissions = new Map(
  Object.entries((app.swagger() as { paths: Record<string, Record<string, Authz>> }).paths).flatMap(
    ([path, operations]) =>
      Object.entries(operations).map(
        ([method, one]) => [`${method.toUpperCase()} ${path}`, one['x-authz']?.permission] as const,
      ),
  ),
);
await app.close();

type Authz = { readonly 'x-authz'?: { readonly permission: string } };

const known = existsSync(MATRIX_FILE) ? readMatrix() : [];
const missing = routes.filter(
  (route) => !known.some((row) => row.method === route.method && row.path === route.path),
);
const gone = known.filter(
  (row) => !routes.some((route) => row.method === route.method && row.path === route.path),
);
for (const row of gone) console.log(`no such route: ${row.method} ${row.path}`);
const lines = missing.map((route) => {
  const wanted = permissions.get(`${route.method} ${route.path}`) ?? '';
  const scoped = route.object === 'case' || route.object === 'order';
  const scopes = scoped ? ['yes', 'yes', 'hidden', 'hidden'] : ['-', '-', '-', '-'];
  const may = roles.map((role) =>
    permissionsOf([role]).some((permission) => permission === wanted) ? 'yes' : '',
  );
  return [route.method, route.path, route.summary.replaceAll(',', ';'), ...scopes, ...may].join(',');
});
for (const line of lines) console.log(`missing: ${line}`);
if (process.argv.includes('--add')) {
  const old = existsSync(MATRIX_FILE) ? readFileSync(MATRIX_FILE, 'utf8').trim().split('\n').slice(1) : [];
  const all = [...old, ...lines].toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  writeFileSync(MATRIX_FILE, `${[[...HEAD, ...roles].join(','), ...all].join('\n')}\n`);
}

function key(line: string): string {
  const [method = '', path = ''] = line.split(',');
  return `${path} ${method}`;
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCase, askUnit } from '#modules/case/index.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { roles } from '#modules/org/domain/index.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { addressOf, type InterfaceRoute, interfaceRoutes, sampleOf } from './testing/interface-routes.ts';
import { type MatrixRow, readMatrix, SCOPES } from './testing/matrix-table.ts';
import { type Client, testApp } from './testing/test-app.ts';

// Who may do what (security/matrix.csv, written by people) against what the program does, route by route, role by role; and
// whether what one may not see looks as if it did not exist.

const t = await testApp();
await t.app.ready();
const routes = interfaceRoutes(t.app);
const matrix = readMatrix();
const rowOf = (route: InterfaceRoute): MatrixRow | undefined =>
  matrix.find((row) => row.method === route.method && row.path === route.path);

const nobody: Client = await t.signIn('nobody', 'nothing');

test('every route stands in the table, and every row of the table is a route', () => {
  const here = new Set(routes.map((route) => `${route.method} ${route.path}`));
  const there = new Set(matrix.map((row) => `${row.method} ${row.path}`));
  assert.ok(here.size > 60);
  assert.deepEqual(
    [...here].filter((one) => !there.has(one)),
    [],
    'npm run matrix -- --add',
  );
  assert.deepEqual(
    [...there].filter((one) => !here.has(one)),
    [],
    'no such route',
  );
});

test('without a session nothing is answered', async () => {
  for (const route of routes)
    assert.equal((await ask(nobody, route)).statusCode, 401, `${route.method} ${route.path}`);
});

for (const role of roles) {
  test(`${role} may do what the table says, and nothing else`, async () => {
    const login = demoCompany().logins.find((one) => one.role === role)?.login;
    assert.ok(login, `nobody signs in as ${role}`);
    const client = await t.signIn(login);
    const wrong: string[] = [];
    for (const route of routes) {
      const { statusCode, body } = await ask(client, route);
      const may = !(statusCode === 403 && body.includes('http.forbidden'));
      assert.ok(statusCode < 500, `${route.method} ${route.path}: ${statusCode} ${body}`);
      if (may !== rowOf(route)?.roles[role])
        wrong.push(`${route.method} ${route.path}: ${may ? 'may' : 'may not'}`);
    }
    assert.deepEqual(wrong, []);
  });
}

test('own and joint cases are worked on; others and those about one’s own unit look as if they did not exist', async () => {
  const lead = await t.actor('station-lead');
  const clerk = await t.actor('clerk');
  const control = await t.actor('control-officer');
  const take = (actor: typeof lead, given: object) =>
    t.must((tx) => acceptCase(tx, t.deps, actor, anIntake(given)));
  const joint = await take(clerk, { words: '协办的一件' });
  const question = { caseId: joint.caseId, unitId: lead.unitId, question: '请核实现场', hours: 4 } as const;
  await t.must((tx) => askUnit(tx, control, { ...question, kind: 'joint' }));
  const objects = {
    own: await take(lead, { words: '自己受理的一件' }),
    joint,
    other: await take(clerk, { words: '别人的一件' }),
    accused: await take(clerk, { process: 'complaint', words: '投诉供电所', accusedUnitId: lead.unitId }),
  };
  const client = await t.signIn('station-lead');
  const wrong: string[] = [];
  for (const route of routes.filter((one) => one.object === 'case' || one.object === 'order')) {
    const row = rowOf(route);
    if (row?.roles['station-lead'] !== true) continue;
    const absent = faceless(await ask(client, route));
    for (const [i, scope] of SCOPES.entries()) {
      const object = objects[scope];
      const id = route.object === 'case' ? object.caseId : (object.orderId ?? '');
      const face = faceless(await ask(client, route, id));
      const hidden = face === absent;
      // A write whose body names a second thing that does not exist says no in any case: only what is hidden can be told.
      const isWrong = row.scopes[i] === 'hidden' ? !hidden : hidden && isPlainRead(route);
      if (isWrong) wrong.push(`${route.method} ${route.path} ${scope}: ${face}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('a complaint about a unit is in no list, count or search that the unit asks for', async () => {
  const lead = await t.actor('station-lead');
  const clerk = await t.actor('clerk');
  const canary = '金丝雀七四一';
  const household = await t.household('city');
  const intake = anIntake({
    process: 'complaint',
    words: canary,
    accusedUnitId: lead.unitId,
    householdId: household,
  });
  const { caseId, no } = await t.must((tx) => acceptCase(tx, t.deps, clerk, intake));
  const client = await t.signIn('station-lead');
  const leaking: string[] = [];
  for (const route of routes.filter((one) => one.method === 'GET')) {
    const id = route.object === 'household' ? household : caseId;
    for (const query of [
      '',
      `?q=${no}`,
      `?q=${encodeURIComponent(canary)}`,
      '?state=open',
      `?household=${household}`,
    ]) {
      const { body } = await client.get(`${addressOf(route.path, id)}${query}`);
      if ([canary, no, caseId].some((secret) => body.includes(secret))) leaking.push(route.path + query);
    }
  }
  assert.deepEqual(leaking, []);
});

test('the judge is awake: a row that promises too much, or too little, is found', async () => {
  const route = routes.find((one) => one.path === '/api/board');
  assert.ok(route !== undefined);
  const clerk = await ask(await t.signIn('clerk'), route);
  const control = await ask(await t.signIn('control-officer'), route);
  assert.deepEqual([clerk.statusCode, control.statusCode], [403, 200]);
  assert.deepEqual([rowOf(route)?.roles['clerk'], rowOf(route)?.roles['control-officer']], [false, true]);
});

function isPlainRead({ method, path }: InterfaceRoute): boolean {
  return method === 'GET' && path.split('{').length === 2;
}

async function ask(client: Client, route: InterfaceRoute, id?: string) {
  const url = addressOf(route.path, id);
  if (route.method === 'GET') return await client.get(url);
  return await client.post(url, sampleOf(route.body ?? { type: 'object' }) as object, route.method);
}

/** The answer without the number of the request. */
function faceless({ statusCode, body }: { readonly statusCode: number; readonly body: string }): string {
  return `${statusCode} ${body.replace(/"requestId":"[^"]*"/, '')}`;
}

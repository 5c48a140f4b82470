import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCase, askUnit, type CaseActor } from '#modules/case/index.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { roles } from '#modules/org/domain/index.ts';
import { sql } from '#platform/db/sql.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import {
  addressOf,
  type InterfaceRoute,
  interfaceRoutes,
  sampleOf,
  SOME_ID,
} from './testing/interface-routes.ts';
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

/** Whose units the four objects are made for: between them they hold every permission on cases. */
const WORKERS = ['station-lead', 'marketing-head', 'control-officer'] as const;
const walked = new Set<string>();

for (const login of WORKERS)
  test(`${login}: own and joint cases are worked on; others and those about his own unit look as if they did not exist`, async () => {
    const worker = await t.actor(login);
    const { role } = demoCompany().logins.find((one) => one.login === login) ?? {};
    assert.ok(role);
    let objects = await objectsOf(worker);
    const client = await t.signIn(login);
    const wrong: string[] = [];
    for (const route of routes.filter((one) => one.object === 'case' || one.object === 'order')) {
      const row = rowOf(route);
      if (row?.roles[role] !== true) continue;
      walked.add(`${route.method} ${route.path}`);
      const absent = faceless(await ask(client, route));
      let written = false;
      for (const [i, scope] of SCOPES.entries()) {
        const object = objects[scope];
        const id = route.object === 'case' ? object.caseId : (object.orderId ?? '');
        const face = faceless(await ask(client, route, id));
        const hidden = face === absent;
        const isWrong = row.scopes[i] === 'hidden' ? !hidden : hidden && tellsApart(route, absent);
        if (isWrong) wrong.push(`${route.method} ${route.path} ${scope}: ${face}`);
        written ||= route.method !== 'GET' && face.startsWith('2');
      }
      // A write may end what it is about (who keeps away sees it no more): the next route meets others.
      if (written) objects = await objectsOf(worker);
    }
    assert.deepEqual(wrong, []);
  });

test('every route of a case or an order was walked by somebody who may use it, with all four objects', () => {
  const all = routes.filter((one) => one.object === 'case' || one.object === 'order');
  assert.ok(all.length > 30);
  assert.deepEqual(
    all.map((route) => `${route.method} ${route.path}`).filter((route) => !walked.has(route)),
    [],
  );
  const unsaid = all.filter((route) => rowOf(route)?.scopes.join() !== 'yes,yes,hidden,hidden');
  assert.deepEqual(
    unsaid,
    [],
    'a case is worked on by its own and joint units, and does not exist for the others',
  );
});

/** Four cases as a unit meets them: its own, one that it was asked about, one of others, one about itself. */
async function objectsOf(worker: CaseActor) {
  const clerk = await t.actor('clerk');
  const other = await t.actor('clerk-2');
  const head = await t.actor(
    worker.unitId === (await t.actor('control-officer')).unitId ? 'clerk' : 'control-officer',
  );
  const take = (actor: CaseActor, given: object) =>
    t.must((tx) => acceptCase(tx, t.deps, actor, anIntake({ process: 'complaint', ...given })));
  const joint = await take(clerk, { words: '协办的一件' });
  const question = { caseId: joint.caseId, unitId: worker.unitId, question: '请核实现场', hours: 4 } as const;
  await shutOut(joint.caseId, worker);
  await t.must((tx) => askUnit(tx, head, { ...question, kind: 'joint' }));
  const foreign = await take(other, { words: '别人的一件' });
  await shutOut(foreign.caseId, worker);
  return {
    own: await take(worker, { words: '自己受理的一件' }),
    joint,
    other: foreign,
    accused: await take(clerk, { words: '投诉本单位', accusedUnitId: worker.unitId }),
  };
}

/** A unit that sees every case from its birth, or has the first task, sees this one no more. */
async function shutOut(caseId: string, worker: CaseActor): Promise<void> {
  await t.database.run(sql`
    delete from case_access where case_access.case_id = ${caseId}
      and case_access.unit_id = any(${worker.unitIds}::uuid[])`);
}

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

/**
 * What exists must look otherwise than what does not; not where the request names a second thing that does not exist, nor where
 * it is refused before anything is looked for: those say no in any case, and only what is hidden can be told.
 */
function tellsApart({ path, body }: InterfaceRoute, absent: string): boolean {
  const names = path.split('{').length > 2 || JSON.stringify(sampleOf(body ?? {})).includes(SOME_ID);
  return absent.startsWith('404') && !names;
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

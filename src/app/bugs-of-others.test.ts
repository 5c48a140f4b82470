import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { mintLink } from '#modules/notice/index.ts';
import { permissionsOf } from '#modules/org/domain/index.ts';
import { interfaceRoutes } from './testing/interface-routes.ts';
import { testApp } from './testing/test-app.ts';

// Bugs of other systems (peers.md §6, 27 of them) that belong to no module alone. The others: 1–3, 5, 9, 10 in
// order/clock-bugs-of-others; 4 in clock/domain/due; 6, 7 in case/case-work; 11, 20 and 21 in matrix, exports and
// bench/reads; 13 in case/field-report (nobody acts as another; 代录 names both); 14 in notice/relay; 15, 16 in
// outage/cli-infer; 17, 18 in outage/company-reliability; 19 in web/lib/queue and repair/field; 22 in the importers of
// network; 23 in customer/household-search; 24 in link/link; 26 in process/check-reply; 27 in order/recalculate-clocks.

const t = await testApp();
const clerk = await t.actor('clerk');
const PICTURE = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'pictures', 'case.png'));
const BOUNDARY = 'x-boundary-x';

const take = (words: string) =>
  t.must((tx) => acceptCase(tx, t.deps, clerk, anIntake({ words, contactPhone: '15512340077' })));

async function cookieOf(login: string): Promise<string> {
  return String((await t.signIn(login)).answer.headers['set-cookie']).split(';')[0] ?? '';
}

test('8: what was attached to a case stays with it when it is merged and taken apart again (Atlas #138, frappe #2260)', async () => {
  const [first, second] = [await take('电费不对'), await take('电费还是不对')];
  const cookie = await cookieOf('control-officer');
  const sent = await t.app.inject({
    method: 'POST',
    url: `/api/cases/${second.caseId}/files`,
    headers: { cookie, 'x-dafuwu-csrf': '1', 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    payload: Buffer.concat([
      Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n`),
      PICTURE,
      Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
    ]),
  });
  assert.equal(sent.statusCode, 200, sent.body);
  const control = await t.signIn('control-officer');
  const files = async (caseId: string) =>
    (await control.get(`/api/cases/${caseId}/files`)).json().files.map((one: { id: string }) => one.id);
  const held = [sent.json().id];
  for (const [what, body] of [
    ['link', { orderId: first.orderId }],
    ['unlink', { reason: '不是同一件事' }],
  ] as const) {
    t.clock.advance(MINUTE);
    const done = await control.post(`/api/cases/${second.caseId}/${what}`, body);
    assert.equal(done.statusCode, 200, done.body);
    assert.deepEqual([await files(first.caseId), await files(second.caseId)], [[], held], what);
    assert.equal((await control.get(`/api/cases/${second.caseId}/files/${held[0]}`)).statusCode, 200);
  }
});

test('12: who is of the staff and a customer too has no union of rights (Zammad #5447, #6349)', async () => {
  const complaint = anIntake({
    process: 'complaint',
    words: '本所的人骂人',
    accusedUnitId: (await t.actor('station-lead')).unitId,
  });
  const { caseId, no } = await t.must((tx) => acceptCase(tx, t.deps, clerk, complaint));
  const link = await t.database.transaction((tx) => mintLink(tx, t.companyId, caseId));
  const cookie = await cookieOf('station-lead');
  const both = { cookie, 'x-dafuwu-link': link };
  const asCustomer = await t.app.inject({ url: '/api/link', headers: both });
  assert.deepEqual([asCustomer.statusCode, asCustomer.json().no], [200, no]);
  for (const url of [`/api/cases/${caseId}`, `/api/cases/${caseId}/files`, `/api/cases/${caseId}/work`])
    assert.equal((await t.app.inject({ url, headers: both })).statusCode, 404, url);
  assert.equal((await t.app.inject({ url: '/api/link', headers: { cookie } })).statusCode, 404);
});

test('25: who one is comes from the session alone, never from a header, a query or a body (grid-repair, iakashmall)', async () => {
  const officer = await t.actor('control-officer');
  const cookie = await cookieOf('clerk');
  const claims = {
    'x-user-id': officer.personId,
    'x-person-id': officer.personId,
    'x-role': 'administrator',
    'x-roles': 'administrator,control-officer',
    'x-forwarded-user': 'control-officer',
    'x-company-id': '019a0000-0000-7000-8000-00000000beef',
    authorization: `Bearer ${officer.personId}`,
  };
  const mine = permissionsOf(['clerk']) as readonly string[];
  const barred = interfaceRoutes(t.app).filter(
    (route) => route.method === 'GET' && !route.path.includes('{') && !mine.includes(route.permission),
  );
  assert.ok(barred.length > 20);
  for (const { path } of barred)
    assert.equal((await t.app.inject({ url: path, headers: { cookie, ...claims } })).statusCode, 403, path);
  const { login } = (await t.app.inject({ url: '/api/session', headers: { cookie, ...claims } })).json();
  assert.equal(login, 'clerk');
  const claimed = { ...anIntake({}), actorId: officer.personId };
  const headers = { cookie, 'x-dafuwu-csrf': '1', 'idempotency-key': 'claims-to-be-another' };
  const answer = await t.app.inject({ method: 'POST', url: '/api/cases', headers, payload: claimed });
  assert.deepEqual([answer.statusCode, answer.json().error.code], [400, 'http.invalid']);
});

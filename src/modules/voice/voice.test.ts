import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { buildApp } from '#app/build-app.ts';
import { HOUR } from '#kernel/instant.ts';
import { acceptCase, type CaseActor, finishStep, takeStep } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { actorOf } from '#testing/demo/carry-order.ts';
import type { ComplaintView, DeskPage, LiabilityNotice } from './voice-api.ts';

// The complaint desk through its HTTP door, on the demo company: who judges, who must not, and what a party is told.

const PASSWORD = 'Gongdian-2026-ceshi';
const CSRF = { 'x-dafuwu-csrf': '1' };
const HANDBOOK = join(import.meta.dirname, '..', '..', '..', 'handbook');
const county = await smallCounty();
const { database, companyId, deps, must, clock } = county;
await database.run(sql`update accounts set password_hash = ${await hashPassword(PASSWORD)}`);
const app = await buildApp(
  {
    database,
    handbook: handbookLibrary(),
    days: readWorkingDays(join(HANDBOOK, 'calendars', 'holiday-cn.json')),
    clockScale: 1,
    secure: false,
    postName: (name) => name,
  },
  { webFolder: null, tls: null, trustedProxy: null, logError: (error) => assert.fail(String(error)) },
);
after(() => app.close());
let used = 0;

async function as(login: string) {
  const signedIn = await app.inject({
    method: 'POST',
    url: '/api/session',
    headers: CSRF,
    payload: { login, password: PASSWORD },
  });
  const cookie = String(signedIn.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  return {
    get: async (url: string) => await app.inject({ url, headers: { cookie } }),
    post: async (url: string, payload: object) => {
      const headers = { ...CSRF, cookie, 'idempotency-key': `voice-test-${(used += 1)}` };
      return await app.inject({ method: 'POST', url, headers, payload });
    },
  };
}
type Staff = Awaited<ReturnType<typeof as>>;

const company = demoCompany();
const WORDS = '抄表员态度恶劣，家住秀山小区';
const GROUNDS = '抄表员与客户争吵，录音可证，未按规范使用文明用语';

/** Somebody of the demonstration who cannot sign in. */
function person(unit: string, post: string, which = 0): CaseActor {
  const found = company.staff.filter((one) => one.unit.code === unit && one.post === post)[which];
  if (found === undefined) throw new Error(`nobody is ${post} in ${unit}`);
  return actorOf(company, found);
}

async function complain(given: Parameters<typeof anIntake>[0] = {}) {
  const clerk = await county.actor('clerk');
  const intake = anIntake({
    process: 'complaint',
    words: WORDS,
    contactName: '于秀兰',
    contactPhone: '13806310001',
    ...given,
  });
  const made = await must((tx) => acceptCase(tx, deps, clerk, intake));
  if (made.orderId === null) throw new Error('a complaint has an order');
  return { caseId: made.caseId, orderId: made.orderId, no: made.no };
}
type Complaint = Awaited<ReturnType<typeof complain>>;

async function seqOf({ orderId }: Complaint): Promise<number> {
  return (await database.one<{ seq: number }>(sql`select o.seq from orders o where o.id = ${orderId}`)).seq;
}

/** Somebody takes an open step of the order, and finishes it where a report is given. */
async function work(one: Complaint, actor: CaseActor, step: string, report?: object) {
  const ref = { step, caseId: step === 'contact' ? one.caseId : null, round: 1 };
  const { orderId } = one;
  const taken = await must(async (tx) => takeStep(tx, deps, actor, { orderId, seq: await seqOf(one), ref }));
  if (report !== undefined)
    await must((tx) => finishStep(tx, deps, actor, { orderId, seq: taken.seq, ref, ...report }));
}

const PLAIN = {
  round: 1,
  complaintClass: 'service',
  passedOnBy: 'none',
  media: 'none',
  mayCauseMassIncident: false,
  seriousOpinionRisk: false,
  injury: false,
  threatensGovernmentOrMedia: false,
  repeatedComplaint: false,
};

async function grade(one: Complaint, known: object = {}) {
  const officer = await as('control-officer');
  await work(one, await county.actor('control-officer'), 'grade');
  const answer = await officer.post(`/api/complaints/${one.caseId}/grade`, {
    ...PLAIN,
    seq: await seqOf(one),
    ...known,
  });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json() as { grade: string; reasons: string[] };
}

const inspectionHead = person('inspection', 'department-head');
const inspector = person('inspection', 'inspector', 1);

/** Graded, accepted, investigated; the verdict is taken by the head of the inspection group, who can sign in for this test. */
async function investigated(given: Parameters<typeof anIntake>[0] = {}, judge: CaseActor = inspectionHead) {
  const one = await complain(given);
  await grade(one);
  await work(one, inspector, 'take', {});
  await work(one, inspector, 'investigate', {
    values: { factFinding: '录音属实', siteVisited: true },
    checked: ['recording', 'two-people'],
  });
  await work(one, judge, 'verdict');
  return one;
}

/** A sign-in for somebody who has none in the demonstration. */
async function signInOf(actor: CaseActor, role: string): Promise<Staff> {
  const login = `test-${actor.personId.slice(-6)}`;
  await database.run(sql`
    insert into accounts (company_id, person_id, login, password_hash, must_change, password_changed_at)
    select a.company_id, ${actor.personId}, ${login}, a.password_hash, false, a.password_changed_at from accounts a
    where a.login = 'clerk' on conflict do nothing`);
  await database.run(sql`
    insert into role_grants (company_id, person_id, role, granted_at) values (${companyId}, ${actor.personId}, ${role}, now())
    on conflict do nothing`);
  return await as(login);
}

const FOUNDED = { round: 1, verdict: 'founded', liability: 'unit', grounds: GROUNDS };

async function held(one: Complaint, liableUnitId: string) {
  const judge = await as('inspection-head');
  const body = { ...FOUNDED, seq: await seqOf(one), liableUnitId };
  const answer = await judge.post(`/api/complaints/${one.caseId}/verdict`, body);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json() as { id: string; mayAppeal: boolean };
}

test('a grade follows from what is known, with its reasons; its duties are told to posts that may know', async () => {
  const lead = await county.actor('station-lead');
  const one = await complain({ accusedUnitId: lead.unitId });
  assert.deepEqual(await grade(one, { media: 'provincial', threatensGovernmentOrMedia: true }), {
    grade: 'major',
    reasons: ['grade.provincial-media'],
  });
  const officer = await as('control-officer');
  const view: ComplaintView = (await officer.get(`/api/complaints/${one.caseId}`)).json();
  assert.deepEqual([view.grade?.grade, view.grade?.complaintClass], ['major', 'service']);
  assert.deepEqual(
    view.duties.map(({ duty, dueAt, owedAt, doneAt }) => [duty, dueAt - owedAt, doneAt]),
    [['tell-deputy-manager', HOUR, null]],
  );
  const told = await database.rows<{ post: string }>(sql`
    select a.post from outbox m join assignments a on a.company_id = m.company_id and a.person_id = m.person_id and a.main
    where m.template = 'complaint-duty' and m.data ->> 'caseId' = ${one.caseId}`);
  assert.deepEqual([...new Set(told.map((row) => row.post))], ['deputy-manager']);
  const deputy = await as('deputy-manager');
  assert.equal((await deputy.get(`/api/cases/${one.caseId}`)).statusCode, 200, 'whoever is told may look');

  const id = view.duties[0]?.id ?? '';
  assert.equal((await deputy.post(`/api/complaint-duties/${id}/done`, {})).statusCode, 200);
  assert.equal((await deputy.post(`/api/complaint-duties/${id}/done`, {})).json().error.code, 'duty.done');
  const later: ComplaintView = (await officer.get(`/api/complaints/${one.caseId}`)).json();
  assert.notEqual(later.duties[0]?.doneBy, null);
});

test('a step that is judged at the desk is finished by no plain report', async () => {
  const one = await complain();
  await work(one, await county.actor('control-officer'), 'grade');
  const officer = await as('control-officer');
  const body = {
    seq: await seqOf(one),
    ref: { step: 'grade', caseId: null, round: 1 },
    values: { grade: 'general', complaintClass: 'service' },
  };
  const plain = await officer.post(`/api/orders/${one.orderId}/finish`, body);
  assert.equal(plain.json().error.code, 'case.judged-at-desk');
  const smuggled = await officer.post(`/api/orders/${one.orderId}/finish`, { ...body, judgement: 'grade' });
  assert.equal(smuggled.statusCode, 400);
});

test('the third complaint of one household goes to the leaders and is supervised; the second is important', async () => {
  const householdId = await county.household('city');
  assert.equal((await grade(await complain({ householdId }))).grade, 'general');
  assert.deepEqual(await grade(await complain({ householdId })), {
    grade: 'important',
    reasons: ['grade.repeated'],
  });
  const third = await complain({ householdId });
  await grade(third);
  const view: ComplaintView = (
    await (await as('control-officer')).get(`/api/complaints/${third.caseId}`)
  ).json();
  assert.deepEqual(view.complaints, { count: 3, limit: 3 });
  assert.deepEqual(view.duties.map((one) => one.duty).toSorted(), ['report-repeat', 'tell-department-head']);
  assert.equal(view.supervision, 1);
  assert.equal(view.grade?.grade, 'important', 'R037 supervises; the grade is the grade');
});

test('who investigated does not judge, nor does who belongs to a unit concerned, nor anybody his own unit', async () => {
  const one = await investigated();
  const judge = await as('inspection-head');
  const lead = await county.actor('station-lead');
  const url = `/api/complaints/${one.caseId}/verdict`;
  const verdict = async (body: object) => {
    const answer = await judge.post(url, { ...FOUNDED, seq: await seqOf(one), liableUnitId: null, ...body });
    return answer.statusCode === 200 ? 'given' : answer.json().error.code;
  };
  assert.equal(await verdict({}), 'complaint.unit-missing');
  assert.equal(await verdict({ liability: null }), 'complaint.liability-missing');
  assert.equal(
    await verdict({ verdict: 'unfounded', liableUnitId: lead.unitId }),
    'complaint.unfounded-liable',
  );
  assert.equal(await verdict({ liableUnitId: inspectionHead.unitId }), 'complaint.judge-concerned');
  assert.equal(await verdict({ liableUnitId: companyId }), 'complaint.unit-unknown');
  assert.equal(
    await verdict({ liableUnitId: lead.unitId, grounds: '与于秀兰争吵' }),
    'complaint.grounds-name-customer',
  );
  // The head investigates himself: then he does not judge.
  await database.run(sql`
    update tasks set ended_by = ${inspectionHead.personId} where tasks.order_id = ${one.orderId} and tasks.step = 'investigate'`);
  assert.equal(await verdict({ liableUnitId: lead.unitId }), 'complaint.same-person');
  const view: ComplaintView = (await judge.get(`/api/complaints/${one.caseId}`)).json();
  assert.deepEqual(
    view.judgements.map(({ judgement, mayJudge, reason }) => [judgement, mayJudge, reason]),
    [['verdict', false, 'complaint.same-person']],
  );
  assert.deepEqual(view.verdicts, []);
});

test('the accused sees nothing of it, nor does its head through the leading group, nor a counter below it', async () => {
  const head = await county.actor('marketing-head');
  const one = await complain({ accusedUnitId: head.unitId });
  const { caseId } = one;
  await database.run(sql`
    insert into case_access (company_id, unit_id, case_id, since)
    select ${companyId}, u.id, ${caseId}, to_timestamp(0) from units u where u.code in ('leading-group', 'hall-centre')
    on conflict do nothing`);
  for (const login of ['marketing-head', 'clerk']) {
    const staff = await as(login);
    assert.equal((await staff.get(`/api/cases/${caseId}`)).statusCode, 404, login);
    assert.equal((await staff.get('/api/cases')).body.includes(caseId), false, login);
    assert.equal((await staff.get(`/api/cases/find?q=${one.no}`)).body.includes(caseId), false, login);
  }
  const accused = await as('marketing-head');
  assert.equal((await accused.get(`/api/complaints/${caseId}`)).statusCode, 404);
  const desk: DeskPage = (await accused.get('/api/complaints?type=TS&state=open')).json();
  assert.equal(
    desk.rows.some((row) => row.id === caseId),
    false,
  );
  assert.equal(desk.total, desk.rows.length);
  for (const [url, body] of [
    [`/api/complaints/${caseId}/reclassify`, { to: 'YJ', reason: '不是投诉' }],
    [`/api/complaints/${caseId}/keep-away`, { personId: null, kind: 'recused', reason: '回避' }],
  ] as const)
    assert.equal((await accused.post(url, body)).statusCode, 404, url);
  const seen: DeskPage = (
    await (await as('operation-head')).get('/api/complaints?type=TS&state=open')
  ).json();
  assert.equal(
    seen.rows.some((row) => row.id === caseId),
    true,
    'another head of the leading group does',
  );
  const tasks = await database.rows<{ code: string }>(sql`
    select u.code from tasks t join units u on u.id = t.unit_id where t.order_id = ${one.orderId}`);
  assert.deepEqual(
    tasks.map((task) => task.code),
    ['control-centre'],
  );
});

test('the liable unit gets what an appeal needs and nothing of who complained; then it appeals once', async () => {
  const lead = await county.actor('station-lead');
  const one = await investigated({ householdId: await county.household('city') });
  const before = (await (await as('station-lead')).get('/api/cases')).body;
  const verdict = await held(one, lead.unitId);
  assert.equal(verdict.mayAppeal, true);

  const station = await as('station-lead');
  const answer = await station.get('/api/liability-notices');
  const [notice] = answer.json() as LiabilityNotice[];
  assert.deepEqual(notice, {
    id: verdict.id,
    complaintClass: 'service',
    verdict: 'founded',
    liability: 'unit',
    unit: company.units.byCode('station-05').name,
    grounds: GROUNDS,
    givenAt: notice?.givenAt,
    standing: true,
    mayNot: null,
    appeal: null,
  });
  const secrets = [one.caseId, one.orderId, one.no, '于秀兰', '13806310001', WORDS, inspectionHead.personId];
  for (const secret of secrets) assert.equal(answer.body.includes(secret), false, secret);
  const bell = await database.rows<{ data: object; personId: string }>(sql`
    select m.data, m.person_id as "personId" from outbox m where m.template = 'liability-notice'`);
  assert.deepEqual(bell, [{ data: {}, personId: lead.personId }]);
  for (const url of [`/api/cases/${one.caseId}`, `/api/complaints/${one.caseId}`])
    assert.notEqual((await station.get(url)).statusCode, 200, url);
  assert.equal((await station.get('/api/cases')).body, before, 'no list of it changed');
  assert.deepEqual(
    (await (await as('hall-lead')).get('/api/liability-notices')).json(),
    [],
    'another unit has none',
  );
  assert.equal((await (await as('clerk')).get('/api/liability-notices')).statusCode, 403);

  const url = `/api/liability-notices/${verdict.id}/appeal`;
  assert.equal((await (await as('hall-lead')).post(url, { words: '我们不服' })).statusCode, 404);
  assert.equal((await station.post(url, { words: '录音不完整，客户先动手' })).statusCode, 200);
  assert.equal((await station.post(url, { words: '再申诉' })).json().error.code, 'appeal.twice');
  const [later] = (await station.get('/api/liability-notices')).json() as LiabilityNotice[];
  assert.deepEqual([later?.mayNot, later?.appeal?.words], ['appeal.twice', '录音不完整，客户先动手']);
  const open = await database.rows<{ step: string; code: string }>(sql`
    select t.step, u.code from tasks t join units u on u.id = t.unit_id
    where t.order_id = ${one.orderId} and t.state = 'open' and t.step in ('appeal', 'remedy') order by t.step`);
  assert.deepEqual(open, [
    { step: 'appeal', code: 'leading-group' },
    { step: 'remedy', code: 'marketing' },
  ]);
  const paused = await database.one<{ n: number }>(sql`
    select count(*) as n from clocks k where k.order_id = ${one.orderId} and k.state = 'paused'`);
  assert.equal(paused.n, 0, 'an appeal pauses nothing');
});

test('another person decides the appeal; cleared, the unit is told why and is no party any more', async () => {
  const lead = await county.actor('station-lead');
  const one = await investigated({ accusedUnitId: null });
  const { id } = await held(one, lead.unitId);
  const station = await as('station-lead');
  await station.post(`/api/liability-notices/${id}/appeal`, { words: '当日无人在岗，是外包人员' });
  await work(one, person('company', 'deputy-manager'), 'appeal');
  const deputy = await as('deputy-manager');
  const url = `/api/complaints/${one.caseId}/appeal-decision`;
  const decide = async (body: object) =>
    await deputy.post(url, {
      seq: await seqOf(one),
      round: 1,
      result: 'changed',
      grounds: '复核属外包队伍',
      ...body,
    });
  const same = await decide({ verdict: 'founded', liability: 'unit' });
  assert.equal(same.json().error.code, 'appeal.nothing-changed');
  const done = await decide({ verdict: 'founded', liability: 'outside' });
  assert.equal(done.statusCode, 200, done.body);

  const [notice] = (await station.get('/api/liability-notices')).json() as LiabilityNotice[];
  assert.deepEqual(
    [notice?.standing, notice?.appeal?.result, notice?.appeal?.grounds],
    [false, 'changed', '复核属外包队伍'],
  );
  const view: ComplaintView = (await deputy.get(`/api/complaints/${one.caseId}`)).json();
  assert.deepEqual(
    view.verdicts.map(({ liability, liableUnit, standing }) => [liability, liableUnit, standing]),
    [
      ['outside', null, true],
      ['unit', company.units.byCode('station-05').name, false],
    ],
  );
  assert.deepEqual(view.keptAway, []);
});

test('who keeps away sees nothing of it, and what he held goes back to his post', async () => {
  const one = await complain();
  const officer = await as('control-officer');
  await work(one, await county.actor('control-officer'), 'grade');
  const url = `/api/complaints/${one.caseId}/keep-away`;
  assert.deepEqual(
    (await officer.post(url, { personId: null, kind: 'recused', reason: '客户是我的亲戚' })).json(),
    { released: 1 },
  );
  assert.equal((await officer.get(`/api/cases/${one.caseId}`)).statusCode, 404);
  assert.equal((await officer.get('/api/work')).body.includes(one.caseId), false);
  const ref = { step: 'grade', caseId: null, round: 1 };
  const again = await officer.post(`/api/orders/${one.orderId}/take`, { seq: await seqOf(one), ref });
  assert.equal(again.statusCode, 404);
  await work(one, person('control-centre', 'control-officer', 1), 'grade');
});

test('a complaint becomes an opinion by a second person only; its promise counts from acceptance; the trail stays', async () => {
  const lead = await county.actor('station-lead');
  const one = await complain({ accusedUnitId: lead.unitId });
  const { accepted } = await database.one<{ accepted: number }>(
    sql`select c.accepted_at as accepted from cases c where c.id = ${one.caseId}`,
  );
  clock.advance(2 * HOUR);
  const officer = await as('control-officer');
  const asked = await officer.post(`/api/complaints/${one.caseId}/reclassify`, {
    to: 'YJ',
    reason: '客户只是提意见',
  });
  const { id } = asked.json() as { id: string };
  const twice = await officer.post(`/api/complaints/${one.caseId}/reclassify`, {
    to: 'YJ',
    reason: '再申请',
  });
  assert.equal(twice.json().error.code, 'reclassification.asked');
  const url = `/api/reclassifications/${id}/decide`;
  const own = await officer.post(url, { approve: true, words: '同意' });
  assert.equal(own.json().error.code, 'complaint.same-person');
  assert.equal(
    (await (await as('station-lead')).post(url, { approve: true, words: '同意' })).statusCode,
    403,
  );

  const second = await signInOf(person('control-centre', 'control-officer', 1), 'control-officer');
  const decided = await second.post(url, { approve: true, words: '录音核实，未要求追责' });
  assert.equal(decided.statusCode, 200, decided.body);
  const view: ComplaintView = (await second.get(`/api/complaints/${one.caseId}`)).json();
  assert.equal(view.caseType.zh, '意见');
  assert.deepEqual(
    view.reclassifications.map((trail) => [trail.from.zh, trail.to.zh, trail.state, trail.words]),
    [['投诉', '意见', 'approved', '录音核实，未要求追责']],
  );
  assert.ok(view.clocks.length > 0);
  for (const bar of view.clocks) assert.equal(bar.startedAt, accepted);
  const old = await database.one<{ state: string; running: number }>(sql`
    select o.state, (select count(*) from clocks k where k.order_id = o.id and k.state = 'running') as running
    from orders o where o.id = ${one.orderId}`);
  assert.deepEqual(old, { state: 'stopped', running: 0 });
  assert.equal(
    (await (await as('station-lead')).get(`/api/cases/${one.caseId}`)).statusCode,
    404,
    'still the accused',
  );
});

test('no work and no question of a complaint goes to who keeps away from it', async () => {
  const lead = await county.actor('station-lead');
  const one = await investigated();
  await held(one, lead.unitId);
  const officer = await as('control-officer');
  const crew = company.units.byCode('crew-05').id;
  const refusals = [];
  for (const unitId of [lead.unitId, crew]) {
    const question = { kind: 'joint', unitId, question: '请说明当日情况', hours: 4 };
    const promised = { words: '上门致歉', unitId, dueAt: clock.now + HOUR };
    for (const [path, body] of [
      ['ask', question],
      ['commitments', promised],
    ] as const) {
      const answer = await officer.post(`/api/cases/${one.caseId}/${path}`, body);
      refusals.push(answer.json().error?.code ?? answer.body);
    }
  }
  assert.deepEqual(refusals, ['joint.accused', 'commitment.accused', 'joint.accused', 'commitment.accused']);
});

test('what was found true stays a complaint', async () => {
  const one = await investigated();
  await held(one, (await county.actor('station-lead')).unitId);
  const officer = await as('control-officer');
  const asked = await officer.post(`/api/complaints/${one.caseId}/reclassify`, {
    to: 'YJ',
    reason: '影响指标',
  });
  assert.equal(asked.json().error.code, 'reclassification.judged');
});

test('the desk shows contact and answers side by side, the tightest first, and counts what it lists', async () => {
  const officer = await as('control-officer');
  const page: DeskPage = (await officer.get('/api/complaints?type=TS&state=open')).json();
  assert.equal(page.total, page.rows.length);
  const [first] = page.rows;
  assert.deepEqual(
    first?.clocks.map((bar) => [bar.limit, bar.role]),
    [
      ['24h', 'promise'],
      ['4wd', 'company'],
      ['5wd', 'promise'],
      ['10wd', 'law'],
    ],
  );
  const dues = page.rows.map((row) => row.clocks[0]?.dueAt ?? 0);
  assert.deepEqual(
    dues,
    dues.toSorted((a, b) => a - b),
  );
  assert.ok(new Set(dues).size > 1, 'one was accepted later');
  assert.equal((await (await as('clerk')).get('/api/complaints?type=TS&state=open')).statusCode, 403);
  assert.equal(
    (await officer.get('/api/complaints?type=JB&state=open')).statusCode,
    400,
    'reports are not here',
  );
});

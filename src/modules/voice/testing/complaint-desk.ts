import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after } from 'node:test';
import { buildApp } from '#app/build-app.ts';
import { acceptCase, type CaseActor, finishStep, takeStep } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { readWorkingDays } from '#modules/clock/index.ts';
import { hashPassword } from '#modules/org/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { actorOf } from '#testing/demo/carry-order.ts';

const PASSWORD = 'Gongdian-2026-ceshi';
const CSRF = { 'x-dafuwu-csrf': '1' };
const HANDBOOK = join(import.meta.dirname, '..', '..', '..', '..', 'handbook');
export const company = demoCompany();
export const WORDS = '抄表员态度恶劣，家住秀山小区';
export const GROUNDS = '抄表员与客户争吵，录音可证，未按规范使用文明用语';

/** Somebody of the demonstration who cannot sign in. */
export function person(unit: string, post: string, which = 0): CaseActor {
  const found = company.staff.filter((one) => one.unit.code === unit && one.post === post)[which];
  if (found === undefined) throw new Error(`nobody is ${post} in ${unit}`);
  return actorOf(company, found);
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

export const inspectionHead = person('inspection', 'department-head');
const inspector = person('inspection', 'inspector', 1);

export const FOUNDED = { round: 1, verdict: 'founded', liability: 'unit', grounds: GROUNDS };

/** The complaint desk through its HTTP door, on the demo company. */
export async function complaintDesk() {
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
      postName: (name) => ({ zh: name, en: name }),
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

  /** Each customer has a phone of his own: by it he would be the same one (R037). */
  let phones = 0;

  async function complain(given: Parameters<typeof anIntake>[0] = {}) {
    const clerk = await county.actor('clerk');
    const intake = anIntake({
      process: 'complaint',
      words: WORDS,
      contactName: '于秀兰',
      contactPhone: `1380631${String(1000 + (phones += 1))}`,
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
    const taken = await must(async (tx) =>
      takeStep(tx, deps, actor, { orderId, seq: await seqOf(one), ref }),
    );
    if (report !== undefined)
      await must((tx) => finishStep(tx, deps, actor, { orderId, seq: taken.seq, ref, ...report }));
  }

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
  async function signInOf(actor: CaseActor, role: string) {
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

  async function held(one: Complaint, liableUnitId: string) {
    const judge = await as('inspection-head');
    const body = { ...FOUNDED, seq: await seqOf(one), liableUnitId };
    const answer = await judge.post(`/api/complaints/${one.caseId}/verdict`, body);
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json() as { id: string; mayAppeal: boolean };
  }
  return {
    county,
    database,
    companyId,
    deps,
    must,
    clock,
    as,
    complain,
    seqOf,
    work,
    grade,
    investigated,
    signInOf,
    held,
  };
}

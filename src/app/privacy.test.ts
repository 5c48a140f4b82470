import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, type Instant } from '#kernel/instant.ts';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { type BlankDeps, runPrivacyCli } from '#modules/privacy/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { timestamp } from '#platform/db/db.ts';
import type { PersonalRows } from '#platform/db/personal-rows.ts';
import { sql, sqlJoin, sqlName } from '#platform/db/sql.ts';
import { declaredPersonal } from './modules.ts';
import { testApp } from './testing/test-app.ts';

// Design rule 8: what is said of persons goes when its time is over, in every table, and nothing goes before.

const t = await testApp();
const { database, companyId, clock } = t;
const YEAR = 366 * DAY;
const BEGIN = clock.now;
const clerk = await t.actor('clerk');
const household = await t.household('city');
const other = await t.household('rural');
const SECRET = '王小二的话';
const PHONE = '15512348888';

const deps: BlankDeps = { database, activeHandbook: handbookLibrary().active, personal: declaredPersonal };

const openAgain = async () => ({ ...database, close: async () => {} });

/** As `dafuwu privacy …`; the connection stays the test's. */
async function cli(what: 'due' | 'blank'): Promise<ReadonlyMap<string, number>> {
  const { exitCode, out } = await runPrivacyCli([what], openAgain, () => deps);
  assert.equal(exitCode, 0);
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { table: string; rows: number });
  return new Map(lines.map(({ table, rows }) => [table, rows]));
}

/** A case with one row in everything that hangs on it, closed where `closed` says so. */
async function fullCase(householdId: string, closed: boolean): Promise<string> {
  const phone = PHONE;
  const intake = anIntake({ words: SECRET, contactName: '王小二', contactPhone: phone, householdId });
  const { caseId } = await t.must((tx) => acceptCase(tx, t.deps, clerk, intake));
  const hash = `hash-${caseId}`;
  const at = timestamp(clock.now);
  const { personId, unitId } = clerk;
  await database.run(sql`
    with content as (insert into file_contents (company_id, hash, bytes) values (${companyId}, ${hash}, '\\x01')),
    file as (insert into case_files (company_id, id, case_id, hash, kind, name, bytes, source, by_person_id, at)
      values (${companyId}, gen_random_uuid(), ${caseId}, ${hash}, 'png', ${SECRET}, 1, 'staff', ${personId}, ${at})),
    call as (insert into calls (company_id, id, phone, household_id, case_id, unit_id, person_id, state, rang_at, ended_at,
        mood, escalation_risk, recording_no, moved_at)
      values (${companyId}, gen_random_uuid(), ${phone}, ${householdId}, ${caseId}, ${unitId}, ${personId}, 'done', ${at},
        ${at}, 'calm', false, ${hash}, ${at})),
    visit as (insert into appointments (company_id, id, hall_id, day, from_minute, household_id, name, phone, state, booked_at,
        booked_by)
      values (${companyId}, gen_random_uuid(), ${unitId}, ${at}::timestamptz::date, 540, ${householdId}, ${SECRET}, ${phone},
        'booked', ${at}, ${personId})),
    draft as (insert into intake_drafts (company_id, id, person_id, unit_id, content, seq, created_at, saved_at)
      values (${companyId}, gen_random_uuid(), ${personId}, ${unitId},
        ${JSON.stringify({ words: SECRET, householdId })}, 1, ${at}, ${at})),
    shift as (insert into shift_handovers (company_id, id, unit_id, place, from_person_id, state, content, note, offered_at)
      values (${companyId}, gen_random_uuid(), ${unitId}, 'hall', ${personId}, 'withdrawn', '{}', ${SECRET}, ${at})),
    contact as (insert into household_contacts (company_id, id, household_id, role, name, phone)
      values (${companyId}, gen_random_uuid(), ${householdId}, 'relative', ${SECRET}, ${phone})),
    flag as (insert into household_flags (company_id, id, household_id, kind, evidence, evidence_note, consent, set_at,
        expires_at, ended_at, end_reason)
      values (${companyId}, gen_random_uuid(), ${householdId}, 'medical-device', 'visit', ${SECRET}, true, ${at}::timestamptz
        - interval '1 day', ${at}, ${at}, ${SECRET})),
    seen as (insert into household_reveals (company_id, id, household_id, person_id, reason, at)
      values (${companyId}, gen_random_uuid(), ${householdId}, ${personId}, ${SECRET}, ${at})),
    plan as (insert into planned_outages (company_id, id, no, seq, kind, stage, reason, work, from_at, until_at, traffic,
        drafted_by, drafted_at)
      values (${companyId}, ${caseId}, ${caseId}::text, 1, 'planned', 'need', 'maintenance', 'work', ${at}::timestamptz,
        ${at}::timestamptz + interval '1 hour', false, ${personId}, ${at})),
    told as (insert into planned_tellings (company_id, id, plan_id, round, cause, target, household_id, way, told_at, told_by,
        decision, decided_by, decided_at, decision_reason)
      values (${companyId}, gen_random_uuid(), ${caseId}, 1, 'notice', 'important', ${householdId}, 'sms', ${at}, ${personId},
        'in-person', ${personId}, ${at}, ${SECRET})),
    sender as (insert into sms_senders (company_id, id, phone, language, heard_at)
      values (${companyId}, gen_random_uuid(), ${phone}, 'zh', ${at})),
    door as (insert into outside_orders (company_id, id, door, number, content, content_hash, started_at, received_at, way,
        received_by, state, case_id, note)
      values (${companyId}, ${caseId}, '95598', ${hash}, ${JSON.stringify({ words: SECRET })}, 'h', ${at}, ${at}, 'paste',
        ${personId}, 'accepted', ${caseId}, ${SECRET}) returning id)
    insert into demo_messages (company_id, outbox_id, receiver, body)
    select ${companyId}, o.id, ${phone}, ${SECRET} from outbox o where o.case_id = ${caseId} and o.channel = 'sms'`);
  await database.run(sql`
    with said as (insert into outside_order_updates (company_id, id, outside_order_id, content, content_hash, at)
      values (${companyId}, gen_random_uuid(), ${caseId}, ${JSON.stringify({ words: SECRET })}, 'u', ${at})),
    replied as (insert into outside_replies (company_id, id, outside_order_id, round, fields, made_by, made_at, handed_at,
        handed_way, returned_at, return_reason)
      values (${companyId}, gen_random_uuid(), ${caseId}, 1, ${JSON.stringify({ result: SECRET })}, ${personId}, ${at}, ${at},
        'copy', ${at}, ${SECRET}))
    insert into outside_objections (company_id, id, outside_order_id, reason, words, evidence, raised_by, raised_at, state,
      answer, answered_at)
    values (${companyId}, gen_random_uuid(), ${caseId}, 'not-ours', ${SECRET}, ${SECRET}, ${personId}, ${at}, 'upheld',
      ${SECRET}, ${at})`);
  if (closed)
    await database.run(sql`update cases set state = 'closed', closed_at = ${at} where cases.id = ${caseId}`);
  return caseId;
}

const PER_CASE = declaredPersonal.filter(
  ({ table }) =>
    ![
      'customers',
      'household_search',
      'people',
      'sessions',
      'erasures',
      'crew_positions',
      'idempotency_keys',
    ].includes(table),
);

/** Tables in which the secret still stands. */
async function telling(rows: readonly PersonalRows[] = declaredPersonal): Promise<string[]> {
  const found: string[] = [];
  for (const { table, columns } of rows) {
    const says = Object.keys(columns).map(
      (column) => sql`t.${sqlName(column)}::text like ${`%${SECRET}%`}
      or t.${sqlName(column)}::text = ${PHONE}`,
    );
    const { n } = await database.one<{ n: number }>(sql`
      select count(*) as n from ${sqlName(table)} t where ${sqlJoin(says, ' or ')}`);
    if (n > 0) found.push(table);
  }
  return found.toSorted();
}

const going = async (what: 'due' | 'blank') => [...(await cli(what))].filter(([, rows]) => rows > 0);
const total = (counted: ReadonlyMap<string, number>) => [...counted.values()].reduce((a, b) => a + b, 0);
const at = (now: Instant) => {
  clock.now = now;
};

const closed = await fullCase(household, true);
const open = await fullCase(other, false);
const [figures] = await database.rows(sql`select count(*) as n from case_events`);

test('the test has something to say in every table that hangs on a case or a household', async () => {
  const wanted = PER_CASE.map((one) => one.table).filter((table) => table !== 'file_contents');
  assert.deepEqual(await telling(), wanted.toSorted());
});

test('nothing goes before its time: within the year only where crews were (six months) and what writes answered (one)', async () => {
  await database.run(sql`
    insert into idempotency_keys (company_id, actor_id, key, request_hash, answer, created_at)
    values (${companyId}, ${clerk.personId}, 'a-write-of-then', 'hash', 'v1.00000000.sealed', ${timestamp(BEGIN)})`);
  at(BEGIN + 27 * DAY);
  assert.deepEqual(await going('due'), []);
  at(BEGIN + YEAR - 10 * DAY);
  const due = await going('due');
  assert.deepEqual(
    due.map(([table]) => table),
    ['crew_positions', 'idempotency_keys'],
  );
  assert.deepEqual(await going('blank'), due);
  assert.deepEqual(await going('blank'), []);
});

test('after a year calls, appointments and drafts go; words of cases stay', async () => {
  at(BEGIN + YEAR + DAY);
  const due = await cli('due');
  const gone = await cli('blank');
  assert.deepEqual([...gone], [...due], 'the count is what goes');
  assert.equal(gone.get('calls'), 2);
  const left = await telling();
  for (const table of [
    'calls',
    'appointments',
    'intake_drafts',
    'demo_messages',
    'household_flags',
    'sms_senders',
  ])
    assert.ok(!left.includes(table), table);
  for (const table of ['case_texts', 'outside_orders', 'shift_handovers', 'household_contacts'])
    assert.ok(left.includes(table), table);
  assert.equal(total(await cli('blank')), 0, 'what has gone goes once');
});

test('five years after its end nothing of a case is told any more; an open one tells all; history and figures stay', async () => {
  at(BEGIN + 5 * YEAR + DAY);
  await cli('blank');
  const words = async (id: string) =>
    await database.rows(sql`select x.id from case_texts x where x.case_id = ${id} and x.body is not null`);
  assert.equal((await words(closed)).length, 0);
  assert.ok((await words(open)).length > 2);
  const parts = await database.one<{
    content: null;
    note: null;
    fields: null;
    words: string;
    hash: null;
  }>(sql`
    select o.content, o.note, r.fields, j.words, f.hash from outside_orders o
    join outside_replies r on r.outside_order_id = o.id join outside_objections j on j.outside_order_id = o.id
    join case_files f on f.case_id = o.case_id where o.id = ${closed}`);
  assert.deepEqual(parts, { content: null, note: null, fields: null, words: '—', hash: null });
  const contents = await database.rows<{ hash: string }>(sql`select f.hash from file_contents f`);
  assert.deepEqual(contents, [{ hash: `hash-${open}` }]);
  assert.deepEqual(await database.rows(sql`select count(*) as n from case_events`), [figures]);
  const client = await t.signIn('clerk');
  const page = await client.get(`/api/cases/${closed}`);
  assert.equal(page.statusCode, 200);
  assert.ok(!page.body.includes(SECRET));
  const audited = await database.rows(sql`
    select a.id from audit_entries a where a.action = 'privacy.blanked' and a.object_id = 'case_texts'`);
  assert.equal(audited.length, 1);
});

test('whoever has no account any more is found and named no more after five years', async () => {
  await database.run(
    sql`update households set closed_on = ${timestamp(BEGIN)}::timestamptz::date where households.id = ${household}`,
  );
  await cli('blank');
  const gone = await database.one<{ name: string; phone: null; found: number; contacts: number }>(sql`
    select c.name, c.phone, (select count(*) from household_search s where s.household_id = h.id) as found,
      (select count(*) from household_contacts k where k.household_id = h.id) as contacts
    from households h join customers c on c.id = h.customer_id where h.id = ${household}`);
  assert.deepEqual(gone, { name: '—', phone: null, found: 0, contacts: 0 });
});

test('a customer asks: what is over goes now, what is at work when it ends, the contract stays, reports on staff stay', async () => {
  const before = await database.one<{ name: string }>(sql`
    select c.name from households h join customers c on c.id = h.customer_id where h.id = ${other}`);
  const done = await fullCase(other, true);
  const report = await t.must((tx) =>
    acceptCase(tx, t.deps, clerk, anIntake({ process: 'report', words: SECRET, householdId: other })),
  );
  const control = await t.signIn('control-officer');
  const lead = await t.signIn('station-lead');
  const path = `/api/privacy/households/${other}/erase`;
  assert.equal((await lead.post(path, { reason: '客户书面申请' })).statusCode, 403);
  const answer = await control.post(path, { reason: '客户书面申请' });
  assert.deepEqual([answer.statusCode, answer.json()], [200, { erased: true }]);
  // Two who ask at one moment, as after a double click: the clock of this test stands.
  assert.equal((await control.post(path, { reason: '客户书面申请' })).statusCode, 200);
  const words = async (id: string) =>
    (await database.rows(sql`select x.id from case_texts x where x.case_id = ${id} and x.body is not null`))
      .length;
  assert.equal(await words(done), 0);
  assert.ok((await words(open)) > 0);
  assert.ok((await words(report.caseId)) > 0);
  const customer = await database.one(sql`
    select c.name from households h join customers c on c.id = h.customer_id where h.id = ${other}`);
  assert.deepEqual(customer, before);

  for (const id of [open, report.caseId])
    await database.run(
      sql`update cases set state = 'closed', closed_at = ${timestamp(clock.now)} where cases.id = ${id}`,
    );
  await cli('blank');
  assert.equal(await words(open), 0);
  assert.ok((await words(report.caseId)) > 0, 'evidence of misconduct is kept until its time is over');
  const view = (await control.get('/api/privacy')).json();
  assert.equal(view.erasures[0].reason, '客户书面申请');
  assert.ok(
    view.kept.some(
      (one: { limitId: string; value: number }) => one.limitId === 'R103-case' && one.value === 5,
    ),
  );
  const audited = await database.rows(
    sql`select a.id from audit_entries a where a.action = 'privacy.erased'`,
  );
  assert.equal(audited.length, 2);
});

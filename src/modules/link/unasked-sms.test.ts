import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { checkHandbook, readHandbookFolder } from '#modules/process/index.ts';
import { outageCounty } from '#modules/outage/testing/outage-county.ts';
import { sql } from '#platform/db/sql.ts';
import { readSms } from './domain/index.ts';
import { readUnasked, takeUnasked } from './unasked-sms.ts';

const { handbook } = checkHandbook(await readHandbookFolder('handbook'));
const words = handbook?.doors.sms;
assert.ok(words !== undefined);

test('the words of our handbook: a danger first, then missing supply, and what only sounds like it is neither', () => {
  const read = (text: string) => {
    const found = readSms(text, words);
    return found === undefined
      ? 'nothing'
      : found.kind === 'hazard'
        ? found.hazard
        : found.insist
          ? 'insists'
          : 'dark';
  };
  const said: Readonly<Record<string, readonly string[]>> = {
    dark: [
      '停电了',
      '家里没电！',
      '咋又停电了',
      '全村都没有电',
      '漏电保护器跳闸了',
      '还没来电',
      '手机没电了，家里也没电',
      'No power here',
    ],
    insists: ['报修', '停电，报修', 'Repair'],
    'line-down': ['电线掉路上了', '村口断线了，没电'],
    pole: ['电线杆歪了'],
    shock: ['有人触电，停电了', '洗衣机漏电'],
    fire: ['变压器冒火了', '电表着火', 'Sparks on the pole line'],
    nothing: [
      '1',
      'TD',
      '没停电',
      '什么时候停电',
      '明天停电吗',
      '停电费怎么交',
      '手机没电了',
      '经常停电要投诉',
      '上次停电赔偿的事怎么样了',
      '谢谢',
      '几点来人',
      '没电话打来',
    ],
  };
  for (const [what, texts] of Object.entries(said))
    for (const text of texts) assert.equal(read(text), what, text);
  const placed = readSms('停电 大水泊镇山后王家12号', words);
  assert.deepEqual([placed?.rest, placed?.digits], ['大水泊镇山后王家12号', null]);
  assert.equal(readSms('停电了 ４３２１', words)?.digits, '4321');
  assert.equal(readSms('停电 打13800001111', words)?.digits, null, 'a phone is no account');
});

const t = await outageCounty();
const [area, other] = await t.transformers(10);
assert.ok(area !== undefined && other !== undefined);
/** A household that nobody has reported for and that no outage is above. */
async function quiet(): Promise<string> {
  const { id } = await t.database.one<{ id: string }>(sql`
    select s.household_id as id from network_supplies s
    where s.until is null and not exists (select 1 from cases c where c.household_id = s.household_id)
      and not exists (select 1 from network_supplies o where o.household_id = s.household_id and o.meter_id <> s.meter_id)
      and not exists (select 1 from outage_incidents i where i.state <> 'closed' and i.places && array[s.transformer_id, s.device_id])
    order by s.household_id limit 1 offset ${(taken += 1)}`);
  return id;
}
let taken = 0;
let phones = 15_500_001_000;

/** A household whose customer has a number of his own. */
async function phoneOf(householdId: string, phone = String(++phones)) {
  await t.database.run(sql`
    update customers set phone = ${phone} from households h where h.id = ${householdId} and customers.id = h.customer_id`);
  await t.database.run(sql`update household_search set phone = ${phone} where household_id = ${householdId}`);
  return phone;
}

async function sms(from: string, text: string) {
  const unasked = await readUnasked(t.database, t.deps, { from, text });
  if (unasked === undefined) return 'nothing';
  const heard = await t.must((tx) => takeUnasked(tx, t.deps, unasked));
  return heard.what;
}

async function casesOf(phone: string) {
  return await t.database.rows<{ householdId: string | null; process: string; channel: string }>(sql`
    select c.household_id as "householdId", c.process, c.channel from cases c
    join case_texts x on x.case_id = c.id and x.kind = 'contact-phone' and x.body = ${phone} order by c.accepted_at, c.id`);
}

async function told(phone: string) {
  const rows = await t.database.rows<{ template: string }>(sql`
    select o.template from outbox o left join sms_senders s on s.id = o.sender_id
    left join case_texts x on x.case_id = o.case_id and x.kind = 'contact-phone'
    where coalesce(s.phone, x.body) = ${phone} and starts_with(o.template, 'sms-') order by o.created_at, o.id`);
  return rows.map(({ template }) => template);
}

test('"停电了" from a customer is a case and an answer at once; said again it is the same one', async () => {
  const [household = ''] = other.households;
  const phone = await phoneOf(household);
  assert.equal(await sms(`+86${phone}`, '停电了'), 'reported');
  assert.equal(await sms(phone, '怎么还没来电'), 'added');
  t.clock.advance(2 * MINUTE);
  assert.equal(await sms(phone, '停电！！'), 'added');
  const made = { householdId: household, process: 'repair-low', channel: 'sms' };
  assert.deepEqual(await casesOf(phone), [made]);
  assert.deepEqual(await told(phone), ['sms-taken', 'sms-again'], 'told once each');
  await t.turn();
  const heard = await t.database.rows(
    sql`select r.source from outage_reports r where r.household_id = ${household}`,
  );
  assert.deepEqual(heard, [{ source: 'sms' }], 'and evidence once');
});

test('a household in a known outage is answered with it, counts as one more voice once, and may insist', async () => {
  for (const household of area.households.slice(0, 6)) await t.ring(household);
  await t.turn();
  await t.turn();
  const neighbour = area.households[9] ?? '';
  const phone = await phoneOf(neighbour);
  assert.equal(await sms(phone, '没电了'), 'sms-known');
  assert.equal(await sms(phone, '没电了，快点'), 'sms-known');
  assert.deepEqual(await told(phone), ['sms-known'], 'the same answer is sent once');
  t.clock.advance(HOUR);
  await sms(phone, '还没来电');
  assert.equal((await told(phone)).length, 2, 'with new news he hears it');
  const voices = await t.database.rows(
    sql`select r.says from outage_reports r where r.household_id = ${neighbour}`,
  );
  assert.deepEqual(voices, [{ says: 'off' }], 'once for each outage');
  assert.deepEqual(await casesOf(phone), []);
  assert.equal(await sms(phone, '报修'), 'reported');
  assert.equal((await casesOf(phone)).length, 1);
});

test('words that may be for the case we are talking about stand there as well', async () => {
  const household = await quiet();
  const phone = await phoneOf(household);
  const clerk = await t.actor('clerk');
  const { caseId } = await t.must((tx) =>
    acceptCase(
      tx,
      t.deps,
      clerk,
      anIntake({ process: 'other-request', householdId: household, contactPhone: phone }),
    ),
  );
  const unasked = await readUnasked(t.database, t.deps, { from: phone, text: '还有，家里又停电了' });
  assert.ok(unasked !== undefined);
  const heard = await t.must((tx) => takeUnasked(tx, t.deps, { ...unasked, lastCaseId: caseId }));
  assert.equal(heard.what, 'reported');
  const kept = await t.database.rows(sql`
    select x.body from case_texts x where x.case_id = ${caseId} and x.field = 'customer.sms'`);
  assert.deepEqual(kept, [{ body: '还有，家里又停电了' }]);
});

test('a danger goes before everything, from whomever; one number that says it again makes no second order', async () => {
  const phone = '15577770000';
  assert.equal(await sms(phone, '村口电线掉地上了，停电'), 'hazard');
  assert.equal(await sms(phone, '电线掉了还在冒火花！'), 'added');
  const [danger, ...others] = await t.database.rows<{ hazard: string; orderId: string }>(sql`
    select i.hazard, i.order_id as "orderId" from outage_incidents i where i.hazard is not null`);
  assert.deepEqual([danger?.hazard, others.length], ['line-down', 0]);
  const open = await t.database.rows<{ step: string }>(sql`
    select t.step from tasks t where t.order_id = ${danger?.orderId ?? ''} and t.state = 'open' and t.case_id is null`);
  assert.deepEqual(open, [{ step: 'dispatch' }], 'it is judged and waits for nothing but who goes');
  assert.ok((await told(phone)).includes('sms-hazard'));
});

test('a stranger is told how to name the place, and taken by the village or the account that he names', async () => {
  const stranger = '15588880000';
  assert.equal(await sms(stranger, '停电了'), 'sms-how');
  assert.equal(await sms(stranger, '停电了啊'), 'sms-how');
  assert.deepEqual(await told(stranger), ['sms-how'], 'two programs that answer each other come to an end');
  assert.deepEqual(await casesOf(stranger), []);
  const village = await t.database.one<{ name: string }>(sql`
    select a.town_name || a.name as name from service_areas a where a.company_id = ${t.companyId}
      and not exists (select 1 from service_areas b where b.company_id = a.company_id and b.division_code <> a.division_code
        and position(regexp_replace(b.name, '(村|社区|居委会|村委会|居民委员会|村民委员会)$', '') in a.town_name || a.name) > 0)
    order by a.division_code limit 1`);
  assert.equal(await sms(stranger, `停电 ${village.name}东头第三家`), 'reported');
  const [placed, ...more] = await casesOf(stranger);
  assert.deepEqual([placed?.householdId, more.length], [null, 0]);
  const named = await quiet();
  const { no } = await accountOf(named);
  assert.equal(await sms('15588880001', `停电 ${no}`), 'reported');
  assert.deepEqual(
    (await casesOf('15588880001')).map(({ householdId }) => householdId),
    [named],
  );
});

test('who has several houses says which by the end of its account', async () => {
  const [a, b] = [await quiet(), await quiet()];
  const phone = await phoneOf(a);
  await phoneOf(b, phone);
  assert.equal(await sms(phone, '停电'), 'sms-which');
  assert.deepEqual(await casesOf(phone), []);
  assert.equal(await sms(phone, `停电${(await accountOf(b)).no.slice(-6)}`), 'reported');
  assert.deepEqual(
    (await casesOf(phone)).map(({ householdId }) => householdId),
    [b],
  );
});

async function accountOf(householdId: string) {
  return await t.database.one<{ no: string }>(sql`
    select h.account_no as no from households h where h.id = ${householdId}`);
}

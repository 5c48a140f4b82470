import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR } from '#kernel/instant.ts';
import { sql } from '#platform/db/sql.ts';
import { approvePlan, recordAnswer, recordAuthority, submitPlan } from './planned-commands.ts';
import { changeDevices, computePlan } from './planned-draft.ts';
import { announcePlan } from './planned-notices.ts';
import { startPlan } from './planned-run.ts';
import { decideTelling, recordTelling } from './planned-tellings.ts';
import { announced, plannedCounty } from './testing/planned-county.ts';

type County = Awaited<ReturnType<typeof plannedCounty>>;

/** A household of two supplies, with the transformer of each; and another transformer, whose households have one. */
async function twoSupplies(t: County) {
  const rows = await t.database.rows<{ household: string; transformer: string }>(sql`
    select s.household_id as household, s.transformer_id as transformer from network_supplies s
    where s.company_id = ${t.companyId} and s.household_id in (
      select o.household_id from network_supplies o where o.company_id = ${t.companyId}
      group by o.household_id having count(*) > 1) order by s.household_id, s.transformer_id`);
  const [first, second] = rows;
  assert.ok(first !== undefined && second !== undefined && first.household === second.household);
  const { other } = await t.database.one<{ other: string }>(sql`
    select s.transformer_id as other from network_supplies s join households h on h.id = s.household_id
    join customers c on c.id = h.customer_id and c.phone is not null
    where s.company_id = ${t.companyId} and s.transformer_id not in (${first.transformer}, ${second.transformer})
    group by s.transformer_id order by count(*) desc, s.transformer_id limit 1`);
  return { household: first.household, first: first.transformer, second: second.transformer, other };
}

/** The second supply of the household is taken away: the grid is not what was counted. */
async function loseSecond(t: County, { household, second }: Awaited<ReturnType<typeof twoSupplies>>) {
  await t.database.run(sql`
    update network_supplies set until = ${new Date(t.clock.now).toISOString()}::timestamptz
    where network_supplies.household_id = ${household} and network_supplies.transformer_id = ${second}`);
}

async function agreeAndSubmit(t: County, id: string) {
  await t.askAll(id);
  for (const { householdId } of (await t.view(id)).consultations)
    await t.must((tx) => recordAnswer(tx, t.planner, { planId: id, householdId, answer: 'agrees' }));
  await t.must(async (tx) =>
    submitPlan(tx, t.deps, t.planner, { id, seq: await t.seqOf(id), meeting: false }),
  );
}

async function approved(t: County, deviceIds: readonly string[]) {
  const { id } = await t.draft({ deviceIds: [...deviceIds] });
  await agreeAndSubmit(t, id);
  await t.must(async (tx) =>
    approvePlan(tx, t.deps, t.head, { id, seq: await t.seqOf(id), way: 'approval', override: null }),
  );
  return id;
}

const step =
  (t: County, id: string) =>
  async (command: typeof announcePlan, actor = t.planner) =>
    await t.code(async (tx) => command(tx, t.deps, actor, { id, seq: await t.seqOf(id) }));

/** An important one, told by SMS; `fail`: the message did not arrive. */
async function failedTelling(t: County, id: string) {
  const { telling } = await t.database.one<{ telling: string }>(sql`
    update outbox set state = 'failed' where outbox.key = (
      select 'planned:' || w.id from planned_tellings w where w.plan_id = ${id} and w.target = 'important' and w.way = 'sms'
      order by w.id limit 1)
    returning substr(outbox.key, 9) as telling`);
  await t.database.run(sql`
    update planned_tellings set receipt_at = null, receipt_by = null where planned_tellings.id = ${telling}`);
  return telling;
}

/** An outage announced to key accounts with a telephone, one of whom the message did not reach. */
async function announcedInVain(t: County) {
  await t.database.run(sql`
    update households set key_account = true where households.id in (
      select h.id from households h join customers c on c.id = h.customer_id and c.phone is not null
      where h.company_id = ${t.companyId} order by h.id limit 4)`);
  const id = await announced(t);
  return { id, telling: await failedTelling(t, id) };
}

test('a message that did not reach somebody who depends on supply stops the start until he is told or it is decided', async () => {
  const t = await plannedCounty();
  const { id, telling } = await announcedInVain(t);
  t.clock.advance(20 * DAY);
  const start = async () => await step(t, id)(startPlan, t.dispatcher);
  assert.equal(await start(), 'planned.unreached');
  const seen = await t.view(id);
  assert.deepEqual(
    seen.byHand.filter(({ open }) => open).map((one) => [one.id, one.message]),
    [[telling, 'failed']],
  );
  assert.deepEqual([seen.mayTell, seen.mayGoOn], [true, true]);
  const decide = async (which: string, decision: 'in-person' | 'go-on') =>
    await t.code((tx) => decideTelling(tx, t.deputy, { id: which, decision, reason: '上门告知其女儿' }));
  const { other } = await t.database.one<{ other: string }>(sql`
    select w.id as other from planned_tellings w where w.plan_id = ${id} and w.id <> ${telling} and w.target = 'important' limit 1`);
  assert.equal(await decide(other, 'go-on'), 'planned.nothing-to-decide');
  assert.equal(await decide(telling, 'in-person'), 'done');
  assert.equal(await decide(telling, 'go-on'), 'planned.decided-already');
  const [shown] = (await t.view(id)).byHand.filter((one) => one.id === telling);
  assert.deepEqual(
    [shown?.open, shown?.decision, shown?.decisionReason],
    [false, 'in-person', '上门告知其女儿'],
  );
  assert.equal(await start(), 'done');
});

test('a receipt of whom the message did not reach settles it as well', async () => {
  const t = await plannedCounty();
  const { id, telling } = await announcedInVain(t);
  t.clock.advance(20 * DAY);
  assert.equal(await step(t, id)(startPlan, t.dispatcher), 'planned.unreached');
  await t.must((tx) => recordTelling(tx, t.planner, { id: telling, receipt: true }));
  assert.equal(await step(t, id)(startPlan, t.dispatcher), 'done');
});

test('the grid changed after the count: nothing is announced; counted anew the approval is taken back, for it did not know of them', async () => {
  const t = await plannedCounty();
  const two = await twoSupplies(t);
  const id = await approved(t, [two.first, two.other]);
  await loseSecond(t, two);
  assert.equal(await step(t, id)(announcePlan), 'planned.grid-changed');
  assert.equal(await step(t, id)(computePlan), 'done');
  const back = await t.view(id);
  const asked = back.consultations.length > 0;
  assert.deepEqual([back.stage, back.approvedBy, back.keeping], [asked ? 'consulting' : 'need', null, 0]);
  const counted = back.events.findLast(({ type }) => type === 'computed');
  assert.deepEqual([counted?.data['added'], counted?.data['back']], [1, true]);
  await agreeAndSubmit(t, id);
  assert.equal((await t.view(id)).stage, 'deciding');
});

test('the grid changed after the notice: nobody is cut off untold; a count anew tells who came to it and who is out of it', async () => {
  const t = await plannedCounty();
  const two = await twoSupplies(t);
  const id = await announced(t, { deviceIds: [two.first, two.other] });
  await loseSecond(t, two);
  const { gone } = await t.database.one<{ gone: string }>(sql`
    update households set closed_on = '2026-11-01' where households.id = (
      select a.household_id from planned_households a join households h on h.id = a.household_id
      join customers c on c.id = h.customer_id and c.phone is not null
      where a.plan_id = ${id} and not a.keeps_supply order by a.household_id limit 1)
    returning households.id as gone`);
  const before = new Set(
    (
      await t.database.rows<{ id: string }>(sql`select w.id from planned_tellings w where w.plan_id = ${id}`)
    ).map((one) => one.id),
  );
  t.clock.advance(DAY);
  assert.equal(await step(t, id)(computePlan), 'done');
  const told = await t.database.rows<{ id: string; household: string | null; cause: string }>(sql`
    select w.id, w.household_id as household, w.cause from planned_tellings w where w.plan_id = ${id} order by w.cause`);
  assert.deepEqual(
    told
      .filter((one) => !before.has(one.id) && one.household !== null)
      .map((one) => [one.household, one.cause]),
    [
      [gone, 'cancelled'],
      [two.household, 'notice'],
    ],
  );
  const after = await t.view(id);
  assert.deepEqual([after.stage, after.keeping], ['announced', 0]);
});

test('whom the count did not know of is not cut off: the start is refused until it is counted anew', async () => {
  const t = await plannedCounty();
  const two = await twoSupplies(t);
  const id = await announced(t, { deviceIds: [two.first, two.other] });
  t.clock.advance(20 * DAY);
  await loseSecond(t, two);
  assert.equal(await step(t, id)(startPlan, t.dispatcher), 'planned.grid-changed');
  assert.equal(await step(t, id)(computePlan), 'done');
  // He is told now, and that is later than the law has it: another time is announced.
  assert.equal(await step(t, id)(startPlan, t.dispatcher), 'planned.told-late');
});

test('other devices before the notice: counted anew, decided anew, and the paper of the department is void', async () => {
  const t = await plannedCounty();
  const two = await twoSupplies(t);
  const { id } = await t.draft({ deviceIds: [two.first] });
  const paper = async () =>
    await t.code(async (tx) =>
      recordAuthority(tx, t.deps, t.planner, {
        id,
        seq: await t.seqOf(id),
        reference: '文发改电〔2026〕17 号',
      }),
    );
  assert.equal(await paper(), 'done');
  assert.equal((await t.view(id)).authorityRef, '文发改电〔2026〕17 号');
  const before = (await t.view(id)).households;
  const change = async () =>
    await t.code(async (tx) =>
      changeDevices(tx, t.deps, t.planner, {
        id,
        seq: await t.seqOf(id),
        deviceIds: [two.first, two.second],
      }),
    );
  assert.equal(await change(), 'done');
  const changed = await t.view(id);
  assert.ok(changed.households > before);
  assert.deepEqual([changed.devices.length, changed.authorityRef, changed.keeping], [2, null, 0]);
  const other = await announced(t, { from: t.clock.now + 20 * DAY + HOUR });
  const late = async () =>
    await t.code(async (tx) =>
      changeDevices(tx, t.deps, t.planner, { id: other, seq: await t.seqOf(other), deviceIds: [two.first] }),
    );
  assert.equal(await late(), 'planned.wrong-stage');
});

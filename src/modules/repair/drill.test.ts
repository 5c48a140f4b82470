import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { acceptCase, dayStart } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { answerInject, beginDrill, cancelDrill, endDrill, giveInject, planDrill } from './drill-commands.ts';
import { addFinding, checkFinding, closeFinding } from './drill-findings.ts';
import { remindFindings } from './drill-jobs.ts';
import { drillView, listDrills } from './drill-reads.ts';
import { morningReport } from './five-ones-report.ts';

const county = await smallCounty();
const { database, deps, must, companyId } = county;
const control = await county.actor('control-officer');
const dispatcher = await county.actor('dispatcher');
const lead = await county.actor('mv-lead');
const call = await county.actor('call-taker');
const unit = async (code: string) =>
  (await database.one<{ id: string }>(sql`select u.id from units u where u.code = ${code}`)).id;
const [repairCentre, dispatchCentre] = [await unit('repair-centre'), await unit('dispatch')];

async function view(id: string) {
  const version = await deps.activeHandbook(database, companyId);
  const found = await drillView(database, { ...control, mayRun: true }, version, id);
  assert.ok(found);
  return found;
}

async function planned() {
  const { id } = await must((tx) =>
    planDrill(tx, deps, control, {
      title: '台风后全镇停电联合演练',
      scene: '台风过境，米山镇两条线路停电，镇政府、消防、医院参加',
      plannedAt: county.clock.now + DAY,
      unitIds: [repairCentre, dispatchCentre],
      bodies: ['米山镇政府', '区消防救援大队'],
      injects: [
        { afterMinutes: 0, words: '镇政府要求通报停电范围' },
        {
          afterMinutes: 5,
          words: '变压器冒烟，半个镇没电',
          report: { process: 'repair-medium', place: '米山镇政府东', area: 'rural' },
        },
      ],
    }),
  );
  return id;
}

async function figures() {
  const version = await deps.activeHandbook(database, companyId);
  assert.ok(version);
  const { now } = county.clock;
  const ones = await morningReport(database, control, version, { from: dayStart(now), now });
  const { n } = await database.one<{ n: number }>(
    sql`select count(*) as n from outbox o where o.case_id is not null`,
  );
  return { faults: ones.faults.length, messages: n };
}

test('an injected report goes the way of every report, says in its number that it is an exercise, and is counted nowhere', async () => {
  const householdId = await county.household('rural');
  await must((tx) =>
    acceptCase(tx, deps, call, anIntake({ process: 'repair-low', channel: 'phone', householdId })),
  );
  const before = await figures();
  assert.deepEqual(before.faults, 1);
  const id = await planned();
  const [message, report] = (await view(id)).injects;
  assert.ok(message && report);
  const early = await transact(database, (tx) => giveInject(tx, deps, control, report.id));
  assert.deepEqual(early, { refused: 'drill.not-running' });
  county.clock.advance(DAY);
  await must((tx) => beginDrill(tx, control, id));
  await must((tx) => giveInject(tx, deps, control, message.id));
  const given = await must((tx) => giveInject(tx, deps, control, report.id));
  const twice = await transact(database, (tx) => giveInject(tx, deps, control, report.id));
  assert.deepEqual(twice, { refused: 'drill.given-already' });
  assert.ok(given.caseId);
  const { caseId } = given;
  const order = await database.one<{ id: string; no: string }>(sql`
    select l.order_id as id, c.no from case_orders l join cases c on c.id = l.case_id where l.case_id = ${caseId}`);
  assert.match(order.no, /^演练\d{11}$/);
  const atWork = await database.rows(sql`
    select t.step from tasks t where t.order_id = ${order.id} and t.state = 'open'`);
  assert.deepEqual(atWork, [{ step: 'judge' }], 'the desk has it');

  county.clock.advance(3 * MINUTE);
  await must((tx) => answerInject(tx, control, message.id));
  await doStep(county, order.id, dispatcher, 'judge');
  await doStep(county, order.id, dispatcher, 'dispatch');
  county.clock.advance(20 * MINUTE);
  await doStep(county, order.id, lead, 'accept');
  await doStep(county, order.id, lead, 'arrive');
  const [first, second] = (await view(id)).injects;
  assert.deepEqual([first?.reaction, first?.arrival], [3, null]);
  assert.deepEqual(
    [second?.no, second?.reaction, second?.arrival, second?.restoration],
    [order.no, 3, 23, null],
  );

  const after = await figures();
  assert.deepEqual(after, { faults: 0, messages: before.messages }, 'the real fault is of yesterday');
});

test('it ends with every case of it, with who came; findings have an owner and a day, and are followed until closed', async () => {
  const [line] = await listDrills(database, companyId);
  assert.ok(line);
  const { id } = line;
  const parties = (await view(id)).parties;
  const came = parties.filter((one) => one.name !== '区消防救援大队').map((one) => one.id);
  const ended = await must((tx) => endDrill(tx, deps, control, { id, came }));
  assert.deepEqual(ended, { ended: 1 });
  const open = await database.rows(sql`select 1 from cases c where c.drill_id = ${id} and c.state = 'open'`);
  assert.deepEqual(open, []);
  const done = await view(id);
  assert.deepEqual(
    done.parties.filter((one) => one.came === false).map((one) => [one.name, one.outside]),
    [['区消防救援大队', true]],
  );

  const found = {
    drillId: id,
    words: '应急发电车接口不配',
    unitId: repairCentre,
    ownerId: dispatcher.personId,
    dueAt: county.clock.now + 7 * DAY,
  };
  const past = await transact(database, (tx) =>
    addFinding(tx, control, { ...found, dueAt: county.clock.now }),
  );
  assert.deepEqual(past, { refused: 'drill.past' });
  const finding = await must((tx) => addFinding(tx, control, found));
  assert.equal((await listDrills(database, companyId))[0]?.findingsOpen, 1);
  const close = (actor: typeof control, mayRun: boolean) =>
    transact(database, (tx) => closeFinding(tx, actor, { id: finding.id, words: '已换接口并试接', mayRun }));
  assert.deepEqual(await close(call, false), { refused: 'drill.not-yours' });
  const elsewhere = await transact(database, (tx) =>
    addFinding(tx, control, { ...found, ownerId: call.personId }),
  );
  assert.deepEqual(elsewhere, { refused: 'drill.owner-elsewhere' });
  const check = (actor: typeof control, body: Omit<Parameters<typeof checkFinding>[2], 'id'>) =>
    transact(database, (tx) => checkFinding(tx, actor, { ...body, id: finding.id }));
  assert.deepEqual(await check(control, { holds: true }), { refused: 'drill.finding-open' });
  county.clock.advance(HOUR);
  assert.equal(isRefusal(await close(dispatcher, false)), false);
  assert.deepEqual(await close(dispatcher, false), { refused: 'drill.finding-closed' });
  const counts = async () => {
    const [one] = await listDrills(database, companyId);
    return [one?.state, one?.findings, one?.findingsOpen, one?.findingsUnchecked];
  };
  assert.deepEqual(await counts(), ['done', 1, 0, 1]);

  assert.deepEqual(await check(dispatcher, { holds: true }), { refused: 'drill.own-check' });
  assert.deepEqual(await check(control, { holds: false }), { refused: 'drill.again-missing' });
  const again = { words: '接口松动', dueAt: county.clock.now + 5 * DAY };
  assert.deepEqual(await check(control, { holds: false, again }), { checked: false });
  assert.deepEqual(await counts(), ['done', 1, 1, 0]);
  assert.equal((await view(id)).findings[0]?.timesReopened, 1);
  assert.equal(isRefusal(await close(dispatcher, false)), false);
  assert.deepEqual(await check(control, { holds: true }), { checked: true });
  assert.deepEqual(await counts(), ['done', 1, 0, 0]);
  const [done2] = (await view(id)).findings;
  assert.deepEqual([done2?.mayClose, done2?.mayCheck, done2?.owner !== null], [false, false, true]);
});

test('a finding is called to mind before its day, again and again after it, and no more once it was checked', async () => {
  const [line] = await listDrills(database, companyId);
  assert.ok(line);
  const dueAt = county.clock.now + 7 * DAY;
  const finding = await must((tx) =>
    addFinding(tx, control, {
      drillId: line.id,
      words: '对讲机频道不统一',
      unitId: repairCentre,
      ownerId: dispatcher.personId,
      dueAt,
    }),
  );
  const said = async () => {
    await must(async (tx) => {
      await remindFindings(tx, companyId, { before: 3, lateEvery: 2 });
      return {};
    });
    const rows = await database.rows<{ template: string; owner: boolean; n: number }>(sql`
      select n.template, n.person_id = ${dispatcher.personId} as owner, count(*) as n from outbox n
      where n.key like ${`drill-finding:${finding.id}:%`} and n.template <> 'drill-finding' group by 1, 2 order by 1, 2`);
    return rows.map((one) => [one.template, one.owner, one.n]);
  };
  assert.deepEqual(await said(), []);
  county.clock.advance(5 * DAY);
  assert.deepEqual(await said(), [['drill-soon', true, 1]]);
  assert.deepEqual(await said(), [['drill-soon', true, 1]], 'said once');
  county.clock.advance(3 * DAY);
  const late = await said();
  assert.ok(late.some(([template, owner]) => template === 'drill-late' && owner === true));
  assert.ok(
    late.some(([template, owner]) => template === 'drill-late' && owner === false),
    'and the heads',
  );
  county.clock.advance(2 * DAY);
  const owners = (await said()).find(([template, owner]) => template === 'drill-late' && owner === true);
  assert.equal(owners?.[2], 2);
  await must((tx) => closeFinding(tx, dispatcher, { id: finding.id, words: '已统一频道', mayRun: false }));
  await must((tx) => checkFinding(tx, control, { id: finding.id, holds: true }));
  const before = await said();
  county.clock.advance(10 * DAY);
  assert.deepEqual(await said(), before);
});

async function heard(template: string): Promise<readonly string[]> {
  const rows = await database.rows<{ to: string }>(sql`
    select n.person_id as to from outbox n where n.template = ${template} order by n.key`);
  return rows.map((row) => row.to);
}

test('who takes part hears that it is planned, begins or is called off; what was called off does not begin', async () => {
  const before = (await heard('drill-planned')).length;
  const id = await planned();
  const told = (await heard('drill-planned')).slice(before);
  assert.ok(told.length > 0 && !told.includes(control.personId));
  await must((tx) => cancelDrill(tx, control, id));
  assert.equal((await view(id)).state, 'cancelled');
  assert.deepEqual((await heard('drill-cancelled')).toSorted(), told.toSorted());
  const late = [
    await transact(database, (tx) => beginDrill(tx, control, id)),
    await transact(database, (tx) => cancelDrill(tx, control, id)),
  ];
  assert.deepEqual(
    late.map((no) => isRefusal(no) && no.refused),
    ['drill.not-planned', 'drill.not-planned'],
  );
  const begun = (await heard('drill-begun')).length;
  const other = await planned();
  await must((tx) => beginDrill(tx, control, other));
  assert.equal((await heard('drill-begun')).length, begun + told.length);
});

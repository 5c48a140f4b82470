import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { acceptCase, dayStart, joinDemand } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { morningReport } from './five-ones-report.ts';

const county = await smallCounty();
const { database, deps, must } = county;
const call = await county.actor('call-taker');
const dispatcher = await county.actor('dispatcher');
const crew = await county.actor('repair-lead');
const worker = await county.actor('repair-worker');
const control = await county.actor('control-officer');
const households = await database.rows<{ id: string }>(sql`
  select h.id from households h join units u on u.company_id = h.company_id and u.id = h.station_id
  join premises p on p.company_id = h.company_id and p.id = h.premises_id
  where u.code = 'station-05' and p.area_class = 'rural' order by h.account_no limit 4`);
const STEPS = [
  ['judge', dispatcher],
  ['dispatch', dispatcher],
  ['accept', crew],
  ['arrive', crew],
  ['survey', worker],
  ['safe', crew],
  ['fix', worker],
  ['restore', crew],
] as const;

/** Reports a fault and walks it to the step named, ten minutes a step. */
async function fault(household: number, until: (typeof STEPS)[number][0] | null) {
  const householdId = households[household]?.id ?? '';
  const accepted = await must((tx) =>
    acceptCase(tx, deps, call, anIntake({ process: 'repair-low', channel: 'phone', householdId })),
  );
  const { orderId, caseId } = accepted;
  assert.ok(orderId);
  for (const [step, actor] of STEPS) {
    if (until === null) break;
    county.clock.advance(10 * MINUTE);
    await doStep(county, orderId, actor, step);
    if (step === until) break;
  }
  return { orderId, caseId };
}

async function report(reader = control, daysBack = 0) {
  const version = await deps.activeHandbook(database, county.companyId);
  assert.ok(version);
  const { now } = county.clock;
  return await morningReport(database, reader, version, { from: dayStart(now) - daysBack * DAY, now });
}

test('a fault is judged by its record: kept, still running, or broken with its reason; each line opens its case', async () => {
  const kept = await fault(0, 'restore');
  const running = await fault(1, 'arrive');
  const again = await fault(2, 'accept');
  await must((tx) => joinDemand(tx, call, { caseId: again.caseId, words: '还没来电', channel: 'phone' }));
  const { faults, reasons, arrivals, restorations } = await report();
  const states = new Map(faults.map((one) => [one.caseId, one.state]));
  assert.deepEqual(
    [kept, running, again].map((one) => states.get(one.caseId)),
    ['kept', 'running', 'broken'],
  );
  assert.deepEqual(
    reasons.filter((one) => one.faults > 0),
    [{ reason: 'asked-again', faults: 1, households: 1 }],
  );
  const line = faults.find((one) => one.caseId === kept.caseId);
  assert.deepEqual([line?.arrival, line?.households, line?.householdsBroken], [40, 1, 0]);
  const rural = arrivals.find((one) => one.area === 'rural');
  assert.deepEqual(
    [rural?.faults, rural?.mean, rural?.limit, rural?.single, rural?.late],
    [2, 40, 90, true, 0],
  );
  const back = restorations.find((one) => one.area === 'rural');
  assert.deepEqual([back?.faults, back?.limit, back?.single], [1, 240, false]);
});

test('what comes back within seven days is a repeat; the day before is another page, and a line of the trend', async () => {
  county.clock.advance(DAY);
  const before = await report(control, 1);
  assert.equal(before.faults.length, 3);
  const today = await report();
  assert.deepEqual(today.faults, []);
  assert.deepEqual(today.trend.at(-2), { day: before.day, judged: 2, kept: 1 });
  assert.deepEqual(today.trend.at(-1)?.judged, 0);

  const caseOf = await database.one<{ id: string }>(sql`
    select c.id from cases c where c.household_id = ${households[0]?.id ?? ''} order by c.accepted_at limit 1`);
  await database.run(sql`
    update cases set state = 'closed', closed_at = accepted_at + interval '2 hours' where cases.id = ${caseOf.id}`);
  await fault(0, null);
  county.clock.advance(HOUR);
  assert.deepEqual(
    (await report()).faults.map((one) => one.repeated),
    [true],
  );
});

test('whoever may see none of the cases sees none of the faults', async () => {
  const elsewhere = await county.actor('bill-auditor');
  assert.deepEqual((await report(elsewhere)).faults, []);
});

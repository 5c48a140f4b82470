import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR } from '#kernel/instant.ts';
import { joinDemand } from '#modules/case/index.ts';
import { faultCounty } from './testing/fault-county.ts';

const county = await faultCounty();
const { must, call, fault, report } = county;

test('a fault is judged by its record: kept, still running, or broken with its reason; each line opens its case', async () => {
  const kept = await fault(0, 'restore');
  const running = await fault(1, 'arrive');
  const again = await fault(2, 'accept');
  await must((tx) => joinDemand(tx, call, { caseId: again.caseId, words: '还没来电', channel: 'phone' }));
  const { faults, reasons, arrivals, restorations, firstFix } = await report();
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
  assert.deepEqual([line?.arrival, line?.households, line?.householdsBroken, line?.late], [40, 1, 0, false]);
  const rural = arrivals.find((one) => one.area === 'rural');
  assert.deepEqual(
    [rural?.faults, rural?.mean, rural?.limit, rural?.single, rural?.late],
    [2, 40, 90, true, 0],
  );
  assert.deepEqual(
    rural?.ledger.map((one) => [one.caseId, one.minutes, one.kept]).toSorted(),
    [kept, running].map((one) => [one.caseId, 40, true]).toSorted(),
  );
  const back = restorations.find((one) => one.area === 'rural');
  assert.deepEqual([back?.faults, back?.limit, back?.single], [1, 240, false]);
  assert.deepEqual(firstFix, { faults: { part: 1, whole: 1 }, households: { part: 1, whole: 1 } });
});

test('five ones kept is not a promise kept: a late arrival and a mean beyond its limit stand beside it, who has not come yet among them', async () => {
  const late = await fault(3, 'accept');
  county.clock.advance(5 * HOUR);
  const waiting = await report();
  const beyond = waiting.arrivals.find((one) => one.area === 'rural');
  assert.deepEqual(
    [beyond?.faults, beyond?.late, beyond?.ledger.find((one) => one.caseId === late.caseId)?.minutes],
    [2, 2, null],
    'the one that asked again has nobody there either',
  );
  assert.equal(waiting.faults.find((one) => one.caseId === late.caseId)?.late, true);
  assert.equal(waiting.faults.find((one) => one.caseId === late.caseId)?.state, 'running');
});

test('what comes back within seven days is a repeat; the day before is another page, and a line of the trend', async () => {
  county.clock.advance(DAY);
  const before = await report(county.control, 1);
  assert.equal(before.faults.length, 4);
  const today = await report();
  assert.deepEqual(today.faults, []);
  assert.deepEqual(today.trend.at(-2), { day: before.day, judged: 2, kept: 1, storm: false });
  assert.deepEqual(today.trend.at(-1)?.judged, 0);

  await fault(0, null);
  await fault(4, null);
  county.clock.advance(HOUR);
  const { faults, repeats } = await report();
  assert.deepEqual(
    faults.map((one) => one.householdsRepeated),
    [1, 0],
    'of another household, whose supply never went, it is none',
  );
  assert.deepEqual(repeats, { faults: { part: 1, whole: 2 }, households: { part: 1, whole: 2 } });
  county.clock.advance(7 * DAY);
  await fault(0, null);
  assert.deepEqual(
    (await report()).faults.map((one) => one.householdsRepeated),
    [0],
    'after more than seven days it is none',
  );
});

test('whoever may see none of the cases sees none of the faults', async () => {
  const elsewhere = await county.actor('bill-auditor');
  const seen = await report(elsewhere);
  assert.deepEqual([seen.faults, seen.arrivals, seen.month], [[], [], []]);
});

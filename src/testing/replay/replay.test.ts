import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DEMO_PASSWORD } from '#app/fill-database.ts';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { planReplay } from './plan-replay.ts';
import { EXCERPT, readOutages } from './read-outages.ts';
import { runReplay } from './run-replay.ts';

test('the excerpt is a real afternoon: every outage begins before it ends, in order', () => {
  const outages = readOutages(EXCERPT);
  assert.ok(outages.length > 800, `${outages.length} outages`);
  assert.ok(outages.every((one) => one.start < one.gone && one.customers >= 1));
  assert.deepEqual(
    outages.map((one) => one.start),
    outages.map((one) => one.start).toSorted((a, b) => a - b),
  );
});

test('one row an outage is read as well, with quoted commas; a row without an end is left out', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'dafuwu-outages-')), 'rows.csv');
  writeFileSync(
    file,
    [
      'outage_id,start_utc,first_seen_utc,last_seen_utc,gone_utc,customers_max,cause_last,crew_sequence',
      '7,2022-01-01T00:45:31Z,2022-01-01T01:00:00Z,2022-01-01T02:00:00Z,2022-01-01T02:21:43Z,104,"wind, ice",R_ON_SITE',
      '8,2022-01-01T00:50:00Z,2022-01-01T01:00:00Z,2022-01-01T02:00:00Z,,4,,',
    ].join('\n'),
  );
  const [one, ...others] = readOutages(file);
  assert.deepEqual([one?.id, one?.customers, others.length], ['7', 104, 0]);
  assert.equal(one?.assigned, Date.parse('2022-01-01T01:00:00Z'));
});

test('outages are laid the same way each time; each has a report, and its steps lie between start and end', () => {
  const outages = readOutages(EXCERPT).slice(0, 200);
  const villages = [['a', 'b', 'c'], Array.from({ length: 90 }, (_, i) => `h${i}`)];
  const laid = planReplay(outages, villages, { seed: 1, prefix: 'x' });
  assert.deepEqual(planReplay(outages, villages, { seed: 1, prefix: 'x' }), laid);
  const marks = laid.flatMap((one) => one.reports.map((report) => report.mark));
  assert.equal(new Set(marks).size, marks.length);
  for (const { outage, reports, steps } of laid) {
    assert.ok(reports.length >= 1 && reports.every((report) => report.at >= outage.start));
    assert.ok(steps.accepted < steps.arrived && steps.arrived < steps.restored);
    assert.ok(steps.restored <= outage.gone + 3 * MINUTE);
  }
});

test('two outages are played against the running program: nothing lost, nothing doubled', {
  timeout: 240_000,
}, async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'dafuwu-outages-')), 'short.jsonl');
  const at = Date.parse('2022-07-06T18:00:00Z') / 1000;
  const changes = [
    { t: at, op: 'open', id: '1', start: '2022-07-06T18:00:00Z', customers: 60 },
    { t: at + 300, op: 'open', id: '2', start: '2022-07-06T18:05:00Z', customers: 1 },
    { t: at + 1800, op: 'gone', id: '2' },
    { t: at + 2400, op: 'gone', id: '1' },
  ];
  writeFileSync(file, changes.map((one) => JSON.stringify(one)).join('\n'));
  const said: string[] = [];
  const ok = await runReplay({
    file,
    running: null,
    password: DEMO_PASSWORD,
    most: 2,
    within: HOUR,
    speed: 300,
    households: 400,
    say: (line) => said.push(line),
  });
  assert.ok(ok, said.join('\n'));
  const figures = said.flatMap((line) => /^(\w[\w ]*\w) +(\d+) +(\d*)$/.exec(line)?.slice(1) ?? []);
  assert.deepEqual(
    figures.filter((_, i) => i % 3 === 0),
    ['came in', 'accepted', 'lost', 'doubled', 'late', 'closed'],
  );
  const [came, accepted, lost, doubled, late, closed] = Array.from({ length: 6 }, (_, i) =>
    figures.slice(3 * i + 1, 3 * i + 3),
  );
  assert.ok(Number(came?.[0]) >= 2, said.join('\n'));
  assert.deepEqual([accepted, closed], [Array(2).fill(came?.[0]), Array(2).fill(came?.[0])]);
  assert.deepEqual([lost, doubled], [Array(2).fill('0'), Array(2).fill('0')]);
  assert.equal(late?.[0], late?.[1]);
});

import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { planReplay } from './plan-replay.ts';
import { readOutages } from './read-outages.ts';

const EXCERPT = join(import.meta.dirname, 'data', 'lgeku-2022-07-06-excerpt.jsonl.gz');

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
  const laid = planReplay(outages, villages, 1);
  assert.deepEqual(planReplay(outages, villages, 1), laid);
  const marks = laid.flatMap((one) => one.reports.map((report) => report.mark));
  assert.equal(new Set(marks).size, marks.length);
  for (const { outage, reports, steps } of laid) {
    assert.ok(reports.length >= 1 && reports.every((report) => report.at >= outage.start));
    assert.ok(steps.accepted < steps.arrived && steps.arrived < steps.restored);
    assert.ok(steps.restored <= outage.gone + 3 * MINUTE);
  }
});

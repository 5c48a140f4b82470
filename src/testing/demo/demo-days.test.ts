import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsAreTheFold } from '#modules/case/testing/rows-are-the-fold.ts';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import { openDatabase } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { checkEventTypes } from '../../app/check-event-types.ts';
import { declaredEvents } from '../../app/modules.ts';
import { demoCompany } from './demo-company.ts';
import { playDemoDays } from './demo-days.ts';

test('the last days of the demonstration: lived through the commands, some done, some open, some sent back', async () => {
  const county = await smallCounty(Date.parse('2026-11-23T16:30:00+08:00'));
  const { cases } = await playDemoDays({
    openAt: (clock) =>
      openDatabase({ connection: county.connection, clock, max: 2, onError: (error) => assert.fail(error) }),
    deps: county.deps,
    company: demoCompany(),
    now: county.clock.now,
  });
  const count = await county.database.one<Record<string, number>>(sql`
    select count(*) as all, count(*) filter (where c.state = 'closed') as closed,
      count(*) filter (where c.accepted_at >= ${'2026-11-23T00:00:00+08:00'}) as today,
      (select count(*) from tasks t where t.rework) as rework,
      (select count(distinct t.unit_id) from tasks t where t.state = 'open') as units,
      (select count(*) from clocks k where k.state = 'running' and k.due_at < ${'2026-11-23T16:30:00+08:00'}) as late
    from cases c`);
  assert.equal(count['all'], cases);
  for (const what of ['closed', 'today', 'rework', 'units', 'late'])
    assert.ok((count[what] ?? 0) > 0, `${what}: ${JSON.stringify(count)}`);
  assert.ok((count['closed'] ?? 0) < cases);
  assert.equal((await rowsAreTheFold(county)).cases, cases);
  const morning = await county.database.one<Record<string, number>>(sql`
    select count(*) filter (where c.state = 'open') as open, count(*) filter (where c.supervision > 0) as supervised,
      (select count(distinct g.grade) from complaint_grades g join cases k on k.id = g.case_id and k.state = 'open') as grades,
      (select count(*) from verdict_appeals a where a.result is null) as appeals,
      (select count(*) from joint_requests j where j.state = 'open') as asked,
      (select count(*) from meetings m where m.state = 'called') as meetings,
      (select count(*) from tasks t where t.state = 'open' and t.step = 'answer') as "toTell"
    from cases c`);
  const { open = 0, toTell = 0, ...desk } = morning;
  assert.ok(open >= 60 && open <= 110 && toTell >= 5, JSON.stringify(morning));
  assert.deepEqual(desk, { supervised: 2, grades: 4, appeals: 1, asked: 3, meetings: 1 });
  const hall = await county.database.one<Record<string, number>>(sql`
    select count(*) filter (where q.state = 'waiting') as waiting,
      count(*) filter (where q.state in ('called', 'serving')) as windows,
      count(*) filter (where q.state = 'served') as served,
      (select count(*) from appointments a where a.day = '2026-11-23') as booked,
      (select count(*) from appointments a where a.state = 'arrived') as arrived,
      (select count(*) from intake_drafts) as drafts,
      (select count(*) from owed_calls o where o.state = 'open' and o.reason = 'dropped') as owed
    from queue_tickets q`);
  const { waiting = 0, windows = 0, served = 0, ...rest } = hall;
  assert.deepEqual(rest, { booked: 4, arrived: 1, drafts: 1, owed: 2 });
  assert.ok(waiting >= 4 && windows >= 2 && served >= 8, JSON.stringify(hall));
  const stages = await county.database.rows<{ stage: string; n: number }>(sql`
    select p.stage, count(*) as n from planned_outages p group by p.stage order by p.stage`);
  assert.deepEqual(Object.fromEntries(stages.map(({ stage, n }) => [stage, n])), {
    announced: 2,
    approved: 1,
    closed: 1,
    consulting: 1,
    deciding: 1,
    need: 1,
    underway: 1,
  });
  await checkEventTypes(county.database, declaredEvents);
});

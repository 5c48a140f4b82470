import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { demoCompany } from './demo-company.ts';
import { liveDay } from './live-day.ts';

test('a Monday while it runs: numbers are drawn, called and served all day, and nobody comes when the hall is closed', async () => {
  const county = await smallCounty(Date.parse('2026-11-23T08:20:00+08:00'));
  const { database, clock } = county;
  const day = liveDay({ deps: county.deps, company: demoCompany() }, database);
  const tickets = async () =>
    await database.one<{ drawn: number; served: number; called: number }>(sql`
      select count(*) as drawn, count(*) filter (where q.state in ('served', 'no-show')) as served,
        count(distinct q.window_no) as called from queue_tickets q`);
  const until = async (time: string) => {
    for (; clock.now < Date.parse(`2026-11-23T${time}:00+08:00`); clock.advance(MINUTE)) await day.turn();
    return await tickets();
  };
  assert.equal((await until('08:28')).drawn, 0);
  const morning = await until('11:59');
  assert.ok(morning.drawn > 50 && morning.served > 30 && morning.called === 3, JSON.stringify(morning));
  const noon = await until('13:25');
  assert.ok(noon.drawn - morning.drawn < 3 && noon.served > morning.served);

  // A program that was stopped in the middle: the windows go on with whoever stands before them.
  const again = liveDay({ deps: county.deps, company: demoCompany() }, database);
  for (let i = 0; i < 45; i += 1, clock.advance(MINUTE)) await again.turn();
  const afternoon = await tickets();
  assert.ok(afternoon.drawn > noon.drawn && afternoon.served > noon.served, JSON.stringify(afternoon));
});

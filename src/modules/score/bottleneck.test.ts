import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { sql } from '#platform/db/sql.ts';
import { bottleneck } from './bottleneck.ts';

const NOW = Date.parse('2026-11-20T18:00:00+08:00');
const county = await smallCounty(NOW);
const { database, companyId, deps } = county;
const { book } = await deps.clockBasis(database, companyId);
const clerk = await county.actor('clerk');
const found = () => bottleneck(database, handbookLibrary(), companyId, { now: NOW, book });

/** Six orders whose first step waited from one moment to the other. */
async function waited(process: string, from: string, to: string): Promise<readonly string[]> {
  const orders: string[] = [];
  for (let i = 0; i < 6; i++) {
    const given = anIntake({ process, area: 'city', papers: ['identity', 'promise'], promiseSigned: true });
    const { orderId } = await county.must((tx) => acceptCase(tx, deps, clerk, given));
    orders.push(orderId ?? '');
  }
  await database.run(sql`
    update tasks set state = 'done', ready_at = ${from}, ended_at = ${to}, ended_by = ${clerk.personId}
    where tasks.order_id = any(${orders}::uuid[])`);
  return orders;
}

test('a weekend and a holiday are no waiting where working days are promised; hours are hours where hours are', async () => {
  assert.equal(await found(), null, 'nothing to compare yet');
  // Six days of the National Day rest and half a day of work: half a working day.
  await waited('inquiry', '2026-09-30T12:00:00+08:00', '2026-10-07T12:00:00+08:00');
  const recent = await waited('inquiry', '2026-11-13T12:00:00+08:00', '2026-11-16T12:00:00+08:00');
  const one = await found();
  assert.deepEqual([one?.counted, one?.value, one?.before, one?.done], ['working-days', 1, 0.5, 6]);
  assert.equal(one?.process.zh.includes('咨询'), true);

  // Twelve hours more by day and night is less than half a working day slower, and not the bottleneck.
  await waited('repair-low', '2026-10-05T12:00:00+08:00', '2026-10-05T13:00:00+08:00');
  await waited('repair-low', '2026-11-14T12:00:00+08:00', '2026-11-14T14:00:00+08:00');
  assert.equal((await found())?.counted, 'working-days');

  // What was paused does not count: then the inquiry is no slower than before.
  await database.run(sql`
    insert into clock_pauses (company_id, id, order_id, reason, approval, evidence, state, from_at, to_at, asked_by, asked_at)
    select ${companyId}, gen_random_uuid(), o.id, 'customer-time', 'none', 'record', 'standing',
      '2026-11-13T18:00:00+08:00', '2026-11-16T06:00:00+08:00', ${clerk.personId}, now()
    from unnest(${recent}::uuid[]) o (id)`);
  const after = await found();
  assert.deepEqual([after?.counted, after?.value, after?.before], ['hours', 2, 1]);
});

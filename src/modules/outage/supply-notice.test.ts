import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import { switchDevice } from '#modules/network/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { testApp } from '../../app/testing/test-app.ts';
import { reportNotice, stepNotice } from './supply-notice-commands.ts';
import { supplyNoticeLoops } from './supply-notice-jobs.ts';
import { listNotices, noticeFor } from './supply-notice-reads.ts';

async function county() {
  const t = await smallCounty();
  const actor = await t.actor('grid-dispatcher');
  const { feeder, breaker, household } = await t.database.one<{
    feeder: string;
    breaker: string;
    household: string;
  }>(sql`
    select p.feeder_id as feeder, b.device_id as breaker, s.household_id as household from network_supplies s
    join network_places p on p.company_id = s.company_id and p.device_id = s.transformer_id
    join network_places b on b.company_id = p.company_id and b.feeder_id = p.feeder_id
    join network_devices d on d.company_id = b.company_id and d.id = b.device_id and d.kind in ('switch', 'fuse', 'recloser')
    where s.company_id = ${t.companyId} and b.device_id <> b.feeder_id and not b.normally_open and not exists (
      select 1 from network_supplies o where o.household_id = s.household_id and o.meter_id <> s.meter_id)
    order by p.feeder_id, b.device_id, s.household_id limit 1`);
  const switched = (
    id: string,
    open: boolean,
    reason: 'trip' | 'isolation' | 'restoration',
    at = t.clock.now,
  ) => t.must((tx) => switchDevice(tx, actor, id, { open, planned: false, reason, at }));
  const turn = async () => {
    for (const loop of supplyNoticeLoops(t.database, t.deps)) await loop.turn();
  };
  const list = async () => await listNotices(t.database, t.companyId, t.clock.now - DAY);
  const code = async (command: (tx: Tx) => Promise<object>) => {
    const result = await transact(t.database, command);
    return isRefusal(result) ? result.refused : 'done';
  };
  return { ...t, actor, feeder, breaker, household, switched, turn, list, code };
}

test('a fault is reported once it is isolated, by itself and once; what it darkened has supply again: 送电', async () => {
  const t = await county();
  await t.switched(t.feeder, true, 'trip');
  t.clock.advance(10 * MINUTE);
  await t.turn();
  assert.deepEqual(await t.list(), []);
  assert.equal(await noticeFor(t.database, t.companyId, t.household, t.clock.now), undefined);

  await t.switched(t.breaker, true, 'isolation');
  t.clock.advance(MINUTE);
  await Promise.all([t.turn(), t.turn()]);
  await t.turn();
  const [notice, ...others] = await t.list();
  assert.deepEqual(others, []);
  assert.ok(notice !== undefined && notice.households > 10 && notice.transformers > 0);
  assert.deepEqual([notice.kind, notice.state, notice.until], ['grid-fault', 'reported', null]);
  assert.equal(notice.dueAt, t.clock.now - MINUTE + 30 * MINUTE);
  assert.ok(notice.areas.length > 0 && notice.lines.length === 1 && notice.devices.length > 0);
  assert.deepEqual(
    notice.reports.map(({ what, late }) => [what, late]),
    [['report', false]],
  );
  const said = await noticeFor(t.database, t.companyId, t.household, t.clock.now);
  assert.deepEqual([said?.no, said?.kind], [notice.no, 'grid-fault']);

  t.clock.advance(HOUR);
  await t.switched(t.breaker, false, 'restoration');
  await t.turn();
  assert.equal((await t.list())[0]?.state, 'reported', 'the feeder is still open');
  t.clock.advance(MINUTE);
  await t.switched(t.feeder, false, 'restoration');
  t.clock.advance(MINUTE);
  await t.turn();
  const [back] = await t.list();
  assert.deepEqual([back?.state, back?.actualUntil], ['restored', t.clock.now - MINUTE]);
  assert.equal(await noticeFor(t.database, t.companyId, t.household, t.clock.now), undefined);
});

test('报送, 变更, 送电, 完结: in that order, a change after the old end is late, a stale one refused', async () => {
  const t = await county();
  const [from, until] = [t.clock.now, t.clock.now + HOUR];
  const { id } = await t.must((tx) =>
    reportNotice(tx, t.actor, { kind: 'orderly', deviceId: t.feeder, from, until }),
  );
  const change = async (seq: number, end: number) =>
    await t.code((tx) => stepNotice(tx, t.actor, { id, seq }, { do: 'change', from, until: end }));
  assert.equal(await change(9, until + HOUR), 'notice.stale');
  assert.equal(await change(1, from - 1), 'notice.bad-time');
  assert.equal(await change(1, until + HOUR), 'done');
  t.clock.advance(2 * HOUR);
  assert.equal(await change(2, until + 2 * HOUR), 'done');
  const restore = async (at: number) =>
    await t.code((tx) => stepNotice(tx, t.actor, { id, seq: 3 }, { do: 'restored', at }));
  assert.equal(await restore(t.clock.now + 1), 'notice.bad-time');
  assert.equal(await restore(t.clock.now), 'done');
  assert.equal(await t.code((tx) => stepNotice(tx, t.actor, { id, seq: 4 }, { do: 'closed' })), 'done');
  assert.equal(
    await t.code((tx) => stepNotice(tx, t.actor, { id, seq: 5 }, { do: 'closed' })),
    'notice.wrong-state',
  );
  const [notice] = await t.list();
  assert.deepEqual(
    notice?.reports.map(({ what, late }) => [what, late]),
    [
      ['report', false],
      ['change', false],
      ['change', true],
      ['restored', false],
      ['closed', false],
    ],
  );
});

test('the other doors fetch what changed, with their key and no other', async () => {
  const t = await testApp();
  const admin = await t.signIn('administrator');
  const keyFor = async (scopes: readonly string[]) => {
    const made = await admin.post('/api/door-keys', { door: '95598', name: '测试', scopes, days: 30 });
    return `Bearer ${(made.json() as { key: string }).key}`;
  };
  const { feeder } = await t.database.one<{ feeder: string }>(sql`
    select p.feeder_id as feeder from network_places p where p.company_id = ${t.companyId} and p.feeder_id is not null limit 1`);
  const dispatcher = await t.signIn('grid-dispatcher');
  const now = t.clock.now;
  const body = { kind: 'orderly', deviceId: feeder, from: now + HOUR, until: now + 3 * HOUR };
  assert.equal((await dispatcher.post('/api/supply-notices', body)).statusCode, 200);
  assert.equal((await (await t.signIn('clerk')).post('/api/supply-notices', body)).statusCode, 403);
  const fetched = async (authorization: string, since = '') =>
    await t.app.inject({ url: `/api/outside/supply-notices${since}`, headers: { authorization } });
  assert.equal((await fetched('')).statusCode, 401);
  assert.equal((await fetched(await keyFor(['orders']))).statusCode, 403);
  const key = await keyFor(['notices']);
  const answer = await fetched(key);
  assert.equal(answer.statusCode, 200);
  const { notices, asked } = answer.json() as { notices: { kind: string; until: number }[]; asked: number };
  assert.deepEqual(
    notices.map(({ kind, until }) => [kind, until]),
    [['orderly', now + 3 * HOUR]],
  );
  assert.equal((await fetched(key, `?since=${asked}`)).json().notices.length, 1, 'rather twice than never');
  assert.deepEqual((await fetched(key, `?since=${asked + MINUTE}`)).json().notices, []);
  assert.equal((await fetched(key, '?since=yesterday')).statusCode, 400);
});

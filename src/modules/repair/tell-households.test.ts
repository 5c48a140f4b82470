import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { outageCounty } from '#modules/outage/testing/outage-county.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { tellAutomatically } from './telling-automatic.ts';
import { type Tell, tellGroup } from './telling-commands.ts';
import { followTellings } from './telling-jobs.ts';
import { tellingView } from './telling-reads.ts';
import { tellingPolicy } from './telling-policy.ts';
import { setPace, setTelling, tellingDigest } from './telling-settings.ts';

type County = Awaited<ReturnType<typeof aDarkTransformer>>;

// Long because all that is told is told of the same dark households, by the same helpers.

/** Below one transformer several have rung: everybody else there is dark as well, has a mobile, and was told nothing yet. */
async function aDarkTransformer() {
  const county = await outageCounty();
  const { database, companyId, clock, deps, dispatcher } = county;
  clock.now = Date.parse('2026-11-24T14:00:00+08:00');
  await database.run(sql`
    update customers set phone = '139' || lpad((row_number % 100000000)::text, 8, '0') from (
      select c.id, row_number() over (order by c.id) from customers c) n where customers.id = n.id`);
  const [area] = await county.transformers(8);
  assert.ok(area !== undefined);
  const cases = [];
  for (const household of area.households.slice(0, 5)) {
    cases.push(await county.ring(household));
    await county.turn();
  }
  await county.turn();
  const [incident] = await county.open();
  assert.ok(incident?.device?.id === area.id && incident.orderId !== null);
  await database.run(sql`update outage_incidents set posterior = 0.95 where id = ${incident.id}`);
  const active = await deps.activeHandbook(database, companyId);
  assert.ok(active !== undefined);
  const books = { active, version: deps.version };
  const { orderId } = incident;
  const quiet = area.households.slice(5);
  return {
    ...county,
    area,
    quiet,
    cases,
    incidentId: incident.id,
    orderId,
    books,
    tell: (body: Partial<Tell> = {}) =>
      transact(database, (tx) =>
        tellGroup(tx, books, dispatcher, {
          orderId,
          audience: 'households',
          news: 'sought',
          way: 'message',
          ...body,
        }),
      ),
    follow: () => database.transaction((tx) => followTellings(tx, companyId, active)),
    automatically: () => tellAutomatically(database, companyId, books),
    view: async () => {
      const view = await tellingView(database, { ...dispatcher, mayTell: true }, books, {
        orderId,
        now: clock.now,
      });
      assert.ok(!isRefusal(view));
      return view;
    },
    sms: async () =>
      await database.rows<{
        householdId: string;
        template: string;
        runAt: number;
        state: string;
        data: Record<string, number>;
      }>(sql`
        select o.household_id as "householdId", o.template, o.run_at as "runAt", o.state, o.data from outbox o
        where o.household_id is not null order by o.created_at, o.run_at, o.id`),
  };
}

function groupOf(view: Awaited<ReturnType<County['view']>>) {
  return view.groups.find(({ audience }) => audience === 'households');
}

test('whoever is dark and did not report is told once; those who reported, who have no mobile or want none are not', async () => {
  const t = await aDarkTransformer();
  const [mute, unwilling] = t.quiet;
  await t.database.run(sql`
    update customers set phone = '0631-8450000' from households h where h.id = ${mute ?? ''} and customers.id = h.customer_id`);
  await t.database.run(sql`
    update customers set outage_news = false from households h where h.id = ${unwilling ?? ''} and customers.id = h.customer_id`);
  const told = t.quiet.slice(2).toSorted();
  await t.follow();
  const before = groupOf(await t.view());
  assert.deepEqual(before?.reach, {
    dark: t.quiet.length,
    byMessage: told.length,
    withoutNumber: 1,
    unwilling: 1,
  });
  assert.deepEqual([before?.why, before?.dueAt], ['first', t.clock.now + 30 * MINUTE - lateness(t)]);

  const first = await t.tell();
  assert.deepEqual(first, { dueAt: t.clock.now + 120 * MINUTE, messages: told.length });
  const sent = await t.sms();
  assert.deepEqual(sent.map(({ householdId }) => householdId).toSorted(), told);
  assert.deepEqual([...new Set(sent.map(({ template }) => template))], ['neighbour-sought']);
  assert.ok(
    sent.every(({ data }) => data['nextAt'] === t.clock.now + 120 * MINUTE && data['estimate'] === undefined),
  );
  assert.deepEqual(await t.tell(), { refused: 'telling.nobody' }, 'a second dispatcher tells nobody twice');
  assert.equal((await t.sms()).length, told.length);
  const [telling] = (await t.view()).tellings;
  assert.deepEqual(
    [telling?.messages, telling?.unreached, telling?.automatic, telling?.receipts],
    [told.length, 2, false, { sent: 0, waiting: told.length, failed: 0 }],
  );
});

/** The group waits from when the order began, a few turns ago. */
function lateness({ clock, cases }: { clock: { now: number }; cases: readonly object[] }): number {
  return cases.length === 0 ? 0 : clock.now - Date.parse('2026-11-24T14:00:00+08:00');
}

test('a guess tells nobody that he is dark, nor does a mass that is held', async () => {
  const t = await aDarkTransformer();
  await t.database.run(sql`update outage_incidents set posterior = 0.6 where id = ${t.incidentId}`);
  await t.follow();
  const view = await t.view();
  assert.equal(groupOf(view)?.dueAt, null, 'nobody waits for it');
  assert.deepEqual(await t.tell(), { refused: 'telling.nobody' });
  await t.database.run(
    sql`update outage_incidents set state = 'confirmed', held = true where id = ${t.incidentId}`,
  );
  assert.deepEqual(await t.tell(), { refused: 'telling.nobody' });
  await t.database.run(sql`update outage_incidents set held = false where id = ${t.incidentId}`);
  assert.ok(!isRefusal(await t.tell()), 'his word is enough');
});

test('supply back: whoever was told hears it, and no other; a group that has supply hears it before the rest', async () => {
  const t = await aDarkTransformer();
  await t.tell();
  const branch = await t.database.one<{ id: string; households: string[] }>(sql`
    select s.device_id as id, array_agg(s.household_id) as households from network_supplies s
    where s.transformer_id = ${t.area.id} and s.until is null and s.household_id = any(${t.quiet}::uuid[])
    group by s.device_id order by count(*) desc, s.device_id limit 1`);
  t.clock.advance(40 * MINUTE);
  await t.database.run(sql`
    insert into supply_groups (company_id, id, order_id, label, households, device_id, energised_at, resupplied_at, way, added_by, added_at)
    values (${t.companyId}, gen_random_uuid(), ${t.orderId}, '发电车', ${branch.households.length}, ${branch.id},
      ${new Date(t.clock.now).toISOString()}, ${new Date(t.clock.now).toISOString()}, 'generator', ${t.dispatcher.personId},
      ${new Date(t.clock.now).toISOString()})`);
  const rest = t.quiet.filter((one) => !branch.households.includes(one));
  const partly = await t.tell({ news: 'partly-back' });
  assert.ok(!isRefusal(partly));
  assert.equal(partly.messages, t.quiet.length);
  const news = (await t.sms()).slice(t.quiet.length);
  const of = (template: string) =>
    news
      .filter((one) => one.template === template)
      .map(({ householdId }) => householdId)
      .toSorted();
  assert.deepEqual(of('neighbour-back'), branch.households.toSorted());
  assert.deepEqual(of('neighbour-partly-back'), rest.toSorted());
  const earlier = (await t.sms()).slice(0, t.quiet.length);
  assert.ok(
    earlier.every(({ state }) => state === 'withdrawn'),
    'what still waited is overtaken',
  );
});

test('where it is allowed the program tells in time: nothing before, each once, in the name of who allowed it', async () => {
  const t = await aDarkTransformer();
  const { dispatcher, clock } = t;
  await t.database.transaction((tx) => setTelling(tx, dispatcher, { automatic: true }));
  await t.follow();
  await t.automatically();
  assert.equal((await t.sms()).length, 0, 'nothing is due');
  clock.advance(29 * MINUTE);
  await t.follow();
  await t.automatically();
  await t.automatically();
  const sent = await t.sms();
  assert.deepEqual(
    sent
      .filter(({ data }) => data['asked'] === undefined)
      .map(({ householdId }) => householdId)
      .toSorted(),
    t.quiet.toSorted(),
  );
  const view = await t.view();
  assert.deepEqual(
    view.tellings.map(({ audience, news, automatic, late }) => [audience, news, automatic, late]).toSorted(),
    [
      ['households', 'sought', true, false],
      ['reporters', 'sought', true, false],
    ],
  );
  assert.ok(view.tellings.every(({ by }) => by !== null));
  assert.ok(
    view.groups.every(({ dueAt }) => dueAt === null || dueAt > clock.now),
    'nothing is overdue',
  );
});

test('too many for the program: it waits for a human, who must have read the number', async () => {
  const t = await aDarkTransformer();
  const limits = t.books.active.handbook.limits.map((limit) =>
    limit.id === 'R145-mass' ? { ...limit, value: 3 } : limit,
  );
  const active = { ...t.books.active, handbook: { ...t.books.active.handbook, limits } };
  const books = { ...t.books, active };
  await t.database.transaction((tx) => setTelling(tx, t.dispatcher, { automatic: true }));
  await t.follow();
  t.clock.advance(29 * MINUTE);
  await tellAutomatically(t.database, t.companyId, books);
  assert.equal((await t.sms()).filter(({ data }) => data['asked'] === undefined).length, 0);
  assert.equal(groupOf(await t.view())?.held, t.quiet.length);
  const say = (yes: number | undefined) =>
    transact(t.database, (tx) =>
      tellGroup(tx, books, t.dispatcher, {
        orderId: t.orderId,
        audience: 'households',
        news: 'sought',
        way: 'message',
        ...(yes === undefined ? {} : { yes }),
      }),
    );
  const n = t.quiet.length;
  assert.deepEqual(await say(undefined), { refused: 'telling.mass', detail: { messages: n, limit: 3 } });
  assert.deepEqual(await say(2), { refused: 'telling.grown', detail: { messages: n, yes: 2 } });
  const told = await say(n);
  assert.ok(!isRefusal(told) && told.messages === n);
  assert.equal(groupOf(await t.view())?.held, null);
});

test('a slow pace: what does not come before the night waits, and whoever waited goes first; raised, those in the queue go sooner', async () => {
  const t = await aDarkTransformer();
  const { database, companyId, clock, dispatcher, books } = t;
  const rules = tellingPolicy(books.active);
  const pace = (wanted: number) =>
    transact(database, (tx) => setPace(tx, dispatcher, rules, { pace: wanted }));
  assert.equal(isRefusal(await pace(rules.paceMost + 1)), true);
  clock.now = Date.parse('2026-11-24T21:57:00+08:00');
  assert.deepEqual(await pace(1), { queued: 0 });
  const { sending } = groupOf(await t.view()) ?? {};
  const night = Date.parse('2026-11-24T22:00:00+08:00');
  assert.deepEqual([sending?.count, sending?.until], [3, night]);
  assert.ok((sending?.lastAt ?? 0) > Date.parse('2026-11-25T07:30:00+08:00'), 'the last in the morning');
  const told = await t.tell();
  assert.ok(!isRefusal(told) && told.messages === 3);
  const evening = (await t.sms()).map(({ householdId, runAt }) => {
    assert.ok(runAt < night);
    return householdId;
  });
  const digest = await tellingDigest(database, companyId, rules, clock.now);
  assert.deepEqual([digest.pace.pace, digest.pace.queued], [1, 3]);
  const again = await t.tell({ news: 'sought' });
  assert.ok(isRefusal(again) && again.refused === 'telling.queue-full', JSON.stringify(again));
  assert.deepEqual(await pace(600), { queued: 3 });
  assert.ok((await t.sms()).every(({ runAt }) => runAt <= clock.now + 200));

  clock.now = Date.parse('2026-11-25T07:40:00+08:00');
  await pace(1);
  const rest = t.quiet.length - evening.length;
  assert.ok(!isRefusal(await t.tell()));
  const morning = (await t.sms())
    .filter(({ runAt }) => runAt >= clock.now)
    .map(({ householdId }) => householdId);
  assert.equal(morning.length, t.quiet.length);
  assert.ok(
    morning.slice(0, rest).every((one) => !evening.includes(one)),
    'whoever was not told comes first',
  );
});

test('it spreads upwards: whoever is dark now and was not told is owed it within half an hour', async () => {
  const t = await aDarkTransformer();
  await t.follow();
  await t.tell();
  await t.database.run(sql`
    update outage_incidents set households = outage_incidents.households + 200 where outage_incidents.id = ${t.incidentId}`);
  await t.follow();
  const group = groupOf(await t.view());
  assert.deepEqual([group?.why, group?.dueAt], ['grown', t.clock.now + 30 * MINUTE]);
});

test('at night nobody is woken who did not ask; who rang without making a demand is told like those who did', async () => {
  const t = await aDarkTransformer();
  const [rang] = t.quiet;
  await t.hear([{ householdId: rang ?? '', source: 'phone', incidentId: t.incidentId }]);
  t.clock.now = Date.parse('2026-11-24T23:30:00+08:00');
  assert.deepEqual(await t.tell(), { refused: 'telling.night' });
  const told = await t.tell({ audience: 'reporters' });
  assert.ok(!isRefusal(told));
  assert.deepEqual(
    (await t.sms()).map(({ householdId, data }) => [householdId, data['asked']]),
    [[rang, true]],
  );
});

test('all who are dark have reported: nobody is owed anything, and no bell rings for it', async () => {
  const t = await aDarkTransformer();
  await t.follow();
  assert.notEqual(groupOf(await t.view())?.dueAt, null);
  for (const householdId of t.quiet)
    await t.hear([{ householdId, source: 'phone', incidentId: t.incidentId }]);
  await t.database.transaction((tx) => setTelling(tx, t.dispatcher, { automatic: true }));
  t.clock.advance(29 * MINUTE);
  await t.follow();
  await t.automatically();
  const view = await t.view();
  assert.equal(groupOf(view)?.dueAt, null);
  assert.deepEqual(
    view.tellings.map(({ audience }) => audience),
    ['reporters'],
  );
  assert.equal(view.tellings[0]?.messages, t.cases.length + t.quiet.length);
});

test('in a storm those who did not report hear at the quarter of an hour, all of them together', async () => {
  const t = await aDarkTransformer();
  const { database, companyId, clock, dispatcher } = t;
  await database.transaction((tx) => setTelling(tx, dispatcher, { automatic: true }));
  await database.run(sql`
    insert into dispatch_settings (company_id, id, at, by_id, storm, automatic, most_customers, most_minutes, reason)
    values (${companyId}, gen_random_uuid(), now(), ${dispatcher.personId}, true, false, 20, 30, 'typhoon')`);
  const mine = async () => (await t.sms()).filter(({ data }) => data['asked'] === undefined).length;
  clock.now = Date.parse('2026-11-24T14:14:00+08:00');
  await t.follow();
  await t.automatically();
  assert.equal(await mine(), 0, 'due at half past two, told at a quarter past');
  clock.now = Date.parse('2026-11-24T14:15:00+08:00');
  await t.automatically();
  assert.equal(await mine(), t.quiet.length);
});

test('a hospital that is dark and did not call: its account manager hears which customer, once for each news', async () => {
  const t = await aDarkTransformer();
  const [hospital] = t.quiet;
  const manager = await t.actor('account-manager');
  const bells = () =>
    t.database.rows<{ personId: string; template: string; data: Record<string, unknown> }>(sql`
      select o.person_id as "personId", o.template, o.data from outbox o where o.template like 'important-%' order by o.created_at`);
  await t.database.run(sql`
    update households set important_grade = 'first', account_manager_id = ${manager.personId} where households.id = ${hospital ?? ''}`);
  await t.follow();
  const group = (await t.view()).groups.find(({ audience }) => audience === 'important');
  assert.equal(group?.why, 'first');
  assert.ok(!isRefusal(await t.tell({ audience: 'important' })));
  const [bell, ...others] = await bells();
  assert.deepEqual([bell?.personId, bell?.template, others], [manager.personId, 'important-dark', []]);
  assert.equal(bell?.data['householdId'], hospital);
  assert.equal(bell?.data['caseId'], undefined, 'he need not see the repair to hear of his customer');
  t.clock.advance(MINUTE);
  assert.ok(!isRefusal(await t.tell({ audience: 'important' })));
  assert.deepEqual(
    (await bells()).map(({ template }) => template),
    ['important-dark', 'important-news'],
  );
});

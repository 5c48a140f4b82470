import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword } from '#modules/org/index.ts';
import { outageCounty } from '#modules/outage/testing/outage-county.ts';
import { timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { axe, chooseFirst } from '#testing/browser.ts';
import { servedCompany } from './running-company.ts';

// The dispatcher at three in the morning: a danger by telephone, an incident with its reasons, his word about it, a thousand of them.

const county = await outageCounty();
const { database, companyId } = county;
await database.run(sql`update accounts set password_hash = ${await hashPassword('Wendeng-yanshi-2026')}`);
const { as, base } = await servedCompany(county);

test('a danger is an order at once; an incident says why; confirmed, and moved by another meanwhile it is looked at anew', async () => {
  const [area] = await county.transformers(12);
  assert.ok(area !== undefined);
  for (const household of area.households.slice(0, 6)) await county.ring(household);
  await county.turn();
  await county.turn();
  const desk = await as('抢修指挥');
  const { page } = desk;
  await page.goto(`${base}/outages`);
  await page.getByRole('row', { name: new RegExp(area.name.replace('#', '.')) }).waitFor();
  await page.getByRole('button', { name: '报险情' }).click();
  await page.getByLabel('哪里（杆号或地点）').fill('村东 17 号杆');
  await page.getByLabel('情况').fill('线垂在路上');
  await page.getByLabel('电话').fill('110');
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: '立即开单' }).click();
  await page.getByText(/已开紧急工单/).waitFor();
  await page.getByRole('link', { name: /断线 · 村东 17 号杆/ }).waitFor();
  assert.deepEqual(await axe(page), []);

  const row = page.getByRole('row', { name: new RegExp(area.name.replace('#', '.')) });
  await row.focus();
  await page.keyboard.press('Enter');
  await page.getByText('6 户来电说没电。').waitFor();
  await page.getByRole('heading', { name: area.name }).waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('button', { name: /确认是它/ }).click();
  await page.getByText('调度员的判断。').waitFor();
  await page.getByText(/已确认 · /).waitFor();

  // Somebody else has acted on it in between: this page's version is not the one any more.
  await database.run(sql`
    update outage_incidents set version = outage_incidents.version + 1
    where outage_incidents.company_id = ${companyId} and outage_incidents.device_id = ${area.id}`);
  await page.getByRole('button', { name: /改到别的设备/ }).click();
  await chooseFirst(page, page.getByRole('combobox', { name: '改到' }));
  await page
    .getByRole('button', { name: '确 定' })
    .or(page.getByRole('button', { name: '确定' }))
    .click();
  await page.getByText('这件事件刚刚变了，请看过最新情况再判断。').waitFor();
  assert.deepEqual(await axe(page), []);
  await desk.close();
});

test('at the command page: the word by keys, two incidents become one, a storm is said to be one', async () => {
  const pairs = await database.rows<{ ids: string[]; names: string[] }>(sql`
    select array_agg(p.device_id order by p.device_id) as ids, array_agg(d.name order by p.device_id) as names from network_places p
    join network_devices d on d.company_id = p.company_id and d.id = p.device_id and d.kind = 'transformer'
    where p.company_id = ${companyId} and p.until is null and p.feeder_id is not null
      and not exists (select 1 from outage_incidents i where i.company_id = p.company_id and i.device_id = p.device_id)
      and (select count(*) from network_supplies s where s.company_id = p.company_id and s.transformer_id = p.device_id) > 1
    group by p.feeder_id having count(*) > 1 limit 1`);
  const [one, other] = pairs[0]?.ids ?? [];
  const [mine, theirs] = pairs[0]?.names ?? [];
  assert.ok(one !== undefined && other !== undefined && mine !== undefined && theirs !== undefined);
  for (const id of [one, other])
    await database.run(sql`
      insert into outage_incidents (company_id, id, device_id, state, posterior, since, places, households, reports, nested, planned,
        held, version, changed_at)
      values (${companyId}, gen_random_uuid(), ${id}, 'suspected', 0.7, ${timestamp(county.clock.now)}, array[${id}::uuid], 12, 1, '{}',
        false, false, 1, ${timestamp(county.clock.now)})`);
  await database.run(sql`
    insert into dispatch_settings (company_id, id, at, by_id, storm, automatic, most_customers, most_minutes, reason)
    values (${companyId}, gen_random_uuid(), now(), ${county.dispatcher.personId}, true, false, 20, 30, 'typhoon')`);
  const desk = await as('抢修指挥');
  const { page } = desk;
  await page.getByRole('region', { name: '风暴模式' }).waitFor();
  await page
    .getByRole('option', { name: new RegExp(mine.replace('#', '.')) })
    .first()
    .click();
  const panel = page.getByRole('complementary', { name: /^抢修 / });
  await panel.getByRole('button', { name: /确认是它/ }).waitFor();
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('c');
  await panel.getByText('已由指挥认定。').waitFor();
  await page.keyboard.press('g');
  // Of the same feeder first: that is the other one.
  const choice = panel.getByRole('combobox', { name: '与哪件合并' });
  await chooseFirst(page, choice);
  await panel.getByTitle(new RegExp(theirs.replace('#', '.'))).waitFor();
  await panel.getByRole('button', { name: /确\s?定/ }).click();
  await choice.waitFor({ state: 'hidden' });
  const open = await database.rows<{ word: string | null; state: string }>(sql`
    select i.word, i.state from outage_incidents i join outage_incident_events e on e.company_id = i.company_id and e.incident_id = i.id
    where e.type = 'merged' order by i.state`);
  assert.deepEqual(open, [
    { word: 'merged', state: 'closed' },
    { word: 'merged', state: 'confirmed' },
  ]);
  assert.deepEqual(await axe(page), []);
  await desk.close();
});

test('a thousand open incidents are read, filtered and opened, also on a phone', async () => {
  await database.run(sql`
    insert into outage_incidents (company_id, id, household_id, state, posterior, since, places, households, reports, nested, planned,
      held, version, changed_at)
    select h.company_id, gen_random_uuid(), h.id, 'suspected', 0.7, ${timestamp(county.clock.now)}, '{}', 1, 1, '{}', false,
      false, 1, ${timestamp(county.clock.now)}
    from households h cross join generate_series(1, 3) n where h.company_id = ${companyId} limit 1000`);
  for (const width of [1280, 360]) {
    const desk = await as('抢修指挥', width);
    const { page } = desk;
    await page.goto(`${base}/outages`);
    await page.getByText(/^1,?0\d\d 件/).waitFor();
    await page.getByRole('grid', { name: '停电' }).waitFor();
    assert.ok((await page.getByRole('row').count()) < 100, 'only what is in sight is drawn');
    const { place } = await database.one<{ place: string }>(sql`
      select m.place from outage_incidents i join households h on h.id = i.household_id
      join premises m on m.id = h.premises_id where i.company_id = ${companyId} order by m.place limit 1`);
    await page.getByRole('textbox', { name: '筛选' }).fill(place);
    await page
      .getByRole('row', { name: new RegExp(place) })
      .first()
      .waitFor();
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
    assert.deepEqual(await axe(page), []);
    await desk.close();
  }
});

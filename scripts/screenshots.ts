import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_PASSWORD, HANDBOOK } from '#app/fill-database.ts';
import { MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { companyClocks, readWorkingDays } from '#modules/clock/index.ts';
import { mintLink } from '#modules/notice/index.ts';
import { handbookLibrary, loadDemoHandbook } from '#modules/process/index.ts';
import { openDatabase } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { companyRig } from '#testing/company-rig.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { playDemoDays } from '#testing/demo/demo-days.ts';
import { EXCERPT, readOutages } from '#testing/replay/read-outages.ts';
import { playOutages } from '#testing/replay/run-replay.ts';
import { servedCompany } from '../e2e/running-company.ts';

// `npm run screenshots`: the pictures of the README, of a replay run. The demonstration company with its last days behind it is
// struck by a real storm on Monday morning: the excerpt of this repository is played against the program over HTTP on the
// scaled clock, and stopped in the middle. Then the pages, in a real browser; nothing is drawn that the program does not show.

const OUT = join(import.meta.dirname, '..', 'docs', 'pictures');
const MONDAY = Date.parse('2026-11-23T10:20:00+08:00');

const BEGIN = Date.parse('2026-11-23T08:30:00+08:00');
/** Business seconds a real second, and outages at most. */
const SPEED = 60;
const OUTAGES = 120;

const rig = await companyRig({ households: 3000 });
const openAt = (clock: () => number) =>
  openDatabase({
    connection: rig.connection,
    clock,
    max: 8,
    onError: (error) => console.error(error.message),
  });
const company = demoCompany();
await daysBefore();
await storm();
const database = openAt(() => MONDAY);
const county = {
  database,
  companyId: company.id,
  ...(await servedCompany({ database, companyId: company.id })),
};
await mkdir(OUT, { recursive: true });

type Opened = Awaited<ReturnType<typeof county.as>>;

await counter();
await callerOnTheScreen();
await page('营销服务专责', '/work', 'work');
await page('管控专责', '/board', 'board');
await page('管控专责', await someCase(), 'case');
await page('抢修指挥', '/command', 'command');
await page('抢修指挥', '/outages', 'incidents');
await page('抢修指挥', '/dispatch', 'dispatch');
await page('县调值班员', '/permissions', 'permissions');
await page('发展专责', '/outages/plans', 'planned');
await page('管控专责', '/five-ones', 'five-ones');
await page('管控专责', '/drills', 'drills');
await crewOnThePhone();
await customerOnThePhone();
await signInOnThePhone();
await wall();
await county.browser.close();
await county.app.close();
await database.close();
await rig.close();
process.exit(0);

/** The last days of the demonstration, as every new demo company has them behind it. */
async function daysBefore(): Promise<void> {
  const early = openAt(() => BEGIN);
  const library = handbookLibrary();
  const loaded = await transact(early, (tx) =>
    loadDemoHandbook(tx, { companyId: company.id, folder: HANDBOOK }),
  );
  assert.ok(!isRefusal(loaded));
  await playDemoDays({
    openAt,
    deps: {
      activeHandbook: library.active,
      version: library.version,
      clockBasis: companyClocks(readWorkingDays(join(HANDBOOK, 'calendars', 'holiday-cn.json'))),
    },
    company,
    now: BEGIN - 30 * MINUTE,
  });
  await early.close();
}

async function storm(): Promise<void> {
  const clock = `scale:${SPEED}@${new Date(BEGIN - 30 * MINUTE).toISOString()}`;
  const program = await rig.startProgram({ DAFUWU_CLOCK: clock });
  await playOutages({
    client: program.client,
    password: DEMO_PASSWORD,
    database: rig.database,
    outages: readOutages(EXCERPT).slice(0, OUTAGES),
    between: { begin: BEGIN, end: MONDAY },
    say: console.log,
  });
  program.client.close();
  await program.stop();
}

async function counter(): Promise<void> {
  const t = await county.as('综合柜员');
  await t.page.getByLabel('客户怎么说').fill('晚上电压低，空调带不动，问过两次没人来');
  await t.page
    .getByRole('button', { name: /低电压/ })
    .first()
    .click();
  await t.page.getByRole('combobox', { name: '客户' }).fill('街道');
  await t.page.getByRole('option').first().waitFor({ state: 'attached' });
  await t.page.keyboard.press('Enter');
  await picture(t, 'intake');
}

async function callerOnTheScreen(): Promise<void> {
  const { phone } = await county.database.one<{ phone: string }>(sql`
    select k.phone from cases c join households h on h.company_id = c.company_id and h.id = c.household_id
    join customers k on k.company_id = h.company_id and k.id = h.customer_id
    where c.state = 'open' and k.phone is not null order by c.accepted_at limit 1`);
  const t = await county.as('坐席');
  await t.page.goto(`${county.base}/calls/new?number=${phone}`);
  await picture(t, 'call');
}

async function someCase(): Promise<string> {
  const { id } = await county.database.one<{ id: string }>(sql`
    select c.id from cases c where c.state = 'open' and c.business in ('outage', 'metering')
    order by c.accepted_at limit 1`);
  return `/cases/${id}`;
}

async function page(post: string, path: string, name: string): Promise<void> {
  const t = await county.as(post);
  await t.page.goto(`${county.base}${path}`);
  await picture(t, name);
}

async function customerOnThePhone(): Promise<void> {
  const { id } = await county.database.one<{ id: string }>(sql`
    select c.id from cases c where c.state = 'open' and c.business = 'outage' order by c.accepted_at limit 1`);
  const token = await county.database.transaction((tx) => mintLink(tx, county.companyId, id));
  await picture(
    await county.browser.open({ url: `${county.base}/c/${token}`, width: 360 }),
    'customer-phone',
  );
}

async function crewOnThePhone(): Promise<void> {
  const t = await county.as('抢修班长', 360);
  await t.page.goto(`${county.base}/field`);
  await picture(t, 'field-phone');
}

async function signInOnThePhone(): Promise<void> {
  await picture(await county.browser.open({ url: `${county.base}/sign-in`, width: 360 }), 'sign-in-phone');
}

/** The wall of the hall with people waiting: a screen is let in by the head of the hall, as anywhere. */
async function wall(): Promise<void> {
  const lead = await county.as('营业厅班长');
  await lead.page.goto(`${county.base}/devices`);
  await lead.page.getByLabel('名称').fill('东墙');
  await lead.page.getByRole('button', { name: '登记设备' }).click();
  const address = (await lead.page.locator('code').textContent()) ?? '';
  await lead.page.goto(`${county.base}/queue`);
  for (const kind of ['缴费', '业务', '缴费', '关爱优先', '业务', '缴费']) {
    await lead.page.getByRole('group', { name: '取号' }).getByRole('button', { name: kind }).click();
    await lead.page.getByText(/已取 [A-D]\d+/).waitFor();
    await lead.page.locator('main .ant-btn-loading').first().waitFor({ state: 'detached' });
  }
  await lead.page.keyboard.press('F8');
  await lead.page
    .getByText(/等客户来/)
    .first()
    .waitFor();
  await picture(lead, 'queue');
  await picture(await county.browser.open({ url: address, width: 1920, dark: true }), 'wall');
}

async function picture(t: Opened, name: string): Promise<void> {
  await t.page.evaluate('document.fonts.ready.then(() => true)');
  // The line for live updates stays open, so the network is never idle; what a page shows is there within two seconds.
  await t.page.waitForTimeout(2000);
  await t.page.screenshot({ path: join(OUT, `${name}.png`) });
  await t.close();
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { axe } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// The hall on a Monday morning: the queue, the wall, the telephone, in a browser.

const { app, as, base, browser, database } = await runningCompany(Date.parse('2026-11-23T08:30:00+08:00'));

async function deviceOf(kind: string, name: string) {
  const lead = await as('营业厅班长');
  const { page } = lead;
  await page.goto(`${base}/devices`);
  await page.getByRole('radiogroup', { name: '类型' }).getByText(kind).click();
  await page.getByLabel('名称').fill(name);
  await page.getByRole('button', { name: '登记设备' }).click();
  const shown = (await page.locator('code').textContent()) ?? '';
  await page.getByRole('cell', { name, exact: true }).waitFor();
  assert.deepEqual(await axe(page), []);
  await lead.close();
  return shown;
}

async function fromDevice(token: string, url: string, payload: object) {
  const headers = {
    authorization: `Bearer ${token}`,
    'x-dafuwu-csrf': '1',
    'idempotency-key': `e2e-${Math.random().toString(36).slice(2)}`,
  };
  const answer = await app.inject({ method: 'POST', url, headers, payload });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}

test('twenty wait: the clerk calls by F8, and the wall shows numbers that can be read from ten metres', async () => {
  const machine = await deviceOf('取号机', '门口取号机');
  const address = await deviceOf('营业厅大屏', '东墙');
  for (let i = 0; i < 20; i++)
    await fromDevice(machine, '/api/tickets', { class: ['pay', 'business', 'pay', 'care'][i % 4] });

  const clerk = await as('综合柜员');
  const { page } = clerk;
  await page.getByText(/等候 20 人/).waitFor();
  await page.getByLabel('客户怎么说').fill('一边写一边叫号');
  await page.keyboard.press('F8');
  await page.getByText('D001 已叫 1 次，等客户来').waitFor();
  await page.keyboard.press('F8');
  await page.getByText('D001 正在办理').waitFor();
  assert.equal(await page.getByLabel('客户怎么说').inputValue(), '一边写一边叫号');
  await page.keyboard.press('F8');
  await page.getByText('D002 已叫 1 次，等客户来').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole('link', { name: /叫号/ }).click();
  await page.getByRole('heading', { name: '今天' }).waitFor();
  await page.getByText('叫过 2 个号').waitFor();
  assert.deepEqual(await axe(page), []);
  await clerk.close();

  for (const width of [1920, 3840]) {
    const wall = await browser.open({ url: address, width, dark: true });
    await wall.page.getByText('D002').waitFor();
    await wall.page.getByText('下面请准备').waitFor();
    assert.equal(new URL(wall.page.url()).hash, '', 'the token does not stay in the address');
    assert.deepEqual(await axe(wall.page), [], `${width} px`);
    const smallest = await wall.page.evaluate<number>(`Math.min(...[...document.querySelectorAll('main *')]
      .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim() !== ''))
      .map((e) => parseFloat(getComputedStyle(e).fontSize)))`);
    assert.ok(smallest >= (48 * width) / 1920, `${smallest} px at ${width}`);
    const over = await wall.page.evaluate<number>('document.documentElement.scrollHeight - innerHeight');
    assert.ok(over <= 0, `${over} px over the wall's edge at ${width}`);
    await wall.close();
  }
});

test('the wall keeps its last numbers when the line is lost, and goes dark when its token is taken back', async () => {
  const address = await deviceOf('营业厅大屏', '西墙');
  const wall = await browser.open({ url: address, width: 1920, dark: true });
  await wall.page.getByText('D002').waitFor();
  await wall.page.route('**/api/hall-screen', (route) => route.abort());
  await wall.page.waitForEvent('requestfailed');
  await wall.page.getByText('D002').waitFor();
  await wall.page.unroute('**/api/hall-screen');
  await database.run(sql`update devices set revoked_at = now() where devices.name = '西墙'`);
  await wall.page.getByText('这块大屏没有登记，或已被停用').waitFor();
  assert.deepEqual(await axe(wall.page), []);
  await wall.page.close();
});

/** Whether a browser is mute depends on how it was started: this one is, until a click, and counts the notes that it plays. */
const MUTE_BROWSER = `
  window.notes = 0;
  const nothing = () => undefined;
  window.AudioContext = class extends EventTarget {
    state = 'suspended';
    currentTime = 0;
    destination = {};
    async resume() { this.state = 'running'; this.dispatchEvent(new Event('statechange')); }
    async close() {}
    createOscillator() {
      return { frequency: {}, connect: (to) => to, start: () => { window.notes += 1; }, stop: nothing };
    }
    createGain() {
      const gain = { setValueAtTime: nothing, linearRampToValueAtTime: nothing, exponentialRampToValueAtTime: nothing };
      return { gain, connect: nothing };
    }
  };`;

test('the wall says that it is mute until somebody touches it, and is heard at once', async () => {
  const address = await deviceOf('营业厅大屏', '南墙');
  const wall = await browser.open({ url: `${base}/hall/`, width: 1920, dark: true });
  await wall.page.addInitScript(MUTE_BROWSER);
  await wall.page.goto(address);
  await wall.page.getByText('D002').waitFor();
  const sound = wall.page.getByRole('button', { name: '声音关着，点这里打开' });
  assert.equal(await wall.page.evaluate('window.notes'), 0, 'what hangs there already is no news');
  await sound.click();
  await sound.waitFor({ state: 'detached' });
  assert.equal(await wall.page.evaluate('window.notes'), 2);
  await wall.close();
});

test('a call rings, can be answered without a mouse, and its intake is filled in', async () => {
  const exchange = await deviceOf('话务系统', '总机');
  const caller = await database.one<{ phone: string; id: string }>(sql`
    select c.phone, min(h.id::text) as id from households h
    join customers c on c.company_id = h.company_id and c.id = h.customer_id
    where c.phone is not null group by c.phone having count(*) = 1 order by c.phone limit 1`);
  const taker = await as('坐席');
  const { page } = taker;
  await page.getByLabel('客户怎么说').waitFor();
  await fromDevice(exchange, '/api/calls', { phone: caller.phone, agent: 'call-taker', recording: 'R-77' });
  await page.getByText(`来电 ${caller.phone}`).waitFor();
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('F2');
  await page.getByRole('heading', { name: `来电 ${caller.phone}` }).waitFor();
  await page.getByText(/您好，.*这一户吗/).waitFor();
  await page.getByText(/通话中/).waitFor();
  await page.getByText('非常激动').click();
  await page.keyboard.press('m');
  await page.getByText('已记：要找媒体或 12345').waitFor();
  await page.getByRole('heading', { name: /在办诉求/ }).waitFor();
  assert.deepEqual(await axe(page), []);

  await page.keyboard.press('Control+Enter');
  await page.getByLabel('客户怎么说').waitFor();
  await page.getByRole('heading', { name: /在办诉求/ }).waitFor();
  assert.equal(await page.getByLabel('联系电话').inputValue(), caller.phone);
  assert.equal(await page.getByLabel('客户说要找媒体或 12345').isChecked(), true);
  await page.getByLabel('客户怎么说').fill('家里没电了');
  await page.getByRole('group', { name: '可能是' }).getByRole('button').first().click();
  await page.keyboard.press('Control+Enter');
  await page.getByText(/已受理，编号/).waitFor();
  const tied = await database.one<{ mood: string; risk: boolean; case_id: string | null }>(sql`
    select c.mood, c.escalation_risk as risk, calls.case_id from calls
    join cases c on c.company_id = calls.company_id and c.id = calls.case_id where calls.recording_no = 'R-77'`);
  assert.deepEqual([tied.mood, tied.risk], ['furious', true]);
  await taker.close();
});

test('a number opened by address is a call; cut off, it is owed until somebody calls back', async () => {
  const taker = await as('坐席');
  const { page } = taker;
  await page.goto(`${base}/calls/new?number=16499990001`);
  await page.getByText('请问您在哪个村或小区').waitFor();
  await page.getByRole('button', { name: '掉线了，要回拨' }).click();
  await page.getByText(/前回拨/).waitFor();
  await page.getByRole('button', { name: '欠电话 1' }).click();
  const row = page.getByRole('row', { name: /16499990001 通话断了/ });
  await row.waitFor();
  assert.deepEqual(await axe(page), []);
  await row.getByRole('button', { name: '记下' }).click();
  await page.getByText('没有欠客户的电话').waitFor();
  await taker.close();
});

test('a shift is handed over: the giver signs, the chip calls the taker, who signs and has the drafts', async () => {
  const giver = await as('综合柜员');
  await giver.page.getByLabel('客户怎么说').fill('这一位还没记完');
  await giver.page.getByText('草稿已存').waitFor();
  await giver.page.getByRole('link', { name: /交班/ }).click();
  await giver.page.getByText(/草稿 \d 份，没有转成工单/).waitFor();
  await giver.page.getByLabel('要交代的话').fill('三号窗口的客户下午还来');
  assert.deepEqual(await axe(giver.page), []);
  await giver.page.getByRole('button', { name: '签字交班' }).click();
  await giver.page.getByText('已签字交班，等接班人签字').waitFor();
  await giver.close();

  const taker = await as('综合柜员', 1280, 'zh', 1);
  await taker.page.getByRole('button', { name: '有人请您接班' }).click();
  await taker.page.getByText('交代：三号窗口的客户下午还来').waitFor();
  assert.deepEqual(await axe(taker.page), []);
  await taker.page.getByRole('button', { name: '签字接班' }).click();
  await taker.page.getByText(/已接班：草稿 \d+ 份/).waitFor();
  await taker.page.getByRole('heading', { name: '交接记录' }).waitFor();
  await taker.page.getByRole('link', { name: /受理/ }).first().click();
  await taker.page.getByRole('button', { name: '这一位还没记完', exact: true }).waitFor();
  await taker.close();
});

test('a visit is booked from a call, and whoever comes draws his ticket', async () => {
  const lead = await as('营业厅班长');
  await lead.page.goto(`${base}/appointments`);
  await lead.page.getByText('设置可预约的时段', { exact: true }).click();
  assert.deepEqual(await axe(lead.page), []);
  await lead.page.getByRole('button', { name: '按此设置' }).click();
  await lead.page.getByText('08:30 余 2').waitFor();
  await lead.close();

  const taker = await as('坐席');
  const { page } = taker;
  await page.goto(`${base}/calls/new?number=16499990002`);
  await page.getByRole('button', { name: '预约来厅' }).click();
  const day = await page.getByLabel('日期').inputValue();
  await page.getByLabel('姓名').fill('王秀英');
  assert.equal(await page.getByLabel('电话').inputValue(), '16499990002');
  await page.getByText('08:30 余 2').click();
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('Control+Enter');
  await page.getByText(`已约：城区营业厅 ${day} 08:30，王秀英`).waitFor();
  await taker.close();

  const clerk = await as('综合柜员');
  await clerk.page.goto(`${base}/appointments`);
  await clerk.page.getByRole('button', { name: '到了，取号：王*英' }).click();
  await clerk.page.getByText('已到，C001').waitFor();
  assert.deepEqual(await axe(clerk.page), []);
  await clerk.close();
});

test('every page of the hall stands in English, with nothing left in Chinese keys', async () => {
  const lead = await as('Hall lead', 1280, 'en');
  for (const [path, heading] of [
    ['/intake', 'One counter for everything'],
    ['/queue', /queue/],
    ['/calls/new', 'Calls and call-backs'],
    ['/shift', /shift hand-over/],
    ['/devices', 'Screens, ticket machines, telephone exchange'],
  ] as const) {
    await lead.page.goto(`${base}${path}`);
    await lead.page.getByRole('heading', { name: heading }).first().waitFor();
    assert.deepEqual(await axe(lead.page), [], path);
    assert.doesNotMatch(await lead.page.innerText('main'), /\b(intake|queue|shift|call|device|strip)\.\w+/);
  }
  await lead.close();
});

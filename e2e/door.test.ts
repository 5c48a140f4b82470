import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { receiveOrder } from '#modules/door/index.ts';
import { writeTime } from '#modules/door/domain/index.ts';
import { axe } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// Orders of other systems at the desk, their keys, and the customers' own page, in a browser.

const { actor, app, as, base, browser, companyId, database, deps, must } = await runningCompany();
const NOW = await database.now();

async function look(page: { screenshot(options: { path: string }): Promise<unknown> }, name: string) {
  const folder = process.env['DAFUWU_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/door-${name}.png` });
}

test('a key is made; an order that fits no process is completed; its reply passes the gate and goes back', async () => {
  const administrator = await as('系统管理员');
  const keys = administrator.page;
  await keys.goto(`${base}/door-keys`);
  await keys.getByText('还没有密钥').waitFor();
  await keys.getByLabel('给谁用').fill('省客服中心接口');
  await keys.getByRole('button', { name: '做一把密钥' }).click();
  const key = (await keys.locator('code').textContent()) ?? '';
  await keys.getByRole('cell', { name: '省客服中心接口', exact: true }).waitFor();
  assert.deepEqual(await axe(keys), []);
  await look(keys, 'keys');
  await administrator.close();

  const headers = { authorization: `Bearer ${key}`, 'x-dafuwu-csrf': '1' };
  const payload = {
    number: '20261124000871',
    startedAt: writeTime(NOW - 40 * 60_000),
    kind: '其他事项',
    contactName: '张某',
    contactPhone: '13900000001',
    place: '某街道某小区',
    words: '客户反映缴费后短信没有收到，请核实后答复。',
  };
  const sent = await app.inject({ method: 'POST', url: '/api/outside/orders', headers, payload });
  assert.equal(sent.json().error.code, 'door.kind-unknown', 'a program mends what it sends');
  const { personId } = await actor('control-officer');
  const pasted = { companyId, door: '95598', way: 'paste', keyId: null, personId } as const;
  const waiting = await must((tx) => receiveOrder(tx, deps, pasted, payload));
  assert.equal(waiting.state, 'to-complete');

  const officer = await as('管控专责');
  const { page } = officer;
  await page.goto(`${base}/outside`);
  await page.getByRole('link', { name: '95598 20261124000871' }).click();
  await page.getByText('业务类型对不上流程').waitFor();
  assert.deepEqual(await axe(page), []);
  await look(page, 'complete');
  await page.getByLabel('走哪个流程').click();
  await page.keyboard.type('业务咨询');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '受理', exact: true }).click();
  await page.getByRole('link', { name: /打开诉求 \d{11}/ }).waitFor();
  await page.getByText(/到手时已用/).waitFor();

  await page.getByRole('button', { name: '写好回单' }).click();
  await page.getByText(/回单还不能交出/).waitFor();
  await page
    .getByRole('radiogroup', { name: '是否联系客户（必填）' })
    .getByText('是', { exact: true })
    .click();
  await page.getByLabel('联系时间').fill(writeTime(NOW - 5 * 60_000));
  await page.getByLabel('责任单位（必填）').fill('营销部');
  await page.getByLabel('原因（必填）').fill('客户登记的手机号已停用');
  await page
    .getByRole('radiogroup', { name: '是否现场核实（必填）' })
    .getByText('否', { exact: true })
    .click();
  await page.getByLabel('处理措施（必填）').fill('更新手机号并补发短信');
  await page.getByLabel('处理结果（必填）').fill('客户收到短信');
  await page.getByLabel('办结时间（必填）').fill(writeTime(NOW - 60_000));
  await page.getByLabel('客户意见（必填）').fill('认可');
  await page.getByRole('button', { name: '写好回单' }).click();
  await page.getByText('等对方取走，也可以在这里交付').waitFor();
  await page.getByText('提出申诉', { exact: true }).first().click();
  assert.deepEqual(await axe(page), []);
  await look(page, 'reply');

  const replies = await app.inject({ url: '/api/outside/replies', headers });
  assert.equal(replies.json().replies[0].fields['处理措施'], '更新手机号并补发短信');
  const taken = await app.inject({
    method: 'POST',
    url: '/api/outside/replies/taken',
    headers,
    payload: { numbers: [payload.number] },
  });
  assert.deepEqual(taken.json(), { handed: 1 });
  await page.reload();
  await page.getByText(/对方用接口取走/).waitFor();
  await page.goto(`${base}/outside?part=all`);
  await page.getByRole('cell', { name: '已回单' }).waitFor();
  assert.deepEqual(await axe(page), []);
  await look(page, 'inbox');
  await page.getByRole('link', { name: /^\d{11}$/ }).click();
  await page.getByText(/95598 来单/).waitFor();
  await look(page, 'case');
  await officer.close();
});

test('a GB18030 file is recognised and mended in the preview; a pasted text is read', async () => {
  const officer = await as('管控专责');
  const { page } = officer;
  await page.goto(`${base}/outside/import`);
  await page.getByText('政务服务热线 12345').click();
  // 受理编号,受理时间,受理内容 and one row whose day never was, in GB18030.
  const start = (await import('node:child_process')).execFileSync('iconv', ['-f', 'utf-8', '-t', 'gb18030'], {
    input: '工单编号,受理时间,受理内容\nG1,2026-02-30 08:00,路灯不亮\n',
  });
  await page.getByLabel('选择文件').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: start });
  await page.getByText(/文件编码看起来是 GB18030/).waitFor();
  await page.getByText(/1 件有误/).waitFor();
  assert.deepEqual(await axe(page), []);
  await look(page, 'import');
  assert.equal(await page.getByRole('button', { name: '导入 1 件' }).isDisabled(), true);
  await page.getByLabel('受理时间 2').fill(writeTime(NOW - 3_600_000));
  await page.getByRole('button', { name: '导入 1 件' }).click();
  await page.getByText('已收 1 件').waitFor();

  await page.getByText('粘贴', { exact: true }).click();
  await page
    .getByLabel('把来单整段粘贴在这里')
    .fill(`受理编号：P1 受理时间：${writeTime(NOW)}\n诉求人：李某\n诉求内容：小区变压器响`);
  await page.getByText('读出 1 件').waitFor();
  await page.getByRole('button', { name: '导入 1 件' }).click();
  await page.getByText('已收 1 件').waitFor();
  await officer.close();
});

test('a customer reports from a phone without signing in, follows the link, and his neighbour is told what is known', async () => {
  const village = await database.one<{ name: string; town: string }>(sql`
    select a.name, a.town_name as town from service_areas a where a.area_class = 'rural' order by a.division_code limit 1`);
  async function report(phone: string) {
    const t = await browser.open({ url: `${base}/c/report`, width: 360 });
    const { page } = t;
    await page.getByRole('heading', { name: '您遇到什么事？' }).waitFor();
    assert.deepEqual(await axe(page), []);
    if (phone.endsWith('1')) await look(page, 'report-what');
    await page.getByRole('button', { name: '家里没电' }).click();
    await page.getByLabel('在哪里？').fill(village.name.slice(0, 3));
    await page.getByRole('button', { name: `${village.town} ${village.name}` }).click();
    await page.getByLabel('您的电话').fill(phone);
    assert.deepEqual(await axe(page), []);
    if (phone.endsWith('1')) await look(page, 'report-form');
    const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    assert.ok(Number(wide) <= 0, `${wide} px too wide`);
    await page.getByRole('button', { name: '报给供电公司' }).click();
    return t;
  }
  const first = await report('13900000001');
  await first.page.getByText(/编号 \d{11}/).waitFor();
  await look(first.page, 'report-done');
  await first.page.getByRole('link', { name: '看办理进度' }).click();
  await first.page
    .getByText(/\d{11}/)
    .first()
    .waitFor();
  await first.close();
  const second = await report('13900000002');
  await second.page.getByText(/编号 \d{11}/).waitFor();
  await second.close();
  const third = await report('13900000003');
  await third.page.getByText('我们已经知道了').waitFor();
  assert.deepEqual(await axe(third.page), []);
  await look(third.page, 'report-known');
  await third.page.getByRole('button', { name: '我家情况不一样，仍要报修' }).click();
  await third.page.getByText(/编号 \d{11}/).waitFor();
  await third.close();
});

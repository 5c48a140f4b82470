import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { axe, launchBrowser, type TestBrowser } from '#testing/browser.ts';
import { buildWeb } from './build-web.ts';
import { type Answers, type FixtureServer, startFixtureServer } from './fixture-server.ts';

const NOW = Date.parse('2026-11-23T16:40:00+08:00');
// A post that no feature gives a page: what is looked at here is the shell alone.
const SESSION = {
  person: { id: 'p1', name: '王秀英', staffNo: '0017' },
  login: 'clerk',
  post: 'trainee',
  postName: { zh: '综合柜员', en: 'Counter clerk' },
  unit: { id: 'u1', code: 'hall-01', name: '城区营业厅', nameEn: 'City hall' },
  company: { name: '文登供电公司', shortName: '文登', demo: true },
  roles: [],
  permissions: [],
  mustChangePassword: false,
  locked: false,
  clock: { now: NOW, scale: 60 },
};
const ROLES = [
  {
    login: 'clerk',
    name: '王秀英',
    post: 'clerk',
    postName: { zh: '综合柜员', en: 'Counter clerk' },
    unit: { zh: '城区营业厅', en: 'City hall' },
  },
  {
    login: 'dispatcher',
    name: '刘志强',
    post: 'dispatcher',
    postName: { zh: '抢修指挥', en: 'Dispatcher' },
    unit: { zh: '配网抢修指挥中心', en: 'Repair centre' },
  },
];

let signedIn = false;
let locked = false;
const refused = (status: number, code: string) => ({ status, body: { error: { code, message: code } } });
const answers: Answers = {
  'GET /api/session': () => (signedIn ? { body: SESSION } : refused(401, 'session.none')),
  'GET /api/demo-roles': () => ({ body: ROLES }),
  'POST /api/session': (body) => {
    signedIn = (body as { password: string }).password === 'Wendeng-yanshi-2026';
    return signedIn ? { body: {} } : refused(422, 'session.wrong');
  },
  'POST /api/session/password': () => (locked ? refused(401, 'session.locked') : { status: 204 }),
  'GET /api/link': () => refused(404, 'link.unknown'),
  'POST /api/session/unlock': () => {
    locked = false;
    return { status: 204 };
  },
};

let browser: TestBrowser;
let server: FixtureServer;

before(async () => {
  server = await startFixtureServer(await buildWeb(), answers);
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await server.close();
});
beforeEach(() => {
  signedIn = false;
  locked = false;
});

test('the first page is Chinese, in the font the app carries, under 600 kB beside the font', async () => {
  const opened = await browser.open({ url: `${server.url}/sign-in`, firstVisit: true });
  const { page } = opened;
  await page.getByRole('heading', { name: '用演示角色进入' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');

  const { font, other } = await opened.transferred();
  assert.ok(font > 0, 'this browser has no Chinese font of its own, so the app must have sent one');
  assert.ok(other < 600_000, `opening the app transferred ${other} bytes beside fonts`);
  assert.equal(await page.evaluate(`document.fonts.check('14px "Noto Sans SC"', '演示公司')`), true);
  await opened.close();
});

test('the sign-in page has nothing for axe to find, on a phone, at a desk and on a wall', async () => {
  for (const width of [360, 1280, 3840]) {
    const opened = await browser.open({ url: `${server.url}/sign-in`, width });
    await opened.page.getByRole('button', { name: '登录', exact: true }).waitFor();
    assert.deepEqual(await axe(opened.page), [], `${width} px`);
    assert.equal(
      await opened.page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
      true,
      `${width} px scrolls sideways`,
    );
    await opened.close();
  }
});

test('signing in by keyboard: a wrong password says so, the right one leads to the desk', async () => {
  const opened = await browser.open({ url: `${server.url}/sign-in` });
  const { page } = opened;
  await page.getByRole('textbox', { name: '账号' }).focus();
  await page.keyboard.type('clerk');
  await page.keyboard.press('Tab');
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('账号或密码不对').waitFor();

  await page.getByLabel('密码').fill('Wendeng-yanshi-2026');
  await page.keyboard.press('Enter');
  await page.getByText('王秀英').waitFor();
  await page.getByText('×60').waitFor();
  assert.deepEqual(await axe(page), []);

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('Escape');
  await page.getByRole('combobox').waitFor({ state: 'hidden' });

  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: '键盘操作' }).waitFor();
  await opened.close();
});

test('a click on a demonstration role signs in', async () => {
  const opened = await browser.open({ url: `${server.url}/sign-in` });
  await opened.page.getByRole('button', { name: /综合柜员/ }).click();
  await opened.page.getByText('还没有给您的岗位安排工作页面').waitFor();
  await opened.close();
});

test('whoever is not signed in is led to the sign-in page, and back to where he wanted to go', async () => {
  const opened = await browser.open({ url: `${server.url}/password` });
  const { page } = opened;
  await page.getByRole('button', { name: /综合柜员/ }).click();
  await page.getByRole('heading', { name: '改密码' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/password');
  await opened.close();
});

test('a link to the sign-in page cannot lead to another site afterwards', async () => {
  const opened = await browser.open({
    url: `${server.url}/sign-in?to=${encodeURIComponent('//evil.example/')}`,
  });
  await opened.page.getByRole('button', { name: /综合柜员/ }).click();
  await opened.page.getByText('还没有给您的岗位安排工作页面').waitFor();
  assert.equal(new URL(opened.page.url()).origin, server.url);
  await opened.close();
});

test('a locked session covers the page, and what was typed is still there afterwards', async () => {
  signedIn = true;
  const opened = await browser.open({ url: `${server.url}/password` });
  const { page } = opened;
  await page.getByLabel('现在的密码').fill('typed-before');
  await page.getByLabel('新密码', { exact: true }).fill('new-pass-1!');
  await page.getByLabel('再输一遍新密码').fill('new-pass-1!');
  locked = true;
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: '屏幕已锁定' }).waitFor();
  assert.deepEqual(await axe(page), []);
  await page.keyboard.type('Wendeng-yanshi-2026');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '屏幕已锁定' }).waitFor({ state: 'hidden' });
  assert.equal(await page.getByLabel('现在的密码').inputValue(), 'typed-before');
  await opened.close();
});

test('the entrance of wall screens says when an address names no hall', async () => {
  const opened = await browser.open({ url: `${server.url}/hall/unknown`, width: 3840, dark: true });
  await opened.page.getByText('这个地址没有对应的大屏').waitFor();
  assert.deepEqual(await axe(opened.page), []);
  await opened.close();
});

test('in English no Chinese is left on the shell but names', async () => {
  signedIn = true;
  const opened = await browser.open({ url: `${server.url}/password`, language: 'en' });
  await opened.page.getByRole('heading', { name: 'Change password' }).waitFor();
  const text = await opened.page.locator('body').innerText();
  const names = [SESSION.person.name, SESSION.postName.zh, SESSION.unit.name].join('|');
  assert.doesNotMatch(text.replaceAll(new RegExp(names, 'g'), ''), /[\u4e00-\u9fff]/);
  await opened.close();
});

test("the customers' entrance holds none of the staff's program and says what to do with a bad link", async () => {
  const opened = await browser.open({ url: `${server.url}/c/unknown`, width: 360 });
  await opened.page.getByText('这个链接打不开').waitFor();
  assert.deepEqual(await axe(opened.page), []);
  const scripts = (await opened.page.evaluate(
    `performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => /SignIn|index-/.test(name) && name.endsWith('.js'))`,
  )) as string[];
  assert.deepEqual(scripts, []);
  await opened.close();
});

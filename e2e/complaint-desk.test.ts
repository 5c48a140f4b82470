import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCase, finishStep, takeStep } from '#modules/case/index.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { actorOf } from '#testing/demo/carry-order.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { axe } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// A complaint at its desk: graded by the control officer, judged by a head who may, appealed by the station that sees
// nothing else of it, decided by the leaders.

const { as, base, database, actor, must, deps } = await runningCompany();
const company = demoCompany();

function person(unit: string, post: string) {
  const found = company.staff.find((one) => one.unit.code === unit && one.post === post);
  if (found === undefined) throw new Error(`nobody is ${post} in ${unit}`);
  return actorOf(company, found);
}

const clerk = await actor('clerk');
const { caseId, orderId } = await must((tx) =>
  acceptCase(
    tx,
    deps,
    clerk,
    anIntake({ process: 'complaint', words: '抄表员态度恶劣', contactName: '于秀兰' }),
  ),
);

async function work(who: ReturnType<typeof person>, step: string, report?: object): Promise<void> {
  const ref = { step, caseId: null, round: 1 };
  const { seq } = await database.one<{ seq: number }>(
    sql`select o.seq from orders o where o.id = ${orderId}`,
  );
  const at = { orderId: orderId ?? '', ref };
  const taken = await must((tx) => takeStep(tx, deps, who, { ...at, seq }));
  if (report !== undefined)
    await must((tx) => finishStep(tx, deps, who, { ...at, seq: taken.seq, ...report }));
}

test('graded by what is known, judged, appealed and decided, each by who may', async () => {
  const officer = await as('管控专责');
  await officer.page.goto(`${base}/complaints`);
  await officer.page.getByText('未定级').first().waitFor();
  assert.deepEqual(await axe(officer.page), []);
  await officer.page.goto(`${base}/cases/${caseId}`);
  await officer.page.getByRole('link', { name: '在投诉处置台办理' }).click();
  await officer.page.getByRole('button', { name: '由我办理“定级派单”' }).click();
  await officer.page.getByRole('combobox', { name: '投诉类别' }).press('ArrowDown');
  await officer.page.getByRole('combobox', { name: '投诉类别' }).press('Enter');
  await officer.page.getByRole('checkbox', { name: '客户扬言找政府或媒体' }).check();
  await officer.page.getByText('按标准为重要投诉').waitFor();
  assert.deepEqual(await axe(officer.page), []);
  await officer.page.getByRole('button', { name: '定为重要并派单' }).click();
  await officer.page.getByRole('heading', { name: '等级带来的事' }).waitFor();
  await officer.close();

  const inspector = person('inspection', 'inspector');
  await work(inspector, 'take', {});
  const found = {
    values: { factFinding: '录音属实', siteVisited: true },
    checked: ['recording', 'two-people'],
  };
  await work(inspector, 'investigate', found);
  const head = await as(/部门主任.*优质服务督察组/);
  await head.page.goto(`${base}/complaints/${caseId}`);
  await head.page.getByRole('button', { name: '由我办理“责任认定”' }).click();
  await head.page.getByRole('radio', { name: '属实', exact: true }).check();
  await head.page.getByRole('radio', { name: '单位责任' }).check();
  await head.page.getByRole('combobox', { name: '责任单位' }).fill(company.units.byCode('station-05').name);
  await head.page.getByRole('combobox', { name: '责任单位' }).press('Enter');
  await head.page.getByLabel('事实与依据').fill('与于秀兰争吵，录音可证');
  await head.page.getByRole('button', { name: '作出认定' }).click();
  await head.page.getByText('事实与依据里写到了客户是谁').waitFor();
  assert.deepEqual(await axe(head.page), []);
  await head.page.getByLabel('事实与依据').fill('抄表员与客户争吵，录音可证');
  await head.page.getByRole('button', { name: '作出认定' }).click();
  await head.page.getByRole('button', { name: '作出认定' }).waitFor({ state: 'detached' });
  await head.page.getByText('抄表员与客户争吵，录音可证').waitFor();
  await head.close();

  const lead = await as('供电所所长');
  await lead.page.goto(`${base}/liability-notices`);
  await lead.page.getByText('抄表员与客户争吵，录音可证').waitFor();
  assert.equal((await lead.page.content()).includes('于秀兰'), false);
  await lead.page.getByText('申诉', { exact: true }).first().click();
  await lead.page.getByLabel('申诉理由').fill('录音不完整');
  assert.deepEqual(await axe(lead.page), []);
  await lead.page.getByRole('button', { name: '申诉' }).click();
  await lead.page.getByText('申诉待裁定').waitFor();
  await lead.page.goto(`${base}/cases/${caseId}`);
  await lead.page.getByText('录音不完整').waitFor({ state: 'detached' });
  await lead.close();

  const deputy = await as('分管副总');
  await deputy.page.goto(`${base}/complaints/${caseId}`);
  await deputy.page.getByRole('button', { name: '由我办理“申诉裁定”' }).click();
  await deputy.page.getByRole('radio', { name: '维持原认定' }).check();
  await deputy.page.getByLabel('事实与依据').fill('录音完整，事实清楚');
  await deputy.page.getByRole('button', { name: '作出裁定' }).click();
  await deputy.page.getByRole('button', { name: '作出裁定' }).waitFor({ state: 'detached' });
  await deputy.page.getByText('录音完整，事实清楚').waitFor();
  assert.deepEqual(await axe(deputy.page), []);
  await deputy.close();
});

test('the desk reads in English and on a wall, and an empty list says what will be there', async () => {
  for (const [width, language] of [
    [1280, 'en'],
    [3840, 'zh'],
  ] as const) {
    const officer = await as(language === 'en' ? 'Control officer' : '管控专责', width, language);
    await officer.page.goto(`${base}/complaints`);
    await officer.page.getByRole('grid').waitFor();
    assert.deepEqual(await axe(officer.page), []);
    await officer.page.goto(`${base}/complaints?type=YJ`);
    await officer.page
      .getByRole('heading', { level: 2, name: language === 'en' ? 'Nothing is open' : '没有在办的' })
      .waitFor();
    assert.deepEqual(await axe(officer.page), []);
    await officer.page.goto(`${base}/complaints/${caseId}`);
    await officer.page.getByRole('heading', { level: 1 }).waitFor();
    assert.deepEqual(await axe(officer.page), []);
    await officer.close();
  }
});

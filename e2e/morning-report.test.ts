import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import { acceptCase } from '#modules/case/index.ts';
import { doStep } from '#modules/case/testing/do-step.ts';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { addFinding, beginDrill, closeFinding, giveInject, planDrill } from '#modules/repair/index.ts';
import { sql } from '#platform/db/sql.ts';
import { axe } from '#testing/browser.ts';
import { runningCompany } from './running-company.ts';

// 五个一晨报 as the head reads it: honest in its first lines, each figure opens what it is made of, one page of paper. 演练: marked, checked.

const company = await runningCompany(Date.parse('2026-11-23T09:00:00+08:00'));
const { as, base, clock, companyId, database, deps, must } = company;
const caller = await company.actor('call-taker');
const dispatcher = await company.actor('dispatcher');
const crew = await company.actor('repair-lead');
const worker = await company.actor('repair-worker');
const control = await company.actor('control-officer');

/** Mended in one visit, as the five ones want it; the crew took its time to come. */
async function lateFault() {
  const { id } = await database.one<{ id: string }>(sql`
    select h.id from households h join units u on u.company_id = h.company_id and u.id = h.station_id
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    where u.code = 'station-05' and p.area_class = 'rural' order by h.account_no limit 1`);
  const intake = anIntake({ process: 'repair-low', channel: 'phone', householdId: id });
  const { orderId, caseId } = await must((tx) => acceptCase(tx, deps, caller, intake));
  assert.ok(orderId);
  for (const [step, actor, minutes] of [
    ['judge', dispatcher, 2],
    ['dispatch', dispatcher, 2],
    ['accept', crew, 2],
    ['arrive', crew, 130],
    ['survey', worker, 5],
    ['safe', crew, 5],
    ['fix', worker, 20],
    ['restore', crew, 5],
  ] as const) {
    clock.advance(minutes * MINUTE);
    await doStep(company, orderId, actor, step);
  }
  const { no } = await database.one<{ no: string }>(sql`select c.no from cases c where c.id = ${caseId}`);
  return no;
}

test('kept and late is said in one breath; the figure opens its ledger, and the page is one sheet without the frame', async () => {
  const no = await lateFault();
  clock.advance(HOUR);
  const head = await as('抢修指挥');
  const { page } = head;
  await page.goto(`${base}/five-ones?day=2026-11-23`);
  const summary = page.getByRole('list', { name: '当日概述' });
  await summary.getByText('已评 1 起，五个一达成 1 起。').waitFor();
  await summary.getByRole('button', { name: /到场超时：农村 1 起，限 90 分/ }).click();
  const ledger = page.getByRole('region', { name: /到场 农村：1 起，限 90 分/ });
  await ledger.getByRole('link', { name: no }).waitFor();
  await ledger.getByText('136 分').waitFor();
  assert.deepEqual(await axe(page), []);

  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('navigation').first().isVisible(), false);
  assert.equal(await page.getByRole('button', { name: '打印' }).isVisible(), false);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal(pdf.match(/\/Type\s*\/Page[^s]/g)?.length, 1);
  await head.close();
});

test('an exercise is marked on the live screens and in no count; its finding has an owner and is checked by somebody else', async () => {
  const { id: unitId } = await database.one<{ id: string }>(
    sql`select u.id from units u where u.code = 'repair-centre'`,
  );
  const { id } = await must((tx) =>
    planDrill(tx, deps, control, {
      title: '台风联合演练',
      scene: '台风过境',
      plannedAt: clock.now + HOUR,
      unitIds: [unitId],
      bodies: ['镇政府'],
      injects: [
        {
          afterMinutes: 0,
          words: '半个镇没电',
          report: { process: 'repair-medium', place: '镇政府东路口', area: 'rural' },
        },
      ],
    }),
  );
  await must((tx) => beginDrill(tx, control, id));
  const { id: injectId } = await database.one<{ id: string }>(sql`select i.id from drill_injects i`);
  await must((tx) => giveInject(tx, deps, control, injectId));
  const dueAt = clock.now + 3 * DAY;
  const owner = dispatcher.personId;
  const finding = await must((tx) =>
    addFinding(tx, control, { drillId: id, words: '对讲机频道不统一', unitId, ownerId: owner, dueAt }),
  );
  await must((tx) => closeFinding(tx, dispatcher, { id: finding.id, words: '已统一频道', mayRun: false }));

  const desk = await as('抢修指挥');
  await desk.page.goto(`${base}/command`);
  await desk.page.getByText('【演练】镇政府东路口').waitFor();
  const { n } = await database.one<{ n: number }>(sql`
    select count(*) as n from orders o where o.company_id = ${companyId} and o.state = 'open' and o.business = 'repair'`);
  await desk.page.getByText(`在办 ${n - 1} 件`).waitFor();
  await desk.close();

  const officer = await as('管控专责');
  await officer.page.goto(`${base}/drills/${id}`);
  await officer.page.getByText('待复查').waitFor();
  assert.deepEqual(await axe(officer.page), []);
  await officer.page.getByRole('button', { name: '复查通过' }).click();
  await officer.page.getByText(/复查通过$/).waitFor();
  await officer.close();
});

import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import type { CaseActor } from '#modules/case/index.ts';
import {
  addFinding,
  answerInject,
  beginDrill,
  checkFinding,
  closeFinding,
  drillInjects,
  endDrill,
  giveInject,
  planDrill,
} from '#modules/repair/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { doNextStep, must } from './carry-order.ts';
import type { Stage } from './carry-to.ts';
import { seeded } from './seeded.ts';

/** Steps of the exercised fault, six minutes each: until the crew has looked at it. */
const STEPS = 6;

/** One exercise that was held, with what was found, and one that is planned. Says how many cases were injected. */
export async function bringDrills(
  stage: Stage,
  database: Database,
  officer: CaseActor,
  setClock: (at: Instant) => void,
): Promise<number> {
  const unit = (code: string) => stage.company.units.byCode(code).id;
  const units = ['repair-centre', 'dispatch', 'control-centre'].map(unit);
  setClock(stage.now - 20 * DAY);
  const held = stage.now - 12 * DAY;
  const { id } = await must(database, (tx) =>
    planDrill(tx, stage.deps, officer, {
      title: '米山镇大面积停电联合演练',
      scene: '雷雨大风，米山镇主线跳闸，镇卫生院、自来水厂失电，政企联动保供电',
      plannedAt: held,
      unitIds: units,
      bodies: ['米山镇人民政府', '区消防救援大队', '米山镇卫生院'],
      injects: [
        { afterMinutes: 0, words: '镇政府值班室询问停电范围和恢复时间' },
        {
          afterMinutes: 5,
          words: '变压器冒烟，整条街没电',
          report: { process: 'repair-medium', place: '米山镇政府东路口', area: 'rural' },
        },
        { afterMinutes: 15, words: '镇卫生院请求应急发电车' },
      ],
    }),
  );
  setClock(held);
  await must(database, (tx) => beginDrill(tx, officer, id));
  const injected = await play(stage, database, officer, { id, held }, setClock);
  const parties = await database.rows<{ id: string }>(sql`
    select p.id from drill_parties p where p.drill_id = ${id} and p.body is distinct from '区消防救援大队'`);
  await must(database, (tx) => endDrill(tx, stage.deps, officer, { id, came: parties.map((one) => one.id) }));
  await find(database, officer, id, { held, company: stage.company }, setClock);

  setClock(stage.now - DAY);
  await must(database, (tx) =>
    planDrill(tx, stage.deps, officer, {
      title: '冬季雨雪冰冻应急演练',
      scene: '降雪覆冰，山区三条支线断线，边远村庄道路封闭',
      plannedAt: stage.now + 6 * DAY,
      unitIds: [...units, unit('station-05')],
      bodies: ['区应急管理局', '界石镇人民政府'],
      injects: [
        { afterMinutes: 0, words: '应急局通报道路结冰封闭' },
        {
          afterMinutes: 10,
          words: '线路覆冰断线，两个村没电',
          report: { process: 'repair-medium', place: '界石镇北山口', area: 'remote' },
        },
      ],
    }),
  );
  return injected;
}

async function play(
  stage: Stage,
  database: Database,
  officer: CaseActor,
  { id, held }: { readonly id: string; readonly held: Instant },
  setClock: (at: Instant) => void,
): Promise<number> {
  let injected = 0;
  const random = seeded(stage.company.seed, 'drill');
  for (const inject of await drillInjects(database, officer.companyId, id)) {
    const at = held + inject.afterMinutes * MINUTE;
    setClock(at);
    const { caseId } = await must(database, (tx) => giveInject(tx, stage.deps, officer, inject.id));
    if (caseId === null) {
      setClock(at + 4 * MINUTE);
      await must(database, (tx) => answerInject(tx, officer, inject.id));
      continue;
    }
    injected += 1;
    const { orderId } = await database.one<{ orderId: string }>(sql`
      select l.order_id as "orderId" from case_orders l where l.case_id = ${caseId}`);
    for (let i = 1; i <= STEPS; i++) {
      setClock(at + i * 6 * MINUTE);
      await doNextStep(stage, database, { orderId, at, mayReturn: false }, random);
    }
  }
  setClock(held + 90 * MINUTE);
  return injected;
}

async function find(
  database: Database,
  officer: CaseActor,
  drillId: string,
  { held, company }: { readonly held: Instant; readonly company: Stage['company'] },
  setClock: (at: Instant) => void,
): Promise<void> {
  const add = async (words: string, code: string, days: number) => {
    const unitId = company.units.byCode(code).id;
    const ownerId = company.staff.find(
      (person) => person.unit.id === unitId && person.id !== officer.personId,
    )?.id;
    if (ownerId === undefined) throw new Error(`nobody works in ${code}`);
    const finding = { drillId, words, unitId, ownerId, dueAt: held + days * DAY };
    return { id: (await must(database, (tx) => addFinding(tx, officer, finding))).id, ownerId };
  };
  const closed = await add('发电车快速接口与卫生院配电柜不匹配', 'repair-centre', 10);
  await add('停电范围口径三个单位不一致，要统一由管控中心发布', 'control-centre', 14);
  setClock(held + 8 * DAY);
  const words = '已加装通用快速接口并现场试接';
  const owner = { ...officer, personId: closed.ownerId };
  await must(database, (tx) => closeFinding(tx, owner, { id: closed.id, words, mayRun: true }));
  setClock(held + 9 * DAY);
  await must(database, (tx) => checkFinding(tx, officer, { id: closed.id, holds: true }));
}

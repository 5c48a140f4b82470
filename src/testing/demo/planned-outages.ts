import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import type { Refusal } from '#kernel/result.ts';
import {
  announcePlan,
  approvePlan,
  askCustomers,
  closePlan,
  draftPlan,
  extendPlan,
  type PlanActor,
  recordAnswer,
  recordAuthority,
  recordTelling,
  restorePlan,
  startPlan,
  submitPlan,
} from '#modules/outage/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { must } from './carry-order.ts';
import type { Stage } from './carry-to.ts';

const ZONE = 8 * HOUR;

/** How far a plan of the demonstration has come on its first morning. */
type Until = 'need' | 'consulting' | 'refused' | 'approved' | 'announced' | 'underway' | 'closed';

type DemoPlan = {
  readonly work: string;
  readonly reason: 'maintenance' | 'construction' | 'defect' | 'municipal';
  readonly kind?: 'temporary' | 'planned';
  /** Days from today, the hour it begins, and how long it lasts. */
  readonly start: readonly [days: number, hour: number, hours: number];
  readonly stage: Until;
  /** A place with customers who must be asked. */
  readonly asks?: true;
};

const PLANS: readonly DemoPlan[] = [
  { work: '更换台区低压出线开关', reason: 'maintenance', start: [-4, 8, 5], stage: 'closed' },
  { work: '台区变压器增容更换', reason: 'construction', start: [0, 0, 0], stage: 'underway' },
  {
    work: '消除支线跌落式熔断器发热缺陷',
    reason: 'defect',
    kind: 'temporary',
    start: [2, 14, 3],
    stage: 'announced',
  },
  { work: '柱上开关自动化改造', reason: 'construction', start: [3, 8, 8], stage: 'announced' },
  { work: '道路拓宽配合迁移杆线', reason: 'municipal', start: [10, 8, 9], stage: 'approved' },
  {
    work: '专变用户侧电缆头更换配合停电',
    reason: 'maintenance',
    start: [16, 7, 6],
    stage: 'refused',
    asks: true,
  },
  { work: '配电室母线清扫预试', reason: 'maintenance', start: [20, 8, 6], stage: 'consulting', asks: true },
  { work: '老旧导线绝缘化改造', reason: 'construction', start: [30, 8, 9], stage: 'need' },
];

type Scene = {
  readonly database: Database;
  readonly stage: Stage;
  readonly at: (instant: Instant) => void;
  readonly planner: PlanActor;
  readonly head: PlanActor;
  readonly dispatcher: PlanActor;
  readonly manager: PlanActor;
};

/** Planned outages at every stage, lived through the commands with the clock of the time. */
export async function bringPlannedOutages(stage: Stage): Promise<number> {
  let now = stage.now;
  const database = stage.openAt(() => now);
  const as = (login: string): PlanActor => {
    const person = stage.company.logins.find((one) => one.login === login)?.person;
    if (person === undefined) throw new Error(`no demo sign-in ${login}`);
    return { companyId: stage.company.id, personId: person.id, deputy: false };
  };
  try {
    const scene: Scene = {
      database,
      stage,
      at: (instant) => (now = instant),
      planner: as('planner'),
      head: as('operation-head'),
      dispatcher: as('grid-dispatcher'),
      manager: as('account-manager'),
    };
    const places = await listPlaces(database, stage.company.id);
    for (const plan of PLANS) await live(scene, plan, placeFor(places, plan));
    return PLANS.length;
  } finally {
    await database.close();
  }
}

type PlanPlace = { readonly id: string; readonly asked: boolean };

/**
 * Transformers, those with customers to be asked among them, a feeder after the other: the largest of each first; none twice.
 * From the last feeder on: the faults of the first morning are on the first ones.
 */
async function listPlaces(database: Database, companyId: string): Promise<PlanPlace[]> {
  return await database.rows<PlanPlace>(sql`
    with places as (
      select s.transformer_id as id, p.feeder_id, count(*) as households,
        bool_or((h.important_grade is not null or h.key_account) and not exists (
          select 1 from network_supplies o where o.company_id = s.company_id and o.household_id = s.household_id
            and o.until is null and o.transformer_id <> s.transformer_id)) as asked
      from network_supplies s
      join households h on h.company_id = s.company_id and h.id = s.household_id
      join network_places p on p.company_id = s.company_id and p.device_id = s.transformer_id and p.until is null
      where s.company_id = ${companyId} and s.until is null
      group by s.transformer_id, p.feeder_id
    )
    select q.id, q.asked from places q
    order by row_number() over (partition by q.feeder_id, q.asked order by q.households desc, q.id),
      q.feeder_id desc, q.id`);
}

function placeFor(places: PlanPlace[], plan: DemoPlan): string {
  const wanted = places.findIndex(({ asked }) => asked === (plan.asks === true));
  const [place] = places.splice(Math.max(0, wanted), 1);
  if (place === undefined) throw new Error('the demonstration has too few transformers for its plans');
  return place.id;
}

/** One plan from its need to where it stands now. What is under way began an hour and a half ago. */
async function live(scene: Scene, plan: DemoPlan, deviceId: string): Promise<void> {
  const { stage, at, planner } = scene;
  const { from, until } = timeOf(plan, stage.now);
  const temporary = plan.kind === 'temporary';
  const drafted = temporary ? stage.now - 5 * HOUR : Math.min(stage.now - 2 * DAY, from - 25 * DAY);
  at(drafted);
  const { kind = 'planned', work, reason } = plan;
  const wanted = { kind, work, reason, from, until, traffic: false, deviceIds: [deviceId] };
  const { id } = await must(scene.database, (tx) => draftPlan(tx, stage.deps, planner, wanted));
  if (plan.stage === 'need') return;
  await consult(scene, id, drafted + (temporary ? HOUR : DAY), plan.stage);
  if (plan.stage === 'consulting') return;
  await submit(scene, id);
  if (plan.stage === 'refused') return;
  at(drafted + (temporary ? 2 * HOUR : 2 * DAY - HOUR));
  await consent(scene, id);
  await next(scene, id, (tx, asked) =>
    approvePlan(tx, stage.deps, scene.head, { ...asked, way: 'approval', override: null }),
  );
  if (plan.stage === 'approved') return;
  at(temporary ? stage.now - 2 * HOUR : Math.min(stage.now - DAY, from - 8 * DAY));
  await next(scene, id, (tx, asked) => announcePlan(tx, stage.deps, planner, asked));
  if (plan.stage === 'announced') return;
  await tellByHand(scene, id);
  at(from);
  await next(scene, id, (tx, asked) => startPlan(tx, stage.deps, scene.dispatcher, asked));
  if (plan.stage === 'underway') return;
  await finish(scene, id, until);
}

/** Whoever produces without a break goes dark only with a paper of the approving department. */
async function consent(scene: Scene, id: string): Promise<void> {
  const { n } = await scene.database.one<{ n: number }>(sql`
    select count(*) as n from planned_households a
    where a.plan_id = ${id} and not a.keeps_supply and 'continuous' = any(a.kinds)`);
  if (n === 0) return;
  await next(scene, id, (tx, asked) =>
    recordAuthority(tx, scene.stage.deps, scene.planner, { ...asked, reference: '文发改电〔2026〕17 号' }),
  );
}

function timeOf(plan: DemoPlan, now: Instant): { readonly from: Instant; readonly until: Instant } {
  if (plan.stage === 'underway') {
    const from = Math.floor((now - 1.5 * HOUR) / (30 * MINUTE)) * 30 * MINUTE;
    return { from, until: from + 5 * HOUR };
  }
  const [days, hour, hours] = plan.start;
  const midnight = Math.floor((now + ZONE) / DAY) * DAY - ZONE;
  const from = midnight + days * DAY + hour * HOUR;
  return { from, until: from + hours * HOUR };
}

/** Where nobody must be asked, nobody is. A plan that waits has one answer and one call in vain; a refused one has a no. */
async function consult(scene: Scene, id: string, when: Instant, stage: Until): Promise<void> {
  const { database, at, planner, manager } = scene;
  const { deps } = scene.stage;
  const { n } = await database.one<{ n: number }>(sql`
    select count(*) as n from planned_households a where a.plan_id = ${id} and not a.keeps_supply
      and a.kinds && array['important', 'key', 'medical', 'hospital', 'continuous']`);
  if (n === 0) return;
  at(when);
  await next(scene, id, (tx, asked) => askCustomers(tx, deps, planner, asked));
  const asked = await database.rows<{ household: string }>(sql`
    select c.household_id as household from planned_consultations c where c.plan_id = ${id}
    order by c.important desc, c.household_id`);
  at(when + 3 * HOUR);
  for (const [i, { household }] of asked.entries()) {
    const last = i === asked.length - 1;
    const answer = { planId: id, householdId: household };
    if (stage === 'consulting' && last)
      await must(database, (tx) => recordAnswer(tx, manager, { ...answer, answer: null }));
    else if (stage === 'refused' && i === 0)
      await must(database, (tx) =>
        recordAnswer(tx, manager, { ...answer, answer: 'disagrees', reason: 'production' }),
      );
    else await must(database, (tx) => recordAnswer(tx, manager, { ...answer, answer: 'agrees' }));
  }
}

async function submit(scene: Scene, id: string): Promise<void> {
  const { deps } = scene.stage;
  await next(scene, id, (tx, asked) => submitPlan(tx, deps, scene.planner, { ...asked, meeting: false }));
}

async function tellByHand(scene: Scene, id: string): Promise<void> {
  const open = await scene.database.rows<{ id: string }>(sql`
    select t.id from planned_tellings t where t.plan_id = ${id} and t.told_at is null`);
  for (const one of open)
    await must(scene.database, (tx) => recordTelling(tx, scene.planner, { id: one.id, receipt: true }));
}

/** It took forty minutes longer, and everybody was told so half an hour before the published end. */
async function finish(scene: Scene, id: string, until: Instant): Promise<void> {
  const { at, dispatcher, planner } = scene;
  const { deps } = scene.stage;
  at(until - HOUR / 2);
  const longer = { until: until + HOUR, reason: '出线电缆头重新压接' };
  await next(scene, id, (tx, asked) => extendPlan(tx, deps, dispatcher, { ...asked, ...longer }));
  at(until + 40 * MINUTE);
  await next(scene, id, (tx, asked) => restorePlan(tx, deps, dispatcher, asked));
  at(until + DAY);
  await next(scene, id, (tx, asked) => closePlan(tx, deps, planner, asked));
}

/** The next step with the seq that the plan has now. */
async function next(
  scene: Scene,
  id: string,
  command: (tx: Tx, asked: { readonly id: string; readonly seq: number }) => Promise<object | Refusal>,
): Promise<void> {
  const { seq } = await scene.database.one<{ seq: number }>(sql`
    select p.seq from planned_outages p where p.company_id = ${scene.planner.companyId} and p.id = ${id}`);
  await must(scene.database, (tx) => command(tx, { id, seq }));
}

import { DAY, type Instant } from '#kernel/instant.ts';
import { dayNumber } from '#modules/clock/domain/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import {
  type CustomerAnswer,
  type Consultation,
  type OwedTelling,
  type PlanFacts,
  protectedBy,
  repeatCheck,
  type RepeatFinding,
  type SupplyHistory,
  TOLD_APART,
} from './domain/index.ts';
import type { Rules } from './planned-policy.ts';
import { FAILED, OWED, type PlanRow } from './planned-store.ts';

/** Midnight in the business zone (Asia/Shanghai). */
const ZONE = 8 * 3_600_000;
/** R068 and R070 look back a year. */
const LOOK_BACK = 365 * DAY;

/** Everything that decides what may be done with a plan, read for this moment. */
export async function factsOf(db: Db, companyId: string, rules: Rules, plan: PlanRow): Promise<PlanFacts> {
  const { kind, stage, from, until, draftedBy, households, approvedWay, approvedAt, approvedOver } = plan;
  return {
    kind,
    stage,
    from,
    until,
    draftedBy,
    computed: plan.computedAt !== null,
    households,
    approvedWay,
    approvedAt,
    approvedOver,
    authority: plan.authorityAt !== null,
    ...(await countApart(db, companyId, plan.id)),
    consultations: await listConsulted(db, companyId, plan.id),
    repeat: await repeatOf(db, companyId, rules, plan),
    protectedBy: protectedBy(rules.periods, from, until),
    meetsAt: plan.meetsOn === null ? null : startOf(plan.meetsOn),
    owed: await listOwed(db, companyId, plan),
  };
}

async function countApart(db: Db, companyId: string, planId: string) {
  return await db.one<Pick<PlanFacts, 'mustAsk' | 'continuous'>>(sql`
    select count(*) filter (where a.kinds && ${TOLD_APART}::text[]) as "mustAsk",
      count(*) filter (where 'continuous' = any(a.kinds)) as continuous
    from planned_households a where a.company_id = ${companyId} and a.plan_id = ${planId} and not a.keeps_supply`);
}

async function listConsulted(db: Db, companyId: string, planId: string): Promise<readonly Consultation[]> {
  return await db.rows<Consultation & { readonly answer: CustomerAnswer | null }>(sql`
    select c.household_id as "householdId", c.important, c.answer, c.contacts,
      coalesce(c.answered_at, c.contacted_at) as at
    from planned_consultations c where c.company_id = ${companyId} and c.plan_id = ${planId}
    order by c.household_id`);
}

async function listOwed(db: Db, companyId: string, plan: PlanRow): Promise<readonly OwedTelling[]> {
  return await db.rows<OwedTelling>(sql`
    select t.target, t.due_at as "dueAt", t.told_at as "toldAt", t.decision, ${FAILED} as failed
    from planned_outages p
    join planned_tellings t on ${OWED}
    left join outbox o on o.company_id = t.company_id and o.key = 'planned:' || t.id
    where p.company_id = ${companyId} and p.id = ${plan.id}`);
}

/** How often the places of a plan were dark in the year before it, and will be by plans that are decided and come before it. */
async function repeatOf(
  db: Db,
  companyId: string,
  rules: Rules,
  plan: Pick<PlanRow, 'id' | 'from' | 'computedAt'>,
): Promise<readonly RepeatFinding[]> {
  if (plan.computedAt === null) return [];
  const groups = await db.rows<{
    readonly deviceId: string;
    readonly transformerId: string;
    readonly customers: number;
  }>(sql`
    select s.device_id as "deviceId", s.transformer_id as "transformerId", count(distinct s.household_id) as customers
    from planned_households a
    join network_supplies s on s.company_id = a.company_id and s.household_id = a.household_id and s.until is null
    where a.company_id = ${companyId} and a.plan_id = ${plan.id} and not a.keeps_supply
    group by s.device_id, s.transformer_id`);
  const places = [...new Set(groups.flatMap(({ deviceId, transformerId }) => [deviceId, transformerId]))];
  const dark = await listDark(db, companyId, places, plan.from, rules.value('R084'));
  const coming = await listComing(db, companyId, plan, places);
  const byPlace = Map.groupBy([...dark, ...coming], ({ deviceId }) => deviceId);
  const histories = groups.map(
    ({ deviceId, transformerId, customers }): SupplyHistory => ({
      customers,
      outages: unite([...(byPlace.get(transformerId) ?? []), ...(byPlace.get(deviceId) ?? [])]),
    }),
  );
  return repeatCheck(histories, plan.from, rules.repeat);
}

type Outage = {
  readonly deviceId: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly planned: boolean;
};

async function listDark(
  db: Db,
  companyId: string,
  places: readonly string[],
  before: Instant,
  sustainedMinutes: number,
): Promise<readonly Outage[]> {
  return await db.rows<Outage>(sql`
    select k.device_id as "deviceId", k.since as "from", coalesce(k.until, ${timestamp(before)}) as until, w.planned
    from network_dark k
    join network_switchings w on w.company_id = k.company_id and w.id = k.began_by
    where k.company_id = ${companyId} and k.device_id = any(${places}::uuid[])
      and k.since > ${timestamp(before - LOOK_BACK)} and k.since < ${timestamp(before)}
      and (k.until is null or k.until - k.since >= ${sustainedMinutes} * interval '1 minute')`);
}

async function listComing(
  db: Db,
  companyId: string,
  plan: Pick<PlanRow, 'id' | 'from'>,
  places: readonly string[],
): Promise<readonly Outage[]> {
  return await db.rows<Outage>(sql`
    select q.device_id as "deviceId", p.from_at as "from", p.until_at as until, true as planned
    from planned_places q
    join planned_outages p on p.company_id = q.company_id and p.id = q.plan_id
    where q.company_id = ${companyId} and q.device_id = any(${places}::uuid[]) and p.id <> ${plan.id}
      and p.stage in ('approved', 'announced') and p.from_at < ${timestamp(plan.from)}
      and p.from_at > ${timestamp(plan.from - LOOK_BACK)}`);
}

/** Nested and touching ones are one outage: nobody is counted dark twice. It is of the kind that began it. */
function unite(outages: readonly Outage[]): SupplyHistory['outages'] {
  const united: { from: Instant; until: Instant; planned: boolean }[] = [];
  for (const { from, until, planned } of outages.toSorted((a, b) => a.from - b.from)) {
    const last = united.at(-1);
    if (last === undefined || from > last.until) united.push({ from, until, planned });
    else last.until = Math.max(last.until, until);
  }
  return united;
}

/** `2026-12-18` as its midnight. */
function startOf(date: string): Instant {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return dayNumber(year, month, day) * DAY - ZONE;
}

import { DAY, HOUR, type Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { maskName, maskNumber } from '#modules/customer/domain/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { PlanStage } from './domain/index.ts';
import type {
  PlanBoard,
  PlanBrief,
  PlanHouseholds,
  PlannedFor,
  PlanNotice,
  PlanView,
} from './planned-api.ts';
import { type PlanDeps, rulesOf } from './planned-policy.ts';
import { PLAN_COLUMNS, type PlanReader, type PlanRow } from './planned-store.ts';
import { BRIEF, dueOf, listOpenPlans } from './planned-due.ts';
import { listConsultations, listTellings } from './planned-people.ts';
import { possibleSteps } from './planned-steps.ts';

const HOUSEHOLDS_A_PAGE = 100;

/** Feeders and what is planned on them in a span of days; and everything that waits for somebody. */
export async function planBoard(
  db: Db,
  deps: PlanDeps,
  reader: PlanReader,
  span: { readonly from: Instant; readonly to: Instant },
): Promise<PlanBoard> {
  const { companyId } = reader;
  const rows = await db.rows<PlanBrief & { feederId: string | null; feeder: string | null }>(sql`
    select ${BRIEF}, f.id as "feederId", f.name as feeder from planned_outages p
    left join (select distinct q.company_id, q.plan_id, q.feeder_id from planned_places q) q
      on q.company_id = p.company_id and q.plan_id = p.id
    left join network_devices f on f.company_id = q.company_id and f.id = q.feeder_id
    where p.company_id = ${companyId} and p.stage <> 'cancelled' and p.from_at < ${timestamp(span.to)}
      and p.until_at > ${timestamp(span.from)}
    order by f.code nulls last, p.from_at, p.id`);
  const open = await listOpenPlans(db, deps, companyId);
  const feeders = [...Map.groupBy(rows, ({ feederId }) => feederId)].map(([id, own]) => ({
    id,
    name: own[0]?.feeder ?? '',
    plans: own.map(({ feederId: _id, feeder: _name, ...plan }) => plan),
  }));
  return { ...span, mayDraft: reader.permissions.includes('planned.draft'), feeders, open };
}

/** A plan with everything that is decided and owed about it. Refuses with `http.not-found`. */
export async function planView(
  db: Db,
  deps: PlanDeps,
  reader: PlanReader,
  id: string,
  now: Instant,
): Promise<PlanView | Refusal> {
  const { companyId } = reader;
  const row = await db.maybe<PlanRow & { drafter: string; approver: string | null }>(sql`
    select ${PLAN_COLUMNS}, d.name as drafter, a.name as approver from planned_outages p
    join people d on d.company_id = p.company_id and d.id = p.drafted_by
    left join people a on a.company_id = p.company_id and a.id = p.approved_by
    where p.company_id = ${companyId} and p.id = ${id}`);
  if (row === undefined) return refuse('http.not-found');
  const rules = await rulesOf(db, deps, companyId);
  if (isRefusal(rules)) return rules;
  const { drafter, approver, ...plan } = row;
  const { facts, ...steps } = await possibleSteps(db, reader, rules, plan, now);
  const handbook = (await deps.activeHandbook(db, companyId))?.handbook;
  return {
    ...plan,
    due: dueOf(rules, plan, facts),
    draftedBy: drafter,
    approvedBy: approver,
    devices: await listDevices(db, companyId, id),
    transformers: await countPlaces(db, companyId, id),
    kinds: await countKinds(db, companyId, id),
    repeat: facts.repeat,
    protectedBy: rules.periods
      .filter((one) => facts.protectedBy.includes(one.id))
      .map(({ name, source, confidence }) => ({ name, source, confidence })),
    consultations: await listConsultations(db, reader, plan, rules.contacts),
    ...(await listTellings(db, companyId, plan, now)),
    deadlines: deadlinesOf(handbook?.limits ?? [], rules, plan, facts),
    ...steps,
    events: await db.rows(sql`
      select e.seq, e.type, e.at, w.name as by, e.data, r.reason from planned_events e
      left join planned_reasons r on r.company_id = e.company_id and r.plan_id = e.plan_id and r.seq = e.seq
      left join people w on w.company_id = e.company_id and w.id = e.by_id
      where e.company_id = ${companyId} and e.plan_id = ${id} order by e.seq`),
  };
}

type Rules = Exclude<Awaited<ReturnType<typeof rulesOf>>, Refusal>;
type Limits = readonly {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly value: number;
  readonly unit: string;
  readonly source: string;
  readonly confidence: string;
}[];

/** R067, the notice of its kind, R066 where it is followed, with how each was counted and when it was met. */
function deadlinesOf(
  limits: Limits,
  rules: Rules,
  plan: PlanRow,
  facts: Awaited<ReturnType<typeof possibleSteps>>['facts'],
): PlanView['deadlines'] {
  const answered = facts.consultations.map(({ at }) => at);
  const consulted =
    answered.length > 0 && answered.every((at) => at !== null) ? Math.max(...answered.map(Number)) : null;
  const signals = facts.owed.filter(({ target }) => target === 'traffic').map(({ toldAt }) => toldAt);
  const wanted: readonly (readonly [string, Instant | null])[] = [
    ...(plan.kind === 'planned' && facts.mustAsk > 0 ? [['R067', consulted] as const] : []),
    [plan.kind === 'planned' ? 'R060' : 'R061', plan.announcedAt],
    ...(plan.traffic
      ? [
          [
            'R066',
            signals.length > 0 && !signals.includes(null) ? Math.max(...signals.map(Number)) : null,
          ] as const,
        ]
      : []),
  ];
  return wanted.flatMap(([limitId, metAt]) => {
    const limit = limits.find((one) => one.id === limitId);
    if (limit === undefined) return [];
    const { at, ledger } = rules.before(limitId, plan.from);
    const { name, source, confidence } = limit;
    const text = `${rules.value(limitId)}${limit.unit}`;
    const lines = ledger.map(({ from, to, counted, why }) => ({ from, to, counted, why: String(why) }));
    return [{ limitId, name, text, source, confidence, dueAt: at, metAt, ledger: lines }];
  });
}

async function listDevices(db: Db, companyId: string, planId: string): Promise<PlanView['devices']> {
  return await db.rows(sql`
    select d.device_id as id, v.code, v.name, f.name as feeder, coalesce(n.open, p.normally_open) as open
    from planned_devices d
    join network_devices v on v.company_id = d.company_id and v.id = d.device_id
    join network_places p on p.company_id = d.company_id and p.device_id = d.device_id and p.until is null
    left join network_states n on n.company_id = d.company_id and n.device_id = d.device_id
    left join network_places t on t.company_id = p.company_id and t.device_id = p.transformer_id and t.until is null
    left join network_devices f on f.company_id = p.company_id and f.id = coalesce(p.feeder_id, t.feeder_id)
    where d.company_id = ${companyId} and d.plan_id = ${planId} order by v.code`);
}

async function countPlaces(db: Db, companyId: string, planId: string): Promise<number> {
  const { n } = await db.one<{ n: number }>(sql`
    select count(*) as n from planned_places q
    join network_devices d on d.company_id = q.company_id and d.id = q.device_id and d.kind = 'transformer'
    where q.company_id = ${companyId} and q.plan_id = ${planId}`);
  return n;
}

async function countKinds(db: Db, companyId: string, planId: string): Promise<PlanView['kinds']> {
  return await db.rows(sql`
    select k.kind, count(*) filter (where not a.keeps_supply) as dark, count(*) filter (where a.keeps_supply) as keeping
    from planned_households a cross join lateral unnest(a.kinds) k (kind)
    where a.company_id = ${companyId} and a.plan_id = ${planId}
    group by k.kind order by array_position(array['important', 'key', 'medical', 'hospital', 'traffic', 'continuous',
      'sensitive'], k.kind)`);
}

/** The households of a plan, masked, those of importance first. `kind` null: all. */
export async function planHouseholds(
  db: Db,
  companyId: string,
  id: string,
  { kind, offset }: { readonly kind: string | null; readonly offset: number },
): Promise<PlanHouseholds> {
  const rows = await db.rows<{
    id: string;
    account_no: string;
    name: string;
    kind: 'person' | 'organisation';
    place: string;
    kinds: PlanHouseholds['households'][number]['kinds'];
    keeps_supply: boolean;
    total: number;
  }>(sql`
    select h.id, h.account_no, c.name, c.kind, p.place, a.kinds, a.keeps_supply, count(*) over () as total
    from planned_households a
    join households h on h.company_id = a.company_id and h.id = a.household_id
    join customers c on c.company_id = h.company_id and c.id = h.customer_id
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    where a.company_id = ${companyId} and a.plan_id = ${id} and (${kind}::text is null or ${kind}::text = any(a.kinds))
    order by cardinality(a.kinds) = 0, h.account_no limit ${HOUSEHOLDS_A_PAGE} offset ${offset}`);
  return {
    total: rows[0]?.total ?? 0,
    households: rows.map((row) => ({
      id: row.id,
      accountNo: maskNumber(row.account_no),
      name: maskName(row.name, row.kind),
      place: row.place,
      kinds: row.kinds,
      keepsSupply: row.keeps_supply,
    })),
  };
}

/** What is posted, and whom each village must reach. Refuses with `http.not-found`. */
export async function planNotice(db: Db, companyId: string, id: string): Promise<PlanNotice | Refusal> {
  const plan = await db.maybe<Omit<PlanNotice, 'feeders' | 'villages'>>(sql`
    select y.name as company, p.no, p.kind, p.stage, p.from_at as "from", p.until_at as until, p.reason, p.work,
      p.announced_at as "announcedAt"
    from planned_outages p join companies y on y.company_id = p.company_id
    where p.company_id = ${companyId} and p.id = ${id}`);
  if (plan === undefined) return refuse('http.not-found');
  const feeders = await db.rows<{ name: string }>(sql`
    select distinct f.name from planned_places q
    join network_devices f on f.company_id = q.company_id and f.id = q.feeder_id
    where q.company_id = ${companyId} and q.plan_id = ${id} order by f.name`);
  const villages = await db.rows<PlanNotice['villages'][number]>(sql`
    select s.division_code as code, s.town_name as town, s.name, count(distinct h.id) as households,
      array_agg(distinct h.transformer_name) as transformers
    from planned_households a
    join households h on h.company_id = a.company_id and h.id = a.household_id
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    join service_areas s on s.company_id = p.company_id and s.division_code = p.division_code
    where a.company_id = ${companyId} and a.plan_id = ${id} and not a.keeps_supply
    group by s.division_code, s.town_name, s.name order by s.town_name, s.name`);
  return { ...plan, feeders: feeders.map(({ name }) => name), villages };
}

/** Stages in which customers know of an outage. */
const KNOWN: readonly PlanStage[] = ['announced', 'underway'];

/** How long before its start a planned outage is worth saying to whoever calls. */
const SAID_BEFORE = 8 * DAY;

/**
 * The announced outage that a household is in now, or the next one that is near: what is answered before an order is made. Undefined: none.
 * One that is announced and has begun by its time is said as well before somebody records the switching, and not for longer than half an hour.
 */
export async function plannedFor(
  db: Db,
  companyId: string,
  householdId: string,
  now: Instant,
): Promise<PlannedFor | undefined> {
  return await db.maybe<PlannedFor>(sql`
    select p.id, p.no, p.from_at as "from", p.until_at as until, p.stage = 'underway' as underway
    from planned_households a
    join planned_outages p on p.company_id = a.company_id and p.id = a.plan_id
    where a.company_id = ${companyId} and a.household_id = ${householdId} and not a.keeps_supply
      and p.stage = any(${KNOWN}::text[]) and p.from_at < ${timestamp(now + SAID_BEFORE)}
      and (p.stage = 'underway' or p.from_at > ${timestamp(now - HOUR / 2)})
    order by p.from_at limit 1`);
}

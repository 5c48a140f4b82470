import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { type Database, type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { Loop } from '#platform/loop.ts';
import { param, type Router } from '#platform/http/router.ts';
import { type DarkAlarmView, type EndAlarm, endAlarmSchema } from './dark-alarm-api.ts';
import { type PlanDeps, rulesOf } from './planned-policy.ts';

/** Who is told at once, at any hour: whose company switches off without a plan must know it first (the paper's 鹤壁 case). */
const LEADERS = ['general-manager', 'deputy-manager', 'control-officer'];
/** What was said longer ago says nothing of now. */
const BELIEVED = DAY;
const SHOWN = 7 * DAY;

/** Looks for households that are dark and that no plan, order or switching explains. */
export function darkAlarmLoop(database: Database, deps: PlanDeps): Loop {
  return {
    name: 'dark-alarm',
    everyMs: 30_000,
    async turn() {
      const companies = await database.rows<{ id: string }>(sql`select c.company_id as id from companies c`);
      for (const { id } of companies) await database.transaction((tx) => look(tx, deps, id));
    },
  };
}

type Dark = {
  readonly transformerId: string;
  readonly households: number;
  /** Of them, how many have been dark so long that somebody should have answered. */
  readonly unanswered: number;
  readonly since: Instant;
};

async function look(tx: Tx, deps: PlanDeps, companyId: string): Promise<void> {
  const rules = await rulesOf(tx, deps, companyId);
  if (isRefusal(rules)) return;
  const patience = rules.value('R071-minutes') * MINUTE;
  const dark = await listUnexplained(tx, companyId, tx.now - patience);
  const atLeast = rules.value('R071-households');
  await raise(
    tx,
    companyId,
    dark.filter(({ unanswered }) => unanswered >= atLeast),
  );
  await tx.run(sql`
    update dark_alarms set outcome = 'explained', ended_at = ${timestamp(tx.now)}
    where dark_alarms.company_id = ${companyId} and dark_alarms.ended_at is null
      and dark_alarms.transformer_id <> all(${dark.map(({ transformerId }) => transformerId)}::uuid[])`);
  await tellLeaders(tx, companyId, patience);
}

/**
 * By transformer area: households whose last word, of caller or meter, is that they are dark, without an announced outage in its time, an
 * incident that somebody works on, a notice, or any place of theirs that is dark by a switching on record. What inference has not read yet may
 * become an order: it gets twice the time. Words that an order answered are left out first: in a storm that is nearly all of them.
 */
async function listUnexplained(tx: Tx, companyId: string, answeredBy: Instant): Promise<readonly Dark[]> {
  const believed = sql`r.company_id = ${companyId} and r.at > ${timestamp(tx.now - BELIEVED)}`;
  const household = sql`join network_supplies s on s.company_id = r.company_id and s.until is null
        and (s.meter_id = r.meter_id or (r.meter_id is null and s.household_id = r.household_id))`;
  return await tx.rows<Dark>(sql`
    with said_on as materialized (
      select s.household_id, max(r.at) as at from outage_reports r ${household}
      where ${believed} and r.says = 'on' group by s.household_id
    ), last_word as materialized (
      select distinct on (s.household_id) s.household_id, s.transformer_id, s.device_id, r.at, r.taken_at, r.received_at
      from outage_reports r
      left join outage_incidents i on i.company_id = r.company_id and i.id = r.incident_id
      ${household}
      where ${believed} and r.says = 'off' and i.order_id is null and not coalesce(i.planned, false)
      order by s.household_id, r.at desc, r.id desc
    )
    select w.transformer_id as "transformerId", count(*) as households, min(w.at) as since,
      count(*) filter (where w.at <= ${timestamp(answeredBy)} and coalesce(w.taken_at + interval '1 minute',
        w.received_at + (${timestamp(tx.now)} - ${timestamp(answeredBy)}::timestamptz) * 2) <= ${timestamp(tx.now)}) as unanswered from last_word w
    where not exists (select 1 from said_on n where n.household_id = w.household_id and n.at >= w.at)
      and not exists (select 1 from planned_households a join planned_outages p on p.company_id = a.company_id and p.id = a.plan_id
        where a.company_id = ${companyId} and a.household_id = w.household_id
          and (p.stage = 'underway' or (p.stage = 'announced' and p.from_at <= ${timestamp(tx.now)})))
      and not exists (select 1 from outage_incidents i where i.company_id = ${companyId}
        and i.state in ('suspected', 'confirmed', 'restored') and (i.planned or i.order_id is not null)
        and i.places && array[w.transformer_id, w.device_id])
      and not exists (select 1 from outage_reports r join case_orders l on l.company_id = r.company_id and l.case_id = r.case_id
          and l.unlinked_at is null
        join orders o on o.company_id = l.company_id and o.id = l.order_id and o.state = 'open'
        where r.company_id = ${companyId} and r.household_id = w.household_id and r.at > ${timestamp(tx.now - BELIEVED)})
      and not exists (select 1 from network_dark k where k.company_id = ${companyId} and k.until is null
        and k.device_id in (w.transformer_id, w.device_id))
      and not exists (select 1 from supply_notices n join supply_notice_places q on q.company_id = n.company_id and q.notice_id = n.id
        where n.company_id = ${companyId} and n.state = 'reported' and n.from_at <= ${timestamp(tx.now)}
          and q.device_id in (w.transformer_id, w.device_id))
      and not exists (select 1 from dark_alarms d where d.company_id = ${companyId} and d.transformer_id = w.transformer_id
        and d.outcome in ('false-alarm', 'found') and d.ended_at >= w.at)
    group by w.transformer_id`);
}

async function raise(tx: Tx, companyId: string, found: readonly Dark[]): Promise<void> {
  const rows = found.map(({ transformerId, households, since }) => ({
    id: newId(),
    transformerId,
    households,
    since: new Date(since).toISOString(),
  }));
  await tx.run(sql`
    insert into dark_alarms (company_id, id, transformer_id, households, since, raised_at)
    select ${companyId}, r.id, r."transformerId", r.households, r.since, ${timestamp(tx.now)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "transformerId" uuid, households int, since timestamptz)
    order by r."transformerId" on conflict do nothing`);
}

type Untold = Pick<Dark, 'transformerId' | 'households' | 'since'> & { readonly id: string };

/**
 * One message for everything a turn found. One alarm is told at once; once more than one was told within the time that R071 gives somebody to
 * answer, the next message waits until that time is over and says everything found meanwhile: a storm must not cover its own news.
 */
async function tellLeaders(tx: Tx, companyId: string, patience: number): Promise<void> {
  const untold = await tx.rows<Untold>(sql`
    update dark_alarms set told_at = ${timestamp(tx.now)}
    where dark_alarms.company_id = ${companyId} and dark_alarms.told_at is null and dark_alarms.ended_at is null
      and (select count(*) from dark_alarms d where d.company_id = ${companyId}
        and d.told_at > ${timestamp(tx.now - patience)}) <= 1
    returning id, transformer_id as "transformerId", households, since`);
  const [largest] = untold.toSorted((a, b) => b.households - a.households || a.id.localeCompare(b.id));
  if (largest === undefined) return;
  const leaders = await tx.rows<{ id: string }>(sql`
    select distinct a.person_id as id from assignments a
    where a.company_id = ${companyId} and a.post = any(${LEADERS}::text[]) and a.until is null`);
  const { template, data } = alarmMessage(largest, untold);
  await enqueue(
    tx,
    companyId,
    leaders.flatMap(({ id: personId }) =>
      (['desk', 'sms'] as const).map((channel) => ({
        key: `dark-alarm:${largest.id}:${channel}:${personId}`,
        channel,
        template,
        to: { personId },
        data,
      })),
    ),
  );
}

function alarmMessage(largest: Untold, all: readonly Untold[]) {
  const { id: alarmId, transformerId: deviceId, households, since } = largest;
  if (all.length === 1) return { template: 'dark-alarm', data: { alarmId, deviceId, households, since } };
  const data = {
    alarmId,
    deviceId,
    count: all.length,
    households: all.reduce((sum, one) => sum + one.households, 0),
    since: Math.min(...all.map((one) => one.since)),
  };
  return { template: 'dark-alarms', data };
}

export async function listAlarms(db: Db, companyId: string, now: Instant): Promise<readonly DarkAlarmView[]> {
  return await db.rows<DarkAlarmView>(sql`
    select a.id, a.transformer_id as "transformerId", d.name as transformer, f.name as feeder, a.households, a.since,
      a.raised_at as "raisedAt", a.ended_at as "endedAt", a.outcome
    from dark_alarms a
    join network_devices d on d.company_id = a.company_id and d.id = a.transformer_id
    left join network_places p on p.company_id = a.company_id and p.device_id = a.transformer_id and p.until is null
    left join network_devices f on f.company_id = p.company_id and f.id = p.feeder_id
    where a.company_id = ${companyId} and (a.ended_at is null or a.raised_at > ${timestamp(now - SHOWN)})
    order by a.ended_at is not null, a.raised_at desc limit 100`);
}

/** Somebody found out what it was. Refusals: `http.not-found`, `alarm.over`. */
export async function endAlarm(
  tx: Tx,
  actor: { readonly companyId: string; readonly personId: string },
  asked: EndAlarm & { readonly id: string },
): Promise<{ readonly id: string } | Refusal> {
  const row = await tx.maybe<{ ended: boolean }>(sql`
    select a.ended_at is not null as ended from dark_alarms a
    where a.company_id = ${actor.companyId} and a.id = ${asked.id} for update`);
  if (row === undefined) return refuse('http.not-found');
  if (row.ended) return refuse('alarm.over');
  await tx.run(sql`
    update dark_alarms set outcome = ${asked.outcome}, ended_at = ${timestamp(tx.now)}, ended_by = ${actor.personId}
    where dark_alarms.company_id = ${actor.companyId} and dark_alarms.id = ${asked.id}`);
  await auditWriter(tx, actor.companyId).write({
    actorId: actor.personId,
    action: 'alarm.ended',
    outcome: 'done',
    objectType: 'dark-alarm',
    objectId: asked.id,
    detail: { outcome: asked.outcome },
  });
  return { id: asked.id };
}

export function darkAlarmRoutes(router: Router, database: Database): void {
  router.read({
    path: '/api/dark-alarms',
    permission: 'planned.read',
    object: 'none',
    summary:
      'Households without supply that no plan, order or switching explains; open, and of the last week',
    answer: async (who) => ({
      mayEnd: who.permissions.includes('planned.alarm'),
      alarms: await listAlarms(database, who.companyId, await database.now()),
    }),
  });
  router.write({
    path: '/api/dark-alarms/:id/end',
    permission: 'planned.alarm',
    object: 'other',
    summary: 'Somebody found out what an unexplained outage was',
    body: endAlarmSchema,
    command: (tx, who, request) => endAlarm(tx, who, { ...request.body, id: param(request, 'id') }),
  });
}

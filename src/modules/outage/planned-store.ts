import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type {
  Affected,
  ApprovalWay,
  PlanKind,
  PlanReason,
  PlanStage,
  Telling,
  TellingCause,
} from './domain/index.ts';

/** Who reads, as far as it decides what he may do next. */
export type PlanReader = {
  readonly companyId: string;
  readonly personId: string;
  readonly permissions: readonly string[];
};

export type PlanRow = {
  readonly id: string;
  readonly no: string;
  readonly seq: number;
  readonly kind: PlanKind;
  readonly stage: PlanStage;
  readonly reason: PlanReason;
  readonly work: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly traffic: boolean;
  readonly draftedBy: string;
  readonly draftedAt: Instant;
  readonly computedAt: Instant | null;
  readonly households: number;
  readonly keeping: number;
  readonly meetsOn: string | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Instant | null;
  readonly approvedWay: ApprovalWay | null;
  readonly approvedOver: number;
  readonly overrideReason: string | null;
  readonly authorityRef: string | null;
  readonly authorityAt: Instant | null;
  readonly announcedAt: Instant | null;
  readonly round: number;
  readonly firstUntil: Instant | null;
  readonly startedAt: Instant | null;
  readonly restoredAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly cancelledAt: Instant | null;
};

/** The row `p` of a plan. */
export const PLAN_COLUMNS = sql`p.id, p.no, p.seq, p.kind, p.stage, p.reason, p.work, p.from_at as "from", p.until_at as until,
  p.traffic, p.drafted_by as "draftedBy", p.drafted_at as "draftedAt", p.computed_at as "computedAt", p.households, p.keeping,
  p.meets_on as "meetsOn", p.approved_by as "approvedBy", p.approved_at as "approvedAt", p.approved_way as "approvedWay",
  p.approved_over as "approvedOver", p.override_reason as "overrideReason", p.authority_ref as "authorityRef",
  p.authority_at as "authorityAt", p.announced_at as "announcedAt", p.round, p.first_until as "firstUntil",
  p.started_at as "startedAt", p.restored_at as "restoredAt", p.closed_at as "closedAt", p.cancelled_at as "cancelledAt"`;

export type NewPlan = Pick<PlanRow, 'kind' | 'reason' | 'work' | 'from' | 'until' | 'traffic'> & {
  readonly deviceIds: readonly string[];
};

/** What happened to a plan: codes, ids and numbers. The words of its reason, where it has one, are kept beside it. */
export type PlanEvent = {
  readonly type: string;
  readonly reason?: string;
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
};

/** Any constant; numbers of plans are given out one after the other. */
const NUMBER_LOCK = 4_150_185;

export function plannedStore(tx: Tx, companyId: string) {
  return {
    async insert(plan: NewPlan, day: string, by: string): Promise<string> {
      await tx.run(sql`select pg_advisory_xact_lock(${NUMBER_LOCK}, hashtext(${companyId}))`);
      const id = newId();
      await tx.run(sql`
        insert into planned_outages (company_id, id, no, seq, kind, stage, reason, work, from_at, until_at, traffic, drafted_by,
          drafted_at)
        select ${companyId}, ${id}, ${`TD${day}-`} || lpad((count(*) + 1)::text, 2, '0'), 1, ${plan.kind}, 'need', ${plan.reason},
          ${plan.work}, ${timestamp(plan.from)}, ${timestamp(plan.until)}, ${plan.traffic}, ${by}, ${timestamp(tx.now)}
        from planned_outages o where o.company_id = ${companyId} and o.no like ${`TD${day}-%`}`);
      await this.replaceDevices(id, plan.deviceIds);
      await tx.run(sql`
        insert into planned_events (company_id, plan_id, seq, type, at, by_id)
        values (${companyId}, ${id}, 1, 'drafted', ${timestamp(tx.now)}, ${by})`);
      return id;
    },

    async replaceDevices(planId: string, deviceIds: readonly string[]): Promise<void> {
      await tx.run(sql`delete from planned_devices where company_id = ${companyId} and plan_id = ${planId}`);
      await tx.run(sql`
        insert into planned_devices (company_id, plan_id, device_id)
        select ${companyId}, ${planId}, d.id from unnest(${deviceIds}::uuid[]) d (id)`);
    },

    /** The plan for writing. Refusals: `http.not-found`, `planned.stale` where another `seq` was read. */
    async lock(id: string, seq: number | null): Promise<PlanRow | Refusal> {
      const row = await tx.maybe<PlanRow>(sql`
        select ${PLAN_COLUMNS} from planned_outages p where p.company_id = ${companyId} and p.id = ${id} for update`);
      if (row === undefined) return refuse('http.not-found');
      return seq === null || seq === row.seq ? row : refuse('planned.stale', { seq: row.seq });
    },

    /** One step further: the event, and what it changes of the row. */
    async advance(plan: PlanRow, event: PlanEvent, by: string | null, change: Sql): Promise<void> {
      await tx.run(sql`
        update planned_outages set seq = ${plan.seq + 1}, ${change}
        where planned_outages.company_id = ${companyId} and planned_outages.id = ${plan.id}`);
      await tx.run(sql`
        insert into planned_events (company_id, plan_id, seq, type, at, by_id, data)
        values (${companyId}, ${plan.id}, ${plan.seq + 1}, ${event.type}, ${timestamp(tx.now)}, ${by},
          ${JSON.stringify(event.data ?? {})}::jsonb)`);
      if (event.reason !== undefined)
        await tx.run(sql`
          insert into planned_reasons (company_id, plan_id, seq, reason)
          values (${companyId}, ${plan.id}, ${plan.seq + 1}, ${event.reason})`);
    },

    async replaceAffected(
      planId: string,
      places: readonly { readonly deviceId: string; readonly feederId: string | null }[],
      households: readonly { readonly id: string; readonly keepsSupply: boolean }[],
    ): Promise<void> {
      const of = sql`company_id = ${companyId} and plan_id = ${planId}`;
      await tx.run(sql`delete from planned_places where ${of}`);
      await tx.run(sql`delete from planned_households where ${of}`);
      await tx.run(sql`
        insert into planned_places (company_id, plan_id, device_id, feeder_id)
        select ${companyId}, ${planId}, r."deviceId", r."feederId"
        from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as r ("deviceId" uuid, "feederId" uuid)`);
      await tx.run(sql`
        insert into planned_households (company_id, plan_id, household_id, keeps_supply, kinds)
        select ${companyId}, ${planId}, h.id, r."keepsSupply", array_remove(array[
          case when h.important_grade is not null then 'important' end,
          case when h.key_account then 'key' end,
          case when 'life-support' = any(f.kinds) then 'medical' end,
          case when 'hospital' = any(f.kinds) then 'hospital' end,
          case when 'traffic-telecom' = any(f.kinds) then 'traffic' end,
          case when 'continuous-production' = any(f.kinds) then 'continuous' end,
          case when f.kinds && array['school', 'care-home', 'elderly-alone', 'disabled', 'low-income', 'livestock-greenhouse',
            'media-government'] then 'sensitive' end], null)
        from jsonb_to_recordset(${JSON.stringify(households)}::jsonb) as r (id uuid, "keepsSupply" boolean)
        join households h on h.company_id = ${companyId} and h.id = r.id and h.closed_on is null
        cross join lateral (select coalesce(array_agg(g.kind), '{}') as kinds from household_flags g
          where g.company_id = h.company_id and g.household_id = h.id and g.ended_at is null
            and g.expires_at > ${timestamp(tx.now)}) f`);
    },

    async insertTellings(
      planId: string,
      of: { readonly round: number; readonly cause: TellingCause; readonly by: string | null },
      tellings: readonly Telling[],
    ): Promise<readonly (Telling & { readonly id: string })[]> {
      const rows = tellings.map((one) => ({ ...one, id: newId() }));
      const written = rows.map(({ dueAt, toldAt, ...one }) => ({
        ...one,
        dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
        toldAt: toldAt === null ? null : new Date(toldAt).toISOString(),
      }));
      await tx.run(sql`
        insert into planned_tellings (company_id, id, plan_id, round, cause, target, household_id, division_code, way, limit_id,
          due_at, told_at, told_by)
        select ${companyId}, r.id, ${planId}, ${of.round}, ${of.cause}, r.target, r."householdId", r."divisionCode", r.way,
          r."limitId", r."dueAt", r."toldAt", case when r."toldAt" is not null then ${of.by}::uuid end
        from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as r (id uuid, target text, "householdId" uuid,
          "divisionCode" text, way text, "limitId" text, "dueAt" timestamptz, "toldAt" timestamptz)`);
      return rows;
    },
  };
}

/**
 * The tellings `t` of a plan `p` that somebody is owed by a moment: of the last round, of who is still concerned. Villages sign when they can.
 */
export const OWED = sql`t.company_id = p.company_id and t.plan_id = p.id and t.round = p.round and t.cause in ('notice', 'change')
  and t.target <> 'village' and t.due_at is not null and (t.household_id is null or exists (select 1 from planned_households a
    where a.company_id = t.company_id and a.plan_id = t.plan_id and a.household_id = t.household_id))`;

/** Whether the message of a telling `t`, with its outbox row `o`, did not arrive, and no receipt says otherwise. */
export const FAILED = sql`(coalesce(o.state in ('failed', 'withdrawn'), false) and t.receipt_at is null)`;

/** The households of a plan with what decides how they are told. */
export async function listAffected(db: Db, companyId: string, planId: string): Promise<readonly Affected[]> {
  return await db.rows<Affected>(sql`
    select a.household_id as "householdId", p.division_code as "divisionCode", a.kinds, a.keeps_supply as "keepsSupply",
      (c.phone is not null or (c.reach_by = 'mail' and c.email is not null)) as reachable
    from planned_households a
    join households h on h.company_id = a.company_id and h.id = a.household_id
    join customers c on c.company_id = h.company_id and c.id = h.customer_id
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    where a.company_id = ${companyId} and a.plan_id = ${planId} order by a.household_id`);
}

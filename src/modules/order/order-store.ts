import type { Instant } from '#kernel/instant.ts';
import type { ProcessState } from '#modules/process/domain/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/db/sql.ts';
import type { Place } from './domain/place-task.ts';
import { withTextHashes } from './text-hashes.ts';

export type OrderRow = {
  readonly id: string;
  readonly process: string;
  readonly handbookVersionId: string;
  readonly stationId: string | null;
  readonly leadUnitId: string;
  readonly state: 'open' | 'finished' | 'stopped' | 'parked';
  readonly processState: ProcessState;
  readonly seq: number;
  /** Whoever was sent does the field steps (`giveToCrew`). */
  readonly crew: { readonly unitId: string; readonly leadId: string } | null;
};

export type TaskRow = {
  readonly id: string;
  readonly caseId: string | null;
  readonly step: string;
  readonly round: number;
  readonly unitId: string;
  readonly post: string;
  readonly holderId: string | null;
};

export type NewTask = Omit<TaskRow, 'id'> & { readonly rework: boolean };

export type NewEvent = { readonly type: string; readonly occurredAt: Instant; readonly data: object };

/** Writes of one order. Lists go in one statement, however long: intake is batched. */
export function orderStore(tx: Tx, companyId: string) {
  return {
    /** New orders with their first event, which tells all that the fold begins with; each linked to its case. */
    async insertMany(
      planned: readonly {
        readonly order: OrderRow & { readonly business: string; readonly startedAt: Instant };
        readonly caseId: string;
        readonly actorId: string;
      }[],
    ): Promise<void> {
      const rows = planned.map(({ order, caseId, actorId }) => ({
        ...order,
        startedAt: timestamp(order.startedAt),
        caseId,
        actorId,
      }));
      await tx.run(sql`
        with wanted as (
          select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o (id uuid, process text, business text,
            "handbookVersionId" uuid, "stationId" uuid, "leadUnitId" uuid, state text, "processState" jsonb, seq integer,
            "caseId" uuid, "actorId" uuid, "startedAt" timestamptz)
        ), opened as (
          insert into orders (company_id, id, process, business, handbook_version_id, station_id, lead_unit_id, state,
            process_state, seq, started_at, finished_at)
          select ${companyId}, o.id, o.process, o.business, o."handbookVersionId", o."stationId", o."leadUnitId", o.state,
            o."processState", o.seq, o."startedAt",
            case when o.state <> 'open' then ${timestamp(tx.now)}::timestamptz end
          from wanted o
        ), linked as (
          insert into case_orders (company_id, case_id, order_id, linked_at)
          select ${companyId}, o."caseId", o.id, ${timestamp(tx.now)}::timestamptz from wanted o
        )
        insert into order_events (company_id, stream_id, seq, type, v, occurred_at, recorded_at, actor_id, data)
        select ${companyId}, o.id, 1, 'order.opened', 1, o."startedAt", ${timestamp(tx.now)}::timestamptz,
          o."actorId", jsonb_build_object('process', o.process, 'facts', o."processState" -> 'facts',
            'cases', o."processState" -> 'cases', 'caseFacts', o."processState" -> 'caseFacts')
        from wanted o`);
    },

    async setCrew(
      orderId: string,
      crew: { readonly unitId: string; readonly leadId: string },
    ): Promise<void> {
      await tx.run(sql`update orders set crew_unit_id = ${crew.unitId}, crew_lead_id = ${crew.leadId}
        where orders.company_id = ${companyId} and orders.id = ${orderId}`);
    },

    async linkCases(orderId: string, caseIds: readonly string[]): Promise<void> {
      await tx.run(sql`
        insert into case_orders (company_id, case_id, order_id, nth, linked_at)
        select ${companyId}, linked.id, ${orderId}, 1 + coalesce((select max(b.nth) from case_orders b
            where b.company_id = ${companyId} and b.case_id = linked.id and b.order_id = ${orderId}), 0),
          ${timestamp(tx.now)}
        from unnest(${caseIds}::uuid[]) linked (id)`);
    },

    /** The case keeps its row with the order for its history; from now on nothing of the order concerns it. */
    async unlinkCase(orderId: string, caseId: string): Promise<void> {
      await tx.run(sql`
        update case_orders set unlinked_at = ${timestamp(tx.now)}
        where case_orders.company_id = ${companyId} and case_orders.order_id = ${orderId}
          and case_orders.case_id = ${caseId} and case_orders.unlinked_at is null`);
    },

    /** Locks the order, so that whoever comes second waits and then sees the new state. */
    async find(orderId: string): Promise<OrderRow | undefined> {
      return await tx.maybe<OrderRow>(sql`
        select o.id, o.process, o.handbook_version_id as "handbookVersionId", o.station_id as "stationId",
          o.lead_unit_id as "leadUnitId", o.state, o.process_state as "processState", o.seq,
          case when o.crew_unit_id is not null
            then jsonb_build_object('unitId', o.crew_unit_id, 'leadId', o.crew_lead_id) end as crew
        from orders o where o.company_id = ${companyId} and o.id = ${orderId} for update`);
    },

    /** Something else than a clock happened to it after `seq`, or that `seq` never was. */
    async movedSince(orderId: string, seq: number): Promise<boolean> {
      const since = await tx.one<{ events: number; clocks: number; first: number | null }>(sql`
        select count(*) as events, count(*) filter (where e.type in ('clock.fired', 'clock.moved', 'clock.corrected')) as clocks, min(e.seq) as first
        from order_events e where e.company_id = ${companyId} and e.stream_id = ${orderId} and e.seq > ${seq}`);
      return since.clocks < since.events || since.first !== seq + 1;
    },

    async update(order: Pick<OrderRow, 'id' | 'state' | 'processState' | 'seq'>): Promise<void> {
      const ended = order.state === 'finished' || order.state === 'stopped';
      const parked = order.state === 'parked';
      await tx.run(sql`
        update orders set state = ${order.state}, process_state = ${JSON.stringify(order.processState)},
          seq = ${order.seq}, finished_at = ${ended ? timestamp(tx.now) : null},
          parked_at = ${parked ? timestamp(tx.now) : null}
        where orders.company_id = ${companyId} and orders.id = ${order.id}`);
    },

    async seqOf(orderId: string): Promise<number> {
      const row = await tx.one<{ seq: number }>(sql`
        select o.seq from orders o where o.company_id = ${companyId} and o.id = ${orderId}`);
      return row.seq;
    },

    /** Appends an event whose place in the stream nothing depends on: the next one. */
    async append(orderId: string, event: NewEvent, actorId: string | null): Promise<void> {
      const { seq } = await tx.one<{ seq: number }>(sql`
        update orders set seq = orders.seq + 1
        where orders.company_id = ${companyId} and orders.id = ${orderId} returning orders.seq`);
      await this.insertEvent(orderId, seq, event, actorId);
    },

    /** `actorId` null: the program itself, for example a hand-over that nobody accepted. */
    async insertEvent(orderId: string, seq: number, event: NewEvent, actorId: string | null): Promise<void> {
      await tx.run(sql`
        insert into order_events (company_id, stream_id, seq, type, v, occurred_at, recorded_at, actor_id, data)
        values (${companyId}, ${orderId}, ${seq}, ${event.type}, 1, ${timestamp(event.occurredAt)},
          ${timestamp(tx.now)}, ${actorId}, ${withTextHashes(companyId, event.data)})`);
    },

    /** Several that follow each other, the first under `firstSeq`. */
    async insertEvents(
      orderId: string,
      firstSeq: number,
      events: readonly NewEvent[],
      actorId: string | null,
    ): Promise<void> {
      for (const [i, event] of events.entries())
        await this.insertEvent(orderId, firstSeq + i, event, actorId);
    },

    async listOpenTasks(orderId: string): Promise<TaskRow[]> {
      return await tx.rows<TaskRow>(sql`
        select t.id, t.case_id as "caseId", t.step, t.round, t.unit_id as "unitId", t.post, t.holder_id as "holderId"
        from tasks t where t.company_id = ${companyId} and t.order_id = ${orderId} and t.state = 'open'`);
    },

    async insertTasks(tasks: readonly (NewTask & { readonly orderId: string })[]): Promise<void> {
      if (tasks.length === 0) return;
      const rows = tasks.map((task) => ({ ...task, id: newId() }));
      await tx.run(sql`
        insert into tasks (company_id, id, order_id, case_id, step, round, unit_id, post, holder_id, rework, state, ready_at)
        select ${companyId}, t.id, t."orderId", t."caseId", t.step, t.round, t."unitId", t.post, t."holderId", t.rework,
          'open', ${timestamp(tx.now)}
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (id uuid, "orderId" uuid, "caseId" uuid, step text, round integer,
          "unitId" uuid, post text, "holderId" uuid, rework boolean)`);
    },

    async endTasks(ids: readonly string[], state: 'done' | 'withdrawn', by: string): Promise<void> {
      if (ids.length === 0) return;
      await tx.run(sql`
        update tasks set state = ${state}, ended_at = ${timestamp(tx.now)}, ended_by = ${by}
        where tasks.company_id = ${companyId} and tasks.id = any(${ids}::uuid[])`);
    },

    async assignTask(taskId: string, holderId: string): Promise<void> {
      await tx.run(sql`
        update tasks set holder_id = ${holderId} where tasks.company_id = ${companyId} and tasks.id = ${taskId}`);
    },

    /** Puts a task where it is to be done; whoever held it holds it no more. */
    async placeTask(
      taskId: string,
      to: { readonly unitId: string; readonly post: string; readonly holderId: string | null },
    ): Promise<void> {
      await tx.run(sql`
        update tasks set unit_id = ${to.unitId}, post = ${to.post}, holder_id = ${to.holderId}
        where tasks.company_id = ${companyId} and tasks.id = ${taskId}`);
    },

    /** Somebody holds the post in the unit or one below it; with a person named, he does. */
    async isHeld(place: {
      readonly unitId: string;
      readonly post: string;
      readonly personId: string | null;
    }): Promise<boolean> {
      const row = await tx.maybe(sql`
        select 1 from units u
        join units v on v.company_id = u.company_id and (v.id = u.id or v.parent_id = u.id)
        join assignments a on a.company_id = v.company_id and a.unit_id = v.id and a.post = ${place.post}
          and a.until is null and (${place.personId}::uuid is null or a.person_id = ${place.personId})
        where u.company_id = ${companyId} and u.id = ${place.unitId} and u.closed_at is null limit 1`);
      return row !== undefined;
    },

    /** A unit whose part in the order is over sees its cases no more, unless it has other work on them or took them in. */
    async endAccess(orderId: string, unitId: string): Promise<void> {
      await tx.run(sql`
        update case_access set until = ${timestamp(tx.now)}
        from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
        where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null
          and case_access.company_id = l.company_id and case_access.case_id = l.case_id
          and case_access.unit_id = ${unitId} and case_access.until is null
          and case_access.since < ${timestamp(tx.now)} and c.intake_unit_id <> ${unitId}
          and not exists (select 1 from tasks t where t.company_id = l.company_id and t.order_id = l.order_id
            and t.unit_id = ${unitId} and t.state <> 'withdrawn')
          and not exists (select 1 from units u where u.company_id = l.company_id and u.id = ${unitId}
            and u.code = 'control-centre')`);
    },

    /** All units of the company by code and by id: some sixty rows. */
    async listUnits(): Promise<{ id: string; code: string; parentId: string | null }[]> {
      return await tx.rows(sql`
        select u.id, u.code, u.parent_id as "parentId" from units u where u.company_id = ${companyId}`);
    },

    /** Which of these places are held by somebody: in the unit itself or in one below it (a station's crew). */
    async listStaffed(places: readonly Place[]): Promise<Place[]> {
      if (places.length === 0) return [];
      return await tx.rows<Place>(sql`
        select p.unit, p.post from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p (unit text, post text)
        where exists (select 1 from units u
          join units v on v.company_id = u.company_id and (v.id = u.id or v.parent_id = u.id)
          join assignments a on a.company_id = v.company_id and a.unit_id = v.id and a.post = p.post and a.until is null
          where u.company_id = ${companyId} and u.code = p.unit and (v.id = u.id or u.kind <> 'company'))`);
    },

    /** What the tasks of each linked case depend on. */
    async listCases(orderId: string): Promise<CaseOfOrder[]> {
      return await tx.rows<CaseOfOrder>(sql`
        select c.id, c.intake_unit_id as "intakeUnitId",
          case when p.system then null else c.first_asked_id end as "firstAskedId",
          c.accepted_at as "acceptedAt",
          array_remove(array(select k.who from case_kept_away k where k.company_id = c.company_id and k.case_id = c.id
            and k.kind = 'liable-unit') || c.accused_unit_id, null) as "keptAwayUnitIds"
        from case_orders l
        join cases c on c.company_id = l.company_id and c.id = l.case_id
        join people p on p.company_id = c.company_id and p.id = c.first_asked_id
        where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null
        order by l.linked_at, c.id`);
    },
  };
}

export type CaseOfOrder = {
  readonly id: string;
  readonly intakeUnitId: string;
  /** Null where a door took the demand in: what is the first-asked's falls to his post. */
  readonly firstAskedId: string | null;
  /** Complained about, or found liable. */
  readonly keptAwayUnitIds: readonly string[];
  readonly acceptedAt: Instant;
};

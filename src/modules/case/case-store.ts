import { randomUUID } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import type { ProcessState } from '#modules/process/domain/index.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/db/sql.ts';

export type NewCase = {
  readonly id: string;
  readonly no: string;
  readonly business: string;
  readonly caseType: string;
  readonly process: string | null;
  readonly quickItem: string | null;
  readonly handbookVersionId: string;
  readonly channel: string;
  readonly householdId: string | null;
  readonly areaClass: string | null;
  readonly stationId: string | null;
  readonly intakeUnitId: string;
  readonly firstAskedId: string;
  readonly accusedUnitId: string | null;
  readonly mood: string;
  readonly escalationRisk: boolean;
  /** From when it counts; null: now. */
  readonly acceptedAt: Instant | null;
  /** The units of its closed list: they alone read it. Null: it has none. */
  readonly closedTo: readonly string[] | null;
  /** The exercise that it belongs to. */
  readonly drillId: string | null;
  /** Of what the customer said: the ids of the texts and their salted hashes. */
  readonly textHashes: Readonly<Record<string, string>>;
  /** Units that may see it from the start (design rule 2). */
  readonly seenBy: readonly string[];
};

export type NewText = {
  readonly kind: 'words' | 'contact-name' | 'contact-phone' | 'place' | 'note' | 'value';
  readonly step?: string;
  readonly field?: string;
  readonly body: string;
};

export function caseStore(tx: Tx, companyId: string) {
  return {
    async nextNumbers(count: number): Promise<readonly number[]> {
      const rows = await tx.rows<{ n: number }>(
        sql`select nextval('case_numbers') as n from generate_series(1, ${count}::integer)`,
      );
      return rows.map((row) => row.n);
    },

    /** Every unit that is not closed, by id and code: some sixty rows. */
    async listUnits(): Promise<{ id: string; code: string; parentId: string | null }[]> {
      return await tx.rows(sql`
        select u.id, u.code, u.parent_id as "parentId" from units u where u.company_id = ${companyId} and u.closed_at is null`);
    },

    /** New cases with their first event and their texts; the units of `seenBy` may see them. */
    async insertMany(cases: readonly NewCase[]): Promise<void> {
      const rows = cases.map((one) => ({ ...one, acceptedAt: timestamp(one.acceptedAt ?? tx.now) }));
      await tx.run(sql`
        with wanted as (
          select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c (id uuid, no text, business text,
            "caseType" text, process text, "quickItem" text, "handbookVersionId" uuid, channel text, "householdId" uuid,
            "areaClass" text, "stationId" uuid, "intakeUnitId" uuid, "firstAskedId" uuid, "accusedUnitId" uuid, mood text,
            "escalationRisk" boolean, "acceptedAt" timestamptz, "closedTo" uuid[], "drillId" uuid, "textHashes" jsonb,
            "seenBy" uuid[])
        ), accepted as (
          insert into cases (company_id, id, no, business, case_type, process, quick_item, handbook_version_id, channel,
            household_id, area_class, station_id, intake_unit_id, first_asked_id, accused_unit_id, mood, escalation_risk,
            state, seq, accepted_at, closed_at, closed_to, drill_id)
          select ${companyId}, c.id, c.no, c.business, c."caseType", c.process, c."quickItem", c."handbookVersionId",
            c.channel, c."householdId", c."areaClass", c."stationId", c."intakeUnitId", c."firstAskedId",
            c."accusedUnitId", c.mood, c."escalationRisk", case when c."quickItem" is null then 'open' else 'closed' end, 1,
            c."acceptedAt", case when c."quickItem" is not null then ${timestamp(tx.now)}::timestamptz end, c."closedTo", c."drillId"
          from wanted c
        ), seen as (
          insert into case_access (company_id, unit_id, case_id, since)
          select ${companyId}, u.id, c.id, ${timestamp(tx.now)}::timestamptz from wanted c cross join unnest(c."seenBy") u (id)
        )
        insert into case_events (company_id, stream_id, seq, type, v, occurred_at, recorded_at, actor_id, data)
        select ${companyId}, c.id, 1, 'case.accepted', 1, c."acceptedAt", ${timestamp(tx.now)}::timestamptz,
          c."firstAskedId", jsonb_build_object('business', c.business, 'caseType', c."caseType", 'process', c.process,
            'quickItem', c."quickItem", 'channel', c.channel, 'textHashes', c."textHashes")
        from wanted c`);
    },

    /** Answers the ids of the rows, in the order of the texts. */
    async insertTexts(caseId: string, texts: readonly NewText[], by: string): Promise<string[]> {
      return await this.insertTextsOf(texts.map((text) => ({ ...text, caseId, by })));
    },

    async insertTextsOf(
      texts: readonly (NewText & {
        readonly caseId: string;
        readonly by: string;
        readonly id?: string;
        readonly salt?: string;
      })[],
    ): Promise<string[]> {
      const rows = texts.map((text) => ({ id: newId(), salt: randomUUID(), ...text }));
      if (rows.length > 0)
        await tx.run(sql`
          insert into case_texts (company_id, id, case_id, kind, step, field, body, salt, by_person_id, at)
          select ${companyId}, t.id, t."caseId", t.kind, t.step, t.field, t.body, t.salt, t.by, ${timestamp(tx.now)}
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
            as t (id uuid, "caseId" uuid, kind text, step text, field text, body text, salt uuid, by uuid)`);
      return rows.map((row) => row.id);
    },

    async insertText(caseId: string, text: NewText, by: string): Promise<string> {
      const [id] = await this.insertTexts(caseId, [text], by);
      if (id === undefined) throw new Error('one text gives one id');
      return id;
    },

    async close(caseIds: readonly string[], actorId: string): Promise<void> {
      if (caseIds.length === 0) return;
      await tx.run(sql`
        with closed as (
          update cases set state = 'closed', closed_at = ${timestamp(tx.now)}, seq = cases.seq + 1
          where cases.company_id = ${companyId} and cases.id = any(${caseIds}::uuid[]) and cases.state = 'open'
          returning cases.id, cases.seq)
        insert into case_events (company_id, stream_id, seq, type, v, occurred_at, recorded_at, actor_id, data)
        select ${companyId}, closed.id, closed.seq, 'case.closed', 1, ${timestamp(tx.now)}, ${timestamp(tx.now)},
          ${actorId}, '{}' from closed`);
    },

    /** How often the demand of a case was made again, with the number it is known by. */
    async countRepeats(caseId: string): Promise<{ caseId: string; no: string; times: number }> {
      return await tx.one(sql`
        select c.id as "caseId", c.no, (select count(*) from case_events e where e.company_id = c.company_id
          and e.stream_id = c.id and e.type = 'demand.repeated') as times
        from cases c where c.company_id = ${companyId} and c.id = ${caseId}`);
    },

    /** The cases of an order, for the reply gate and for texts that belong to the order as a whole. */
    async listOfOrder(orderId: string): Promise<{ id: string; acceptedAt: Instant }[]> {
      return await tx.rows(sql`
        select c.id, c.accepted_at as "acceptedAt" from case_orders l
        join cases c on c.company_id = l.company_id and c.id = l.case_id
        where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null
        order by l.linked_at, c.id`);
    },

    /** Cases of the order whose customer can be written to: with a number, and no other centre speaks with him. */
    async listToldOfOrder(orderId: string): Promise<readonly string[]> {
      const rows = await tx.rows<{ id: string }>(sql`
        select c.id from case_orders l
        join cases c on c.company_id = l.company_id and c.id = l.case_id
        left join households h on h.company_id = c.company_id and h.id = c.household_id
        left join customers u on u.company_id = h.company_id and u.id = h.customer_id
        where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null
          and c.channel <> all(array['95598', '12398', '12345'])
          and (u.phone is not null or exists (select 1 from case_texts x where x.company_id = c.company_id and x.case_id = c.id
            and x.kind = 'contact-phone' and x.body is not null))
        order by c.id`);
      return rows.map((one) => one.id);
    },

    async findStateOf(
      orderId: string,
    ): Promise<{ process: string; handbookVersionId: string; processState: ProcessState } | undefined> {
      return await tx.maybe(sql`
        select o.process, o.handbook_version_id as "handbookVersionId", o.process_state as "processState" from orders o
        where o.company_id = ${companyId} and o.id = ${orderId}`);
    },

    async findProcessOf(
      orderId: string,
    ): Promise<{ process: string; handbookVersionId: string; startedAt: Instant } | undefined> {
      return await tx.maybe(sql`
        select o.process, o.handbook_version_id as "handbookVersionId", o.started_at as "startedAt" from orders o
        where o.company_id = ${companyId} and o.id = ${orderId}`);
    },
  };
}

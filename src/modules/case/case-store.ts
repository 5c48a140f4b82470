import type { Instant } from '#kernel/instant.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
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
};

export type NewText = {
  readonly kind: 'words' | 'contact-name' | 'contact-phone' | 'place' | 'note' | 'value';
  readonly step?: string;
  readonly field?: string;
  readonly body: string;
};

export function caseStore(tx: Tx, companyId: string) {
  return {
    async nextNumber(): Promise<number> {
      return (await tx.one<{ n: number }>(sql`select nextval('case_numbers') as n`)).n;
    },

    async insert(row: NewCase): Promise<void> {
      const closedAt = row.quickItem === null ? null : timestamp(tx.now);
      await tx.run(sql`
        insert into cases (company_id, id, no, business, case_type, process, quick_item, handbook_version_id, channel,
          household_id, area_class, station_id, intake_unit_id, first_asked_id, accused_unit_id, mood, escalation_risk,
          state, seq, accepted_at, closed_at)
        values (${companyId}, ${row.id}, ${row.no}, ${row.business}, ${row.caseType}, ${row.process}, ${row.quickItem},
          ${row.handbookVersionId}, ${row.channel}, ${row.householdId}, ${row.areaClass}, ${row.stationId},
          ${row.intakeUnitId}, ${row.firstAskedId}, ${row.accusedUnitId}, ${row.mood}, ${row.escalationRisk},
          ${row.quickItem === null ? 'open' : 'closed'}, 1, ${timestamp(tx.now)}, ${closedAt})`);
      await tx.run(sql`
        insert into case_events (company_id, stream_id, seq, type, v, occurred_at, recorded_at, actor_id, data)
        values (${companyId}, ${row.id}, 1, 'case.accepted', 1, ${timestamp(tx.now)}, ${timestamp(tx.now)},
          ${row.firstAskedId}, ${JSON.stringify({ business: row.business, caseType: row.caseType, process: row.process, quickItem: row.quickItem, channel: row.channel })})`);
      // The accused unit sees nothing, not even when its own counter took the words down (design rule 2).
      await tx.run(sql`
        insert into case_access (company_id, unit_id, case_id, since)
        select ${companyId}, u.id, ${row.id}, ${timestamp(tx.now)} from units u
        where u.company_id = ${companyId} and (u.id = ${row.intakeUnitId} or u.code = 'control-centre')
          and u.id is distinct from ${row.accusedUnitId}::uuid`);
    },

    /** Answers the ids of the rows, in the order of the texts. */
    async insertTexts(caseId: string, texts: readonly NewText[], by: string): Promise<string[]> {
      const rows = texts.map((text) => ({ ...text, id: newId() }));
      if (rows.length > 0)
        await tx.run(sql`
          insert into case_texts (company_id, id, case_id, kind, step, field, body, by_person_id, at)
          select ${companyId}, t.id, ${caseId}, t.kind, t.step, t.field, t.body, ${by}, ${timestamp(tx.now)}
          from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
            as t (id uuid, kind text, step text, field text, body text)`);
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

    async findUnit(code: string): Promise<string | undefined> {
      const row = await tx.maybe<{ id: string }>(sql`
        select u.id from units u where u.company_id = ${companyId} and u.code = ${code} and u.closed_at is null`);
      return row?.id;
    },

    async findUnitCode(id: string): Promise<string | undefined> {
      const row = await tx.maybe<{ code: string }>(sql`
        select u.code from units u where u.company_id = ${companyId} and u.id = ${id} and u.closed_at is null`);
      return row?.code;
    },

    /** The cases of an order, for the reply gate and for texts that belong to the order as a whole. */
    async listOfOrder(orderId: string): Promise<{ id: string; acceptedAt: Instant }[]> {
      return await tx.rows(sql`
        select c.id, c.accepted_at as "acceptedAt" from case_orders l
        join cases c on c.company_id = l.company_id and c.id = l.case_id
        where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null
        order by l.linked_at, c.id`);
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

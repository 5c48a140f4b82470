import type { Instant } from '#kernel/instant.ts';
import { withheld } from '#modules/order/index.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CallFigures, CallState } from './call-api.ts';

export type CallRow = {
  readonly id: string;
  readonly phone: string | null;
  readonly householdId: string | null;
  readonly caseId: string | null;
  readonly personId: string | null;
  readonly state: CallState;
  readonly rangAt: Instant;
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly mood: 'calm' | 'upset' | 'furious';
  readonly escalationRisk: boolean;
  readonly recordingNo: string | null;
  readonly unitId: string;
  readonly owed_id: string | null;
  readonly owed_due: Instant | null;
  readonly owed_state: 'open' | 'reached' | 'given-up' | null;
};

/** The case only where it is not withheld from the reader; that somebody rang is no secret. */
const columnsFor = (reader: CallReader) => sql`calls.id, calls.phone, calls.household_id as "householdId",
  (select c.id from cases c where c.company_id = calls.company_id and c.id = calls.case_id
    and not ${withheld(reader)}) as "caseId",
  calls.person_id as "personId", calls.state, calls.rang_at as "rangAt", calls.answered_at as "answeredAt",
  calls.ended_at as "endedAt", calls.mood, calls.escalation_risk as "escalationRisk",
  calls.recording_no as "recordingNo", calls.unit_id as "unitId", o.id as owed_id, o.due_at as owed_due,
  o.state as owed_state`;

/** Who may see calls: the person whose they are, and his unit (a call-back may be made by a colleague). */
export type CallReader = {
  readonly companyId: string;
  readonly personId: string;
  readonly unitIds: readonly string[];
};

const ofReader = (reader: CallReader) => sql`calls.company_id = ${reader.companyId}
  and (calls.person_id = ${reader.personId} or calls.unit_id = any(${reader.unitIds}::uuid[]))`;

export async function findCall(db: Db, reader: CallReader, id: string): Promise<CallRow | undefined> {
  return await db.maybe<CallRow>(sql`
    select ${columnsFor(reader)} from calls left join owed_calls o on o.company_id = calls.company_id and o.call_id = calls.id
    where ${ofReader(reader)} and calls.id = ${id}`);
}

/** What rings on this person's screen now. */
export async function findRinging(
  db: Db,
  reader: CallReader,
  since: Instant,
): Promise<{ readonly id: string; readonly rangAt: Instant } | undefined> {
  return await db.maybe(sql`
    select calls.id, calls.rang_at as "rangAt" from calls
    where calls.company_id = ${reader.companyId} and calls.person_id = ${reader.personId}
      and calls.state = 'ringing' and calls.rang_at > ${timestamp(since)}
    order by calls.rang_at desc limit 1`);
}

/** Counts the calls of a reader's units that rang in `[from, to)`; the two limits are seconds. */
export async function countCallDay(
  db: Db,
  reader: CallReader,
  span: { readonly from: Instant; readonly to: Instant },
  limits: CallFigures['limits'],
): Promise<CallFigures> {
  const row = await db.one<Omit<CallFigures, 'limits'>>(sql`
    with day as (
      select calls.device_id, calls.answered_at, calls.state, o.due_at as owed_until,
        extract(epoch from calls.answered_at - calls.rang_at) as waited,
        (select min(t.at) from call_attempts t where t.company_id = o.company_id and t.owed_call_id = o.id) as rung_back
      from calls left join owed_calls o on o.company_id = calls.company_id and o.call_id = calls.id
      where ${ofReader(reader)} and calls.rang_at >= ${timestamp(span.from)} and calls.rang_at < ${timestamp(span.to)})
    select count(*) filter (where d.device_id is not null) as announced,
      count(*) filter (where d.device_id is not null and d.answered_at is not null) as answered,
      count(*) filter (where d.device_id is not null and d.waited <= ${limits.promise}) as "inPromise",
      count(*) filter (where d.device_id is not null and d.waited <= ${limits.indicator}) as "inIndicator",
      count(*) filter (where d.state = 'missed') as missed, count(*) filter (where d.state = 'dropped') as dropped,
      count(*) filter (where d.owed_until < ${timestamp(span.to)}) as owed,
      count(*) filter (where d.rung_back <= d.owed_until) as "owedInTime"
    from day d`);
  return { ...row, limits };
}

export function callStore(tx: Tx, companyId: string) {
  const at = timestamp(tx.now);
  return {
    async insert(call: {
      readonly id: string;
      readonly phone: string;
      readonly householdId: string | null;
      readonly divisionCode: string | null;
      readonly unitId: string;
      readonly personId: string | null;
      readonly deviceId: string | null;
      readonly state: CallState;
      readonly recordingNo: string | null;
    }): Promise<void> {
      await tx.run(sql`
        insert into calls (company_id, id, phone, household_id, division_code, unit_id, person_id, device_id, state,
          rang_at, answered_at, mood, escalation_risk, recording_no, moved_at)
        values (${companyId}, ${call.id}, ${call.phone}, ${call.householdId}, ${call.divisionCode}, ${call.unitId},
          ${call.personId}, ${call.deviceId}, ${call.state}, ${at}, ${call.state === 'talking' ? at : null}, 'calm',
          false, ${call.recordingNo}, ${at})`);
    },

    async findByRecording(
      recordingNo: string,
    ): Promise<Pick<CallRow, 'id' | 'state' | 'unitId'> | undefined> {
      return await tx.maybe(sql`
        select calls.id, calls.state, calls.unit_id as "unitId" from calls
        where calls.company_id = ${companyId} and calls.recording_no = ${recordingNo} for update`);
    },

    async answer(id: string): Promise<void> {
      await tx.run(sql`
        update calls set state = 'talking', answered_at = coalesce(calls.answered_at, ${at}),
          moved_at = ${at}
        where calls.company_id = ${companyId} and calls.id = ${id}`);
    },

    async update(
      id: string,
      notes: Pick<CallRow, 'mood' | 'escalationRisk' | 'recordingNo' | 'householdId'>,
    ): Promise<void> {
      await tx.run(sql`
        update calls set mood = ${notes.mood}, escalation_risk = ${notes.escalationRisk},
          recording_no = ${notes.recordingNo}, household_id = ${notes.householdId}, moved_at = ${at}
        where calls.company_id = ${companyId} and calls.id = ${id}`);
    },

    async end(id: string, state: CallState): Promise<void> {
      await tx.run(sql`
        update calls set state = ${state}, ended_at = ${at}, moved_at = ${at}
        where calls.company_id = ${companyId} and calls.id = ${id}`);
    },

    /** The demand that a call was about. */
    async tie(id: string, caseId: string): Promise<void> {
      await tx.run(sql`
        update calls set case_id = ${caseId}, moved_at = ${at},
          household_id = coalesce(calls.household_id,
            (select c.household_id from cases c where c.company_id = ${companyId} and c.id = ${caseId}))
        where calls.company_id = ${companyId} and calls.id = ${id}`);
    },

    /** The person with this sign-in, and the unit of his main post. */
    async findAgent(login: string): Promise<{ personId: string; unitId: string } | undefined> {
      return await tx.maybe(sql`
        select a.person_id as "personId", m.unit_id as "unitId" from accounts a
        join assignments m on m.company_id = a.company_id and m.person_id = a.person_id and m.main
          and m.until is null
        where a.company_id = ${companyId} and a.login = ${login} and a.disabled_at is null`);
    },
  };
}

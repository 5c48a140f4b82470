import type { Instant } from '#kernel/instant.ts';
import { type CaseActor, maySupervise, visibleCase } from '#modules/case/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Meeting, MeetingDecision } from './meeting-api.ts';

/** The latest; older ones are found on their cases. */
const MOST = 100;

type Row = Omit<Meeting, 'units' | 'cases' | 'decisions' | 'mayRecord'> & { readonly calledById: string };

/** Meetings about cases that the reader may see, or about one case; those to come first, then the latest. */
export async function listMeetings(
  db: Db,
  reader: CaseActor,
  now: Instant,
  caseId: string | null,
): Promise<readonly Meeting[]> {
  const rows = await db.rows<Row>(sql`
    select m.id, m.state, p.name as "calledBy", m.called_by as "calledById", m.called_at as "calledAt",
      m.meets_at as "meetsAt"
    from meetings m join people p on p.company_id = m.company_id and p.id = m.called_by
    where m.company_id = ${reader.companyId} and exists (select 1 from meeting_cases k
      join cases c on c.company_id = k.company_id and c.id = k.case_id
      where k.company_id = m.company_id and k.meeting_id = m.id and (${caseId}::uuid is null or k.case_id = ${caseId})
        and ${visibleCase(reader, now)})
    order by (m.state = 'called') desc, m.meets_at desc, m.id limit ${MOST}`);
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const cases = await listCases(db, reader, now, ids);
  const units = await listUnits(db, reader.companyId, ids);
  const decisions = await listDecisions(db, reader, now, ids);
  return rows.map(({ calledById, ...row }) => ({
    ...row,
    units: of(units, row.id),
    cases: of(cases, row.id),
    decisions: of(decisions, row.id),
    mayRecord: row.state === 'called' && (calledById === reader.personId || maySupervise(reader)),
  }));
}

async function listCases(db: Db, reader: CaseActor, now: Instant, ids: readonly string[]) {
  return await db.rows<Meeting['cases'][number] & { readonly meeting: string }>(sql`
    select k.meeting_id as meeting, c.id, c.no, x.body as purpose from meeting_cases k
    join cases c on c.company_id = k.company_id and c.id = k.case_id
    join case_texts x on x.company_id = k.company_id and x.id = k.purpose_id
    where k.company_id = ${reader.companyId} and k.meeting_id = any(${ids}::uuid[]) and ${visibleCase(reader, now)}
    order by c.no`);
}

async function listUnits(db: Db, companyId: string, ids: readonly string[]) {
  return await db.rows<Meeting['units'][number] & { readonly meeting: string }>(sql`
    select m.meeting_id as meeting, u.id, u.name, u.name_en as "nameEn", m.came from meeting_units m
    join units u on u.company_id = m.company_id and u.id = m.unit_id
    where m.company_id = ${companyId} and m.meeting_id = any(${ids}::uuid[]) order by u.sort`);
}

async function listDecisions(db: Db, reader: CaseActor, now: Instant, ids: readonly string[]) {
  return await db.rows<MeetingDecision & { readonly meeting: string }>(sql`
    select d.meeting_id as meeting, d.id, c.id as "caseId", c.no as "caseNo", u.name as unit, x.body as words,
      coalesce(j.due_at, m.due_at) as "dueAt", case when j.id is null then 'commitment' else 'task' end as kind,
      coalesce(j.state, m.state) as state, a.body as answer
    from meeting_decisions d
    left join joint_requests j on j.company_id = d.company_id and j.id = d.request_id
    left join commitments m on m.company_id = d.company_id and m.id = d.commitment_id
    join cases c on c.company_id = d.company_id and c.id = coalesce(j.case_id, m.case_id)
    join units u on u.company_id = d.company_id and u.id = coalesce(j.unit_id, m.unit_id)
    join case_texts x on x.company_id = d.company_id and x.id = coalesce(j.question_id, m.text_id)
    left join case_texts a on a.company_id = d.company_id and a.id = j.answer_id
    where d.company_id = ${reader.companyId} and d.meeting_id = any(${ids}::uuid[]) and ${visibleCase(reader, now)}
    order by coalesce(j.due_at, m.due_at), d.id`);
}

function of<T extends { readonly meeting: string }>(all: readonly T[], id: string) {
  return all.filter((one) => one.meeting === id).map(({ meeting: _meeting, ...rest }) => rest);
}

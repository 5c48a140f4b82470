import type { Instant } from '#kernel/instant.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { ComplaintView, DutyView, PersonOption, VerdictView } from './voice-api.ts';

// Screens of one complaint. Whoever calls these has seen that the case is visible to the reader.

export async function findGrade(
  db: Db,
  companyId: string,
  caseId: string,
): Promise<NonNullable<ComplaintView['grade']> | undefined> {
  return await db.maybe(sql`
    select g.grade, g.complaint_class as "complaintClass", g.reasons, p.name as by, g.at
    from complaint_grades g join people p on p.company_id = g.company_id and p.id = g.by_person_id
    where g.company_id = ${companyId} and g.case_id = ${caseId} order by g.at desc limit 1`);
}

export async function listDuties(
  db: Db,
  companyId: string,
  caseId: string,
): Promise<(Omit<DutyView, 'post'> & { readonly post: string })[]> {
  return await db.rows(sql`
    select d.id, d.duty, d.post, d.owed_at as "owedAt", d.due_at as "dueAt", d.done_at as "doneAt", p.name as "doneBy"
    from complaint_duties d left join people p on p.company_id = d.company_id and p.id = d.done_by
    where d.company_id = ${companyId} and d.case_id = ${caseId} order by d.due_at, d.id`);
}

type VerdictRow = Omit<VerdictView, 'appeal'> & {
  readonly appeal_unit: string | null;
  readonly asked_at: Instant | null;
  readonly words: string | null;
  readonly result: 'upheld' | 'changed' | null;
  readonly decided_by: string | null;
  readonly decided_at: Instant | null;
  readonly appeal_grounds: string | null;
};

/** The one that stands first, then those before it. */
export async function listVerdicts(db: Db, companyId: string, caseId: string): Promise<VerdictView[]> {
  const rows = await db.rows<VerdictRow>(sql`
    select v.id, v.verdict, v.liability, u.name as "liableUnit", x.body as grounds, p.name as "givenBy",
      v.given_at as "givenAt", v.state = 'standing' as standing, w.name as appeal_unit, a.asked_at, y.body as words,
      a.result, q.name as decided_by, a.decided_at, z.body as appeal_grounds
    from complaint_verdicts v
    join people p on p.company_id = v.company_id and p.id = v.given_by
    join case_texts x on x.company_id = v.company_id and x.id = v.grounds_id
    left join units u on u.company_id = v.company_id and u.id = v.liable_unit_id
    left join verdict_appeals a on a.company_id = v.company_id and a.verdict_id = v.id
    left join units w on w.company_id = a.company_id and w.id = a.unit_id
    left join people q on q.company_id = a.company_id and q.id = a.decided_by
    left join case_texts y on y.company_id = a.company_id and y.id = a.words_id
    left join case_texts z on z.company_id = a.company_id and z.id = a.grounds_id
    where v.company_id = ${companyId} and v.case_id = ${caseId}
    order by v.state = 'standing' desc, v.given_at desc, v.id desc`);
  return rows.map((row) => {
    const { appeal_unit, asked_at, words, result, decided_by, decided_at, appeal_grounds, ...verdict } = row;
    const appeal =
      appeal_unit === null || asked_at === null
        ? null
        : {
            unit: appeal_unit,
            askedAt: asked_at,
            words,
            result,
            decidedBy: decided_by,
            decidedAt: decided_at,
            grounds: appeal_grounds,
          };
    return { ...verdict, appeal };
  });
}

export async function listKeptAway(
  db: Db,
  companyId: string,
  caseId: string,
): Promise<(Omit<ComplaintView['keptAway'][number], 'mayLetBack'> & { readonly by: string })[]> {
  return await db.rows(sql`
    select k.who, coalesce(p.name, u.name, '') as name, k.kind, x.body as reason, k.at, k.by_person_id as by
    from case_kept_away k
    left join people p on p.company_id = k.company_id and p.id = k.who
    left join units u on u.company_id = k.company_id and u.id = k.who
    left join case_texts x on x.company_id = k.company_id and x.id = k.reason_id
    where k.company_id = ${companyId} and k.case_id = ${caseId} order by k.at`);
}

type ReclassificationRow = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly askedById: string;
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly reason: string | null;
  readonly state: 'asked' | 'approved' | 'refused';
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly words: string | null;
};

export async function listReclassifications(
  db: Db,
  companyId: string,
  caseId: string,
): Promise<ReclassificationRow[]> {
  return await db.rows(sql`
    select r.id, r.from_type as "from", r.to_type as "to", r.asked_by as "askedById", p.name as "askedBy",
      r.asked_at as "askedAt", x.body as reason, r.state, q.name as "decidedBy", r.decided_at as "decidedAt",
      y.body as words
    from reclassifications r
    join people p on p.company_id = r.company_id and p.id = r.asked_by
    join case_texts x on x.company_id = r.company_id and x.id = r.reason_id
    left join people q on q.company_id = r.company_id and q.id = r.decided_by
    left join case_texts y on y.company_id = r.company_id and y.id = r.decision_id
    where r.company_id = ${companyId} and r.case_id = ${caseId} order by r.asked_at desc`);
}

/** The unit complained about and those found liable. */
export async function listPartiesOf(db: Db, companyId: string, caseId: string): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select c.accused_unit_id as id from cases c
    where c.company_id = ${companyId} and c.id = ${caseId} and c.accused_unit_id is not null
    union select k.who from case_kept_away k
    where k.company_id = ${companyId} and k.case_id = ${caseId} and k.kind = 'liable-unit'`);
  return rows.map((row) => row.id);
}

/** Who finished any round of these steps. */
export async function listDoersOf(
  db: Db,
  companyId: string,
  orderId: string,
  steps: readonly string[],
): Promise<string[]> {
  const rows = await db.rows<{ by: string }>(sql`
    select distinct t.ended_by as by from tasks t
    where t.company_id = ${companyId} and t.order_id = ${orderId} and t.step = any(${steps}::text[])
      and t.state = 'done' and t.ended_by is not null`);
  return rows.map((row) => row.by);
}

/** People whose name begins so, for whom to keep away. */
export async function findPeople(db: Db, companyId: string, text: string): Promise<PersonOption[]> {
  return await db.rows<PersonOption>(sql`
    select p.id, p.name, u.name as unit from people p
    join assignments a on a.company_id = p.company_id and a.person_id = p.id and a.main and a.until is null
    join units u on u.company_id = a.company_id and u.id = a.unit_id
    where p.company_id = ${companyId} and p.left_at is null and starts_with(p.name, ${text}) order by p.name, p.id limit 20`);
}

import type { Instant } from '#kernel/instant.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type Reader, visibleCase } from './case-reads.ts';
import type { JointOfUnit } from './case-work-api.ts';

/** What other departments wait for, the most urgent first. */
export async function listJointOfUnits(
  db: Db,
  reader: Reader,
  now: Instant,
): Promise<readonly JointOfUnit[]> {
  return await db.rows<JointOfUnit>(sql`
    select j.id, j.kind, c.id as "caseId", c.no as "caseNo", p.name as "askedBy", j.asked_at as "askedAt",
      j.due_at as "dueAt", q.body as question
    from joint_requests j
    join cases c on c.company_id = j.company_id and c.id = j.case_id
    join people p on p.company_id = j.company_id and p.id = j.asked_by
    join case_texts q on q.company_id = j.company_id and q.id = j.question_id
    where j.company_id = ${reader.companyId} and j.state = 'open' and j.unit_id = any(${reader.unitIds}::uuid[])
      and ${visibleCase(reader, now)} order by j.due_at limit 100`);
}

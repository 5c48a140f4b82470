import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseActor } from './case-commands.ts';
import { visibleCase } from './case-reads.ts';
import type { Commitment } from './case-work-api.ts';

/** Commitments that one may see: of one case, or all open ones by their day, those of my units first when asked. */
export async function listCommitments(
  db: Db,
  reader: CaseActor,
  now: Instant,
  of: { readonly caseId: string | null; readonly mine: boolean },
): Promise<readonly Commitment[]> {
  return await db.rows<Commitment>(sql`
    select m.id, m.case_id as "caseId", c.no as "caseNo", x.body as words, u.name as unit, m.due_at as "dueAt",
      m.made_at as "madeAt", p.name as "madeBy", m.moved, m.state,
      m.unit_id = any(${reader.unitIds}::uuid[]) or m.made_by = ${reader.personId} or ${reader.mayReassign} as mine,
      m.state = 'open' and m.due_at <= ${timestamp(now)} as late
    from commitments m
    join cases c on c.company_id = m.company_id and c.id = m.case_id
    join case_texts x on x.company_id = m.company_id and x.id = m.text_id
    join units u on u.company_id = m.company_id and u.id = m.unit_id
    join people p on p.company_id = m.company_id and p.id = m.made_by
    where m.company_id = ${reader.companyId} and ${visibleCase(reader, now)}
      and (${of.caseId}::uuid is null and m.state = 'open' or m.case_id = ${of.caseId})
      and (not ${of.mine}::boolean or m.unit_id = any(${reader.unitIds}::uuid[]))
    order by m.state <> 'open', m.due_at limit 300`);
}

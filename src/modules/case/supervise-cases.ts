import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseActor } from './case-commands.ts';
import type { SuperviseBody, Supervised } from './case-work-api.ts';
import { visibleCase } from './case-reads.ts';
import { askUnit, maySupervise } from './joint-requests.ts';

/**
 * 督办 of several cases, from a row of the board. One that cannot be supervised is named with its reason and holds none of
 * the others up. Refusals: `joint.no-supervision`.
 */
export async function superviseCases(
  tx: Tx,
  actor: CaseActor,
  request: SuperviseBody,
): Promise<Supervised | Refusal> {
  if (!maySupervise(actor)) return refuse('joint.no-supervision');
  const { caseIds, unitId, question, hours } = request;
  const cases = await tx.rows<{ id: string; no: string; at: string | null }>(sql`
    select c.id, c.no, (select t.unit_id from case_orders l
      join tasks t on t.company_id = l.company_id and t.order_id = l.order_id and t.state = 'open'
        and (t.case_id is null or t.case_id = c.id)
      where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
      order by t.ready_at, t.id limit 1) as at
    from cases c where c.company_id = ${actor.companyId} and c.id = any(${caseIds}::uuid[])
      and ${visibleCase(actor, tx.now)} order by c.accepted_at, c.id`);
  const refused: { caseNo: string; why: string }[] = [];
  for (const { id, no, at } of cases) {
    const to = unitId ?? at;
    const asked =
      to === null
        ? refuse('joint.unit-unknown')
        : await askUnit(tx, actor, { caseId: id, unitId: to, question, hours, kind: 'supervision' });
    if (isRefusal(asked)) refused.push({ caseNo: no, why: asked.refused });
  }
  return { asked: cases.length - refused.length, refused };
}

import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, type CaseDeps, lockVisible } from '#modules/case/index.ts';
import type { Judgement, StepDefinition, StepRef } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

export type OpenComplaint = {
  readonly id: string;
  readonly no: string;
  readonly caseType: string;
  readonly process: string;
  readonly orderId: string;
  readonly leadUnitId: string;
  readonly version: HandbookVersion;
};

/** Locks an open complaint that the actor may see. Refusals: `http.not-found`, `case.closed`, `complaint.not-one`. */
export async function openComplaint(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  id: string,
): Promise<OpenComplaint | Refusal> {
  const found = await lockVisible(tx, actor, id);
  if (isRefusal(found)) return found;
  if (found.state === 'closed') return refuse('case.closed');
  const { orderId, process } = found;
  if (orderId === null || process === null) return refuse('complaint.not-one');
  const more = await tx.one<Pick<OpenComplaint, 'caseType' | 'leadUnitId'>>(sql`
    select c.case_type as "caseType", o.lead_unit_id as "leadUnitId"
    from cases c join orders o on o.company_id = c.company_id and o.id = ${orderId}
    where c.company_id = ${actor.companyId} and c.id = ${id}`);
  const version = await deps.version(tx, actor.companyId, found.handbookVersionId);
  return { ...more, id, no: found.no, process, orderId, version };
}

/** The step of the complaint's process that is judged so. Refuses with `complaint.not-one` where it has none. */
export function judgedStep(
  complaint: OpenComplaint,
  judgement: Judgement,
  round: number,
): { readonly step: StepDefinition; readonly ref: StepRef } | Refusal {
  const step = complaint.version.process(complaint.process)?.steps.find((one) => one.judgement === judgement);
  if (step === undefined) return refuse('complaint.not-one');
  return { step, ref: { step: step.id, caseId: step.on === 'case' ? complaint.id : null, round } };
}

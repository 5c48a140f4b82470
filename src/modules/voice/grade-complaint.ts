import { DAY } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import {
  type CaseActor,
  type CaseDeps,
  dayStart,
  finishStep,
  recordOnCase,
  visibleCase,
} from '#modules/case/index.ts';
import {
  type ComplaintFacts,
  type GradeDuty,
  gradeComplaint,
  isRepeatEscalation,
} from '#modules/process/domain/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { complaintsOf } from './count-complaints.ts';
import { judgedStep, type OpenComplaint, openComplaint } from './open-complaint.ts';
import { tellPosts } from './tell-posts.ts';
import type { Grade, GradeBody } from './voice-api.ts';
import { voiceStore } from './voice-store.ts';

type Duty = {
  readonly id: GradeDuty['id'] | 'report-repeat';
  readonly post: string;
  readonly within: number | null;
};

/** R037: the third complaint of one customer is reported to the leaders. */
const REPEAT_DUTY: Duty = { id: 'report-repeat', post: 'deputy-manager', within: null };

/**
 * 定级: the grade follows from what is known, with its reasons; the desk adds no opinion. What the record knows of earlier
 * complaints counts whether or not it was ticked. Its duties are told at once. Refusals: those of `openComplaint` and of
 * `finishStep`.
 */
export async function giveGrade(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: GradeBody & { readonly caseId: string },
): Promise<{ readonly grade: Grade; readonly reasons: readonly string[] } | Refusal> {
  const complaint = await openComplaint(tx, deps, actor, request.caseId);
  if (isRefusal(complaint)) return complaint;
  const judged = judgedStep(complaint, 'grade', request.round);
  if (isRefusal(judged)) return judged;
  const { seq, complaintClass } = request;
  const { count, limit } = await complaintsOf(tx, actor, { ...complaint, complaintClass }, tx.now);
  const facts: ComplaintFacts = {
    ...request,
    repeatedComplaint: request.repeatedComplaint || count > 1,
  };
  const { grade, reasons, duties } = gradeComplaint(facts);
  const finished = await finishStep(tx, deps, actor, {
    orderId: complaint.orderId,
    seq,
    ref: judged.ref,
    judgement: 'grade',
    values: { grade, complaintClass },
  });
  if (isRefusal(finished)) return finished;
  await voiceStore(tx, actor.companyId).insertGrade({
    caseId: complaint.id,
    grade,
    complaintClass,
    reasons,
    by: actor.personId,
  });
  const repeated = isRepeatEscalation(count, limit);
  const supervision = repeated ? await raiseSupervision(tx, actor.companyId, complaint.id) : undefined;
  const data = { grade, complaintClass, reasons, complaints: count, supervision };
  await recordOnCase(tx, actor, complaint.id, { type: 'complaint.graded', data });
  for (const duty of repeated ? [...duties, REPEAT_DUTY] : duties) await oweDuty(tx, actor, complaint, duty);
  return { grade, reasons };
}

/** Who was to be told was told, or the meeting was held. Refusals: `http.not-found`, `duty.done`. */
export async function finishDuty(
  tx: Tx,
  actor: CaseActor,
  id: string,
): Promise<{ readonly done: true } | Refusal> {
  const duty = await tx.maybe<{ case_id: string; duty: string; done: boolean }>(sql`
    select d.case_id, d.duty, d.done_at is not null as done from complaint_duties d
    join cases c on c.company_id = d.company_id and c.id = d.case_id
    where d.company_id = ${actor.companyId} and d.id = ${id} and ${visibleCase(actor, tx.now)} for update of d`);
  if (duty === undefined) return refuse('http.not-found');
  if (duty.done) return refuse('duty.done');
  await tx.run(sql`
    update complaint_duties set done_at = ${timestamp(tx.now)}, done_by = ${actor.personId}
    where complaint_duties.company_id = ${actor.companyId} and complaint_duties.id = ${id}`);
  await recordOnCase(tx, actor, duty.case_id, { type: 'duty.done', data: { duty: duty.duty } });
  return { done: true };
}

async function oweDuty(tx: Tx, actor: CaseActor, complaint: OpenComplaint, duty: Duty): Promise<void> {
  const dueAt = duty.within === null ? dayStart(tx.now) + DAY : tx.now + duty.within;
  const { id: caseId, no } = complaint;
  const owed = { caseId, duty: duty.id, post: duty.post, dueAt };
  if (!(await voiceStore(tx, actor.companyId).insertDuty(owed))) return;
  await tellPosts(tx, actor.companyId, {
    caseId,
    no,
    post: duty.post,
    unitId: await unitOfPost(tx, actor.companyId, complaint, duty.post),
    template: 'complaint-duty',
    key: `complaint-duty:${caseId}:${duty.id}`,
    data: { duty: duty.id, dueAt },
  });
}

async function unitOfPost(tx: Tx, companyId: string, complaint: OpenComplaint, post: string) {
  if (post !== 'control-officer') return complaint.leadUnitId;
  const { id } = await tx.one<{ id: string }>(sql`
    select u.id from units u where u.company_id = ${companyId} and u.code = 'control-centre'`);
  return id;
}

/** As urging does (domain-rules §3.5): the level of supervision rises, the grade is the grade. */
async function raiseSupervision(tx: Tx, companyId: string, caseId: string): Promise<number> {
  const { supervision } = await tx.one<{ supervision: number }>(sql`
    update cases set supervision = greatest(cases.supervision, 1)
    where cases.company_id = ${companyId} and cases.id = ${caseId} returning cases.supervision`);
  return supervision;
}

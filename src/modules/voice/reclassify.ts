import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, type CaseDeps, keepNote, recordOnCase } from '#modules/case/index.ts';
import { replaceOrder } from '#modules/order/index.ts';
import { decideReclassification, type Facts } from '#modules/process/domain/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { listPartiesOf } from './complaint-reads.ts';
import { type OpenComplaint, openComplaint } from './open-complaint.ts';
import { tellPosts } from './tell-posts.ts';
import type { DecideReclassificationBody, ReclassifyBody } from './voice-api.ts';
import { voiceStore } from './voice-store.ts';

/** Posts that may decide. */
export const DECIDING_POSTS = ['department-head', 'control-officer', 'deputy-manager', 'general-manager'];

/**
 * Asks to make an opinion of a complaint; a second person decides. What was found true stays a complaint. Refusals: those of
 * `openComplaint`, `complaint.not-reclassifiable`, `reclassification.judged`, `reclassification.asked`.
 */
export async function askReclassification(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: ReclassifyBody & { readonly caseId: string },
): Promise<{ readonly id: string } | Refusal> {
  const complaint = await openComplaint(tx, deps, actor, request.caseId);
  if (isRefusal(complaint)) return complaint;
  const { caseType: from, id: caseId, no } = complaint;
  if (from !== 'TS') return refuse('complaint.not-reclassifiable', { from, to: request.to });
  if (await isFounded(tx, actor.companyId, caseId)) return refuse('reclassification.judged');
  const id = newId();
  const reasonId = await keepNote(tx, actor, caseId, { field: 'reclassify', body: request.reason });
  const inserted = await tx.run(sql`
    insert into reclassifications (company_id, id, case_id, from_type, to_type, asked_by, asked_at, reason_id, state)
    values (${actor.companyId}, ${id}, ${caseId}, ${from}, ${request.to}, ${actor.personId}, ${timestamp(tx.now)},
      ${reasonId}, 'asked') on conflict (company_id, case_id) where state = 'asked' do nothing`);
  if (inserted === 0) return refuse('reclassification.asked');
  const data = { requestId: id, from, to: request.to, textIds: [reasonId] };
  await recordOnCase(tx, actor, caseId, { type: 'reclassification.asked', data });
  const { id: unitId } = await tx.one<{ id: string }>(sql`
    select u.id from units u where u.company_id = ${actor.companyId} and u.code = 'control-centre'`);
  await tellPosts(tx, actor.companyId, {
    caseId,
    no,
    post: 'department-head',
    unitId,
    template: 'reclassification-asked',
    key: `reclassification-asked:${id}`,
    data: {},
  });
  return { id };
}

/**
 * Decided by a second person outside every unit concerned (domain-rules §13.0). Approved: the complaint's order ends, and
 * the demand begins as what it is now; its promises count from when it was accepted. Refusals: `http.not-found`,
 * `complaint.judge-post`, `reclassification.judged`, those of `decideReclassification`, of `openComplaint` and of the engine.
 */
export async function decideReclassificationOf(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: DecideReclassificationBody & { readonly id: string },
): Promise<{ readonly state: 'approved' | 'refused' } | Refusal> {
  const asked = await tx.maybe<{ case_id: string; asked_by: string; from_type: string; to_type: string }>(sql`
    select r.case_id, r.asked_by, r.from_type, r.to_type from reclassifications r
    where r.company_id = ${actor.companyId} and r.id = ${request.id} and r.state = 'asked' for update`);
  if (asked === undefined) return refuse('http.not-found');
  const complaint = await openComplaint(tx, deps, actor, asked.case_id);
  if (isRefusal(complaint)) return complaint;
  const { from_type: from, to_type: to } = asked;
  const decided = decideReclassification({
    from,
    to,
    askedBy: asked.asked_by,
    judge: actor,
    unitsConcerned: await listPartiesOf(tx, actor.companyId, complaint.id),
  });
  if (isRefusal(decided)) return decided;
  if (!actor.posts.some((post) => DECIDING_POSTS.includes(post))) return refuse('complaint.judge-post');
  if (request.approve && (await isFounded(tx, actor.companyId, complaint.id)))
    return refuse('reclassification.judged');
  const state = request.approve ? 'approved' : 'refused';
  const decisionId = await keepNote(tx, actor, complaint.id, { field: 'reclassified', body: request.words });
  await tx.run(sql`
    update reclassifications set state = ${state}, decided_by = ${actor.personId}, decided_at = ${timestamp(tx.now)},
      decision_id = ${decisionId}
    where reclassifications.company_id = ${actor.companyId} and reclassifications.id = ${request.id}`);
  const data = { requestId: request.id, from, to, approved: request.approve, textIds: [decisionId] };
  await recordOnCase(tx, actor, complaint.id, { type: 'reclassification.decided', data });
  if (!request.approve) return { state };
  const refusal = await beginAs(tx, deps, actor, complaint, to);
  return refusal ?? { state };
}

async function beginAs(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  complaint: OpenComplaint,
  caseType: string,
): Promise<Refusal | undefined> {
  const { id, orderId, version } = complaint;
  const definition = version.handbook.processes.find((one) => one.caseTypes.includes(caseType));
  if (definition === undefined) return refuse('complaint.not-reclassifiable', { from: 'TS', to: caseType });
  const facts = await intakeFactsOf(tx, actor.companyId, orderId, id);
  await tx.run(sql`
    update cases set case_type = ${caseType}, process = ${definition.id}
    where cases.company_id = ${actor.companyId} and cases.id = ${id}`);
  const opened = await replaceOrder(tx, deps, actor, { caseId: id, orderId, version, definition, facts });
  return isRefusal(opened) ? opened : undefined;
}

const INTAKE_FACTS = ['area', 'anonymous', 'noCallBack', 'important', 'promiseSigned', 'source'];

/** What intake knew; what the steps of the complaint found out belongs to the complaint. */
async function intakeFactsOf(tx: Tx, companyId: string, orderId: string, caseId: string): Promise<Facts> {
  const { facts } = await tx.one<{ facts: Facts | null }>(sql`
    select o.process_state -> 'caseFacts' -> ${caseId}::text as facts from orders o
    where o.company_id = ${companyId} and o.id = ${orderId}`);
  return Object.fromEntries(
    Object.entries(facts ?? {}).filter(([id]) => INTAKE_FACTS.includes(id) || id.startsWith('paper.')),
  );
}

async function isFounded(tx: Tx, companyId: string, caseId: string): Promise<boolean> {
  const standing = await voiceStore(tx, companyId).findStanding(caseId);
  return standing !== undefined && standing.verdict !== 'unfounded';
}

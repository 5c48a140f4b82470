import { HOUR, type Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { enqueue } from '#modules/notice/index.ts';
import { grantAccess, keptOut } from '#modules/order/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { CaseActor } from './case-commands.ts';
import { recordOnCase } from './case-events.ts';
import { visibleCase } from './case-reads.ts';
import { caseStore } from './case-store.ts';
import type { AskBody, JointRequest } from './case-work-api.ts';
import { lockVisible } from './open-case.ts';

/**
 * 协办: asks another department something about a case, beside the step that is under way. The department sees the case from
 * now on. 督办 is the same with a level: only the control centre and the leaders ask so. Refusals: `http.not-found`, `case.closed`,
 * `joint.own-unit`, `joint.no-supervision`, and those of `placeRequest`.
 */
export async function askUnit(
  tx: Tx,
  actor: CaseActor,
  request: AskBody & { readonly caseId: string },
): Promise<{ readonly id: string; readonly dueAt: Instant } | Refusal> {
  const found = await lockVisible(tx, actor, request.caseId);
  if (isRefusal(found)) return found;
  if (found.state === 'closed') return refuse('case.closed');
  const { kind, unitId, question } = request;
  if (kind === 'supervision' && !maySupervise(actor)) return refuse('joint.no-supervision');
  if (actor.unitIds.includes(unitId)) return refuse('joint.own-unit');
  const dueAt = tx.now + request.hours * HOUR;
  const placed = await placeRequest(tx, actor, {
    kind,
    caseId: found.id,
    no: found.no,
    unitId,
    question,
    dueAt,
  });
  if (isRefusal(placed)) return placed;
  if (kind === 'supervision')
    await tx.run(sql`
      update cases set supervision = 2
      where cases.company_id = ${actor.companyId} and cases.id = ${found.id}`);
  const type = kind === 'joint' ? 'joint.asked' : 'supervision.asked';
  await recordOnCase(tx, actor, found.id, { type, data: placed.data });
  return { id: placed.data.requestId, dueAt };
}

/**
 * Something that a unit owes an answer to, without its event: the caller writes what it came from. Its heads are told, and
 * it sees the case from now on. Refusals: `joint.accused`, `case.closed-list`, `joint.unit-unknown`.
 */
export async function placeRequest(
  tx: Tx,
  actor: CaseActor,
  request: {
    readonly kind: JointRequest['kind'];
    readonly caseId: string;
    readonly no: string;
    readonly unitId: string;
    readonly question: string;
    readonly dueAt: Instant;
  },
): Promise<{ readonly data: RequestData } | Refusal> {
  const { kind, caseId, no, unitId, question, dueAt } = request;
  const { companyId } = actor;
  const out = await keptOut(tx, companyId, { caseIds: [caseId], unitId, personId: null }, 'joint.accused');
  if (out !== undefined) return out;
  const heads = await listHeads(tx, companyId, unitId);
  if (heads === undefined) return refuse('joint.unit-unknown');
  const requestId = newId();
  const text = { kind: 'note' as const, field: 'question', body: question };
  const textId = await caseStore(tx, companyId).insertText(caseId, text, actor.personId);
  await tx.run(sql`
    insert into joint_requests (company_id, id, case_id, unit_id, asked_by, asked_at, due_at, question_id, state, kind)
    values (${companyId}, ${requestId}, ${caseId}, ${unitId}, ${actor.personId}, ${timestamp(tx.now)},
      ${timestamp(dueAt)}, ${textId}, 'open', ${kind})`);
  await grantAccess(tx, companyId, [caseId], [unitId]);
  await enqueue(
    tx,
    companyId,
    heads.map((personId) => ({
      key: `joint-asked:${requestId}:${personId}`,
      channel: 'desk',
      template: TEMPLATES[kind],
      to: { personId },
      data: { caseId, no, dueAt },
    })),
  );
  return { data: { requestId, unitId, dueAt, textIds: [textId] } };
}

type RequestData = {
  readonly requestId: string;
  readonly unitId: string;
  readonly dueAt: Instant;
  readonly textIds: readonly string[];
};

const TEMPLATES = { joint: 'joint-asked', supervision: 'supervised', decision: 'decision-given' } as const;

/** The department's answer; whoever asked is told. Refusals: `http.not-found`, `joint.answered`. */
export async function answerUnit(
  tx: Tx,
  actor: CaseActor,
  request: { readonly id: string; readonly answer: string },
): Promise<{ readonly answered: true } | Refusal> {
  const row = await tx.maybe<{ case_id: string; asked_by: string; state: string; no: string }>(sql`
    select j.case_id, j.asked_by, j.state, c.no from joint_requests j
    join cases c on c.company_id = j.company_id and c.id = j.case_id
    where j.company_id = ${actor.companyId} and j.id = ${request.id} and j.unit_id = any(${actor.unitIds}::uuid[])
      and ${visibleCase(actor, tx.now)} for update of j`);
  if (row === undefined) return refuse('http.not-found');
  if (row.state !== 'open') return refuse('joint.answered');
  const text = { kind: 'note' as const, field: 'answer', body: request.answer };
  const textId = await caseStore(tx, actor.companyId).insertText(row.case_id, text, actor.personId);
  await tx.run(sql`
    update joint_requests set state = 'answered', answer_id = ${textId}, answered_by = ${actor.personId},
      answered_at = ${timestamp(tx.now)}
    where joint_requests.company_id = ${actor.companyId} and joint_requests.id = ${request.id}`);
  const data = { requestId: request.id, textIds: [textId] };
  await recordOnCase(tx, actor, row.case_id, { type: 'joint.answered', data });
  await enqueue(tx, actor.companyId, [
    {
      key: `joint-answered:${request.id}`,
      channel: 'desk',
      template: 'joint-answered',
      to: { personId: row.asked_by },
      data: { caseId: row.case_id, no: row.no },
    },
  ]);
  return { answered: true };
}

/** The control centre, the leaders. */
const SUPERVISING_POSTS = ['control-officer', 'deputy-manager', 'general-manager'];

export function maySupervise(actor: { readonly posts: readonly string[] }): boolean {
  return actor.posts.some((post) => SUPERVISING_POSTS.includes(post));
}

/** Who leads a unit; undefined where there is no such open unit. */
export async function listHeads(
  tx: Tx,
  companyId: string,
  unitId: string,
): Promise<readonly string[] | undefined> {
  const unit = await tx.maybe(sql`
    select 1 from units u where u.company_id = ${companyId} and u.id = ${unitId} and u.closed_at is null
      and u.kind in ('department', 'centre', 'group', 'station', 'hall')`);
  if (unit === undefined) return undefined;
  const rows = await tx.rows<{ person_id: string }>(sql`
    select distinct a.person_id from assignments a
    where a.company_id = ${companyId} and a.unit_id = ${unitId} and a.until is null
      and a.post in ('department-head', 'station-lead', 'hall-lead', 'service-officer', 'control-officer')`);
  return rows.map((row) => row.person_id);
}

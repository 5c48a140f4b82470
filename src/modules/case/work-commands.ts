import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { enqueue } from '#modules/notice/index.ts';
import { handOverTask, joinOrder, moveOrder } from '#modules/order/index.ts';
import { decideUrging, type Facts } from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseActor, CaseDeps } from './case-commands.ts';
import { recordOnCase } from './case-events.ts';
import { caseStore } from './case-store.ts';
import type { HandOverBody } from './case-work-api.ts';
import { visibleCase } from './case-reads.ts';
import { type CaseForWork, lockVisible } from './open-case.ts';
import { realOrder } from './real-case.ts';
import { restoresSupply } from './supply-groups.ts';

/** 转派 of an open task of a case. Refusals: `http.not-found` and those of `handOverTask`. */
export async function handOver(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: HandOverBody & { readonly caseId: string },
): Promise<{ readonly seq: number; readonly dueAt: Instant } | Refusal> {
  const found = await lockVisible(tx, actor, request.caseId);
  if (isRefusal(found)) return found;
  if (found.orderId !== request.orderId) return refuse('order.unknown');
  const textId = await note(tx, actor, found.id, 'handover', request.reason);
  const { ref, reason: _words, ...rest } = request;
  const handed = await handOverTask(tx, deps, actor, { ...rest, ref, textId });
  if (isRefusal(handed)) return handed;
  const people = await listPeople(tx, actor.companyId, request);
  await enqueue(
    tx,
    actor.companyId,
    people.map((personId) => ({
      key: `handed-over:${request.orderId}:${handed.seq}:${personId}`,
      channel: 'desk',
      template: 'handed-over',
      to: { personId },
      data: { caseId: found.id, no: found.no, dueAt: handed.dueAt },
    })),
  );
  return handed;
}

/**
 * 催办 (domain-rules §3.5): a record of its own that resets no clock; from the second on the level of supervision rises, the
 * grade never. Whoever holds the work is told. Refusals: `http.not-found`, `case.closed`.
 */
export async function urgeCase(
  tx: Tx,
  actor: CaseActor,
  request: { readonly caseId: string; readonly words: string },
): Promise<{ readonly urged: number; readonly supervision: number } | Refusal> {
  const found = await lockOpen(tx, actor, request.caseId);
  if (isRefusal(found)) return found;
  const { supervision } = decideUrging(found.urged);
  const urged = found.urged + 1;
  const row = await tx.one<{ supervision: number }>(sql`
    update cases set urged = ${urged}, supervision = greatest(cases.supervision, ${supervision})
    where cases.company_id = ${actor.companyId} and cases.id = ${found.id} returning cases.supervision`);
  const textId = await note(tx, actor, found.id, 'urge', request.words);
  await recordOnCase(tx, actor, found.id, { type: 'case.urged', data: { urged, ...row, textIds: [textId] } });
  const holders = await tx.rows<{ person_id: string }>(sql`
    select distinct coalesce(t.holder_id, a.person_id) as person_id from tasks t
    left join assignments a on t.holder_id is null and a.company_id = t.company_id and a.unit_id = t.unit_id
      and a.until is null and (a.post = t.post or (${row.supervision} > 0 and a.post in ('department-head', 'station-lead')))
    where t.company_id = ${actor.companyId} and t.order_id = ${found.orderId} and t.state = 'open'
      and (t.case_id is null or t.case_id = ${found.id}) and coalesce(t.holder_id, a.person_id) is not null limit 20`);
  await enqueue(
    tx,
    actor.companyId,
    holders.map(({ person_id: personId }) => ({
      key: `urged:${found.id}:${urged}:${personId}`,
      channel: 'desk',
      template: 'urged',
      to: { personId },
      data: { caseId: found.id, no: found.no, urged },
    })),
  );
  return { urged, ...row };
}

/** Words for whoever works on the case after me. */
export async function addNote(
  tx: Tx,
  actor: CaseActor,
  request: { readonly caseId: string; readonly words: string },
): Promise<{ readonly kept: true } | Refusal> {
  const found = await lockVisible(tx, actor, request.caseId);
  if (isRefusal(found)) return found;
  const textId = await note(tx, actor, found.id, 'note', request.words);
  await recordOnCase(tx, actor, found.id, { type: 'case.noted', data: { textIds: [textId] } });
  return { kept: true };
}

/**
 * 合并: this case's demand is answered by an order that is under way. Texts, files and history stay with the case; its
 * contact, answer and call-back go on as steps of its own; its promises count from when it was accepted. The order that it
 * leaves waits for it. Refusals: `http.not-found`, `case.closed`, `case.link-same`, `case.link-other-process`, `case.link-drill`, and those
 * of the engine.
 */
export async function linkCase(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: { readonly caseId: string; readonly orderId: string },
): Promise<{ readonly orderId: string } | Refusal> {
  return await linkCases(tx, deps, actor, { caseIds: [request.caseId], orderId: request.orderId });
}

/** The same of several cases, all of them or none: in a storm an order gets its demands by the dozen. */
export async function linkCases(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  { caseIds, orderId }: { readonly caseIds: readonly string[]; readonly orderId: string },
): Promise<{ readonly orderId: string } | Refusal> {
  const joining: CaseForWork[] = [];
  for (const caseId of caseIds) {
    const found = await lockOpen(tx, actor, caseId);
    if (isRefusal(found)) return found;
    if (found.orderId === orderId) return refuse('case.link-same');
    joining.push(found);
  }
  const target = await findTarget(tx, actor, orderId);
  if (target === undefined) return refuse('http.not-found');
  for (const found of joining) {
    if (!(await fitTogether(tx, deps, actor.companyId, found, target)))
      return refuse('case.link-other-process');
    if (found.drill !== target.drill) return refuse('case.link-drill');
  }
  return await changeOrder(tx, deps, actor, joining, { orderId, type: 'case.linked', textIds: [] });
}

/**
 * 拆分: the case goes back to the order that it came from, with its tasks and clocks as they were. Refusals:
 * `http.not-found`, `case.closed`, `case.no-way-back`.
 */
export async function unlinkCase(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: { readonly caseId: string; readonly reason: string },
): Promise<{ readonly orderId: string } | Refusal> {
  const found = await lockOpen(tx, actor, request.caseId);
  if (isRefusal(found)) return found;
  const before = await tx.maybe<{ order_id: string }>(sql`
    select l.order_id from case_orders l join orders o on o.company_id = l.company_id and o.id = l.order_id
    where l.company_id = ${actor.companyId} and l.case_id = ${found.id} and l.unlinked_at is not null
      and o.state = 'parked' order by l.unlinked_at desc limit 1`);
  if (before === undefined) return refuse('case.no-way-back');
  const textId = await note(tx, actor, found.id, 'unlink', request.reason);
  const to = { orderId: before.order_id, type: 'case.unlinked', textIds: [textId] };
  return await changeOrder(tx, deps, actor, [found], to);
}

async function changeOrder(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  cases: readonly CaseForWork[],
  to: { readonly orderId: string; readonly type: string; readonly textIds: readonly string[] },
): Promise<{ readonly orderId: string } | Refusal> {
  const members: Parameters<typeof joinOrder>[4][number][] = [];
  for (const { id: caseId, orderId, acceptedAt } of cases) {
    const facts = orderId === null ? {} : await factsOf(tx, actor.companyId, orderId, caseId);
    members.push({ caseId, facts, acceptedAt });
    if (orderId === null) continue;
    const event = { type: 'caseUnlinked' as const, caseId, at: tx.now };
    const left = await moveOrder(tx, deps, actor, orderId, event);
    if (isRefusal(left)) return left;
  }
  const joined = await joinOrder(tx, deps, actor, to.orderId, members);
  if (isRefusal(joined)) return joined;
  for (const found of cases) {
    const data = { orderId: to.orderId, from: found.orderId, textIds: to.textIds };
    await recordOnCase(tx, actor, found.id, { type: to.type, data });
  }
  return { orderId: to.orderId };
}

async function lockOpen(tx: Tx, actor: CaseActor, id: string): Promise<CaseForWork | Refusal> {
  const found = await lockVisible(tx, actor, id);
  if (isRefusal(found)) return found;
  return found.state === 'open' ? found : refuse('case.closed');
}

type Target = { readonly process: string; readonly versionId: string; readonly drill: boolean };

/** The same process, or both give customers their supply back: one fault has one order, whichever way its demands came in (五个一). */
async function fitTogether(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  found: CaseForWork,
  target: Target,
): Promise<boolean> {
  if (target.process === found.process) return true;
  const restores = async (versionId: string, process: string | null) => {
    const definition = (await deps.version(tx, companyId, versionId)).process(process ?? '');
    return definition !== undefined && restoresSupply(definition);
  };
  return (
    (await restores(target.versionId, target.process)) &&
    (await restores(found.handbookVersionId, found.process))
  );
}

/** An open order of which the actor may see a case. */
async function findTarget(tx: Tx, actor: CaseActor, orderId: string): Promise<Target | undefined> {
  return await tx.maybe(sql`
    select o.process, o.handbook_version_id as "versionId", not ${realOrder()} as drill from orders o
    where o.company_id = ${actor.companyId} and o.id = ${orderId} and o.state = 'open'
      and exists (select 1 from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
        where l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null
          and ${visibleCase(actor, tx.now)})`);
}

async function factsOf(tx: Tx, companyId: string, orderId: string, caseId: string): Promise<Facts> {
  const row = await tx.one<{ facts: Facts | null }>(sql`
    select o.process_state -> 'caseFacts' -> ${caseId}::text as facts from orders o
    where o.company_id = ${companyId} and o.id = ${orderId}`);
  return row.facts ?? {};
}

async function listPeople(
  tx: Tx,
  companyId: string,
  to: { readonly toUnitId: string; readonly toPost: string; readonly toPersonId: string | null },
): Promise<readonly string[]> {
  if (to.toPersonId !== null) return [to.toPersonId];
  const rows = await tx.rows<{ person_id: string }>(sql`
    select distinct a.person_id from assignments a
    where a.company_id = ${companyId} and a.unit_id = ${to.toUnitId} and a.post = ${to.toPost} and a.until is null
    limit 20`);
  return rows.map((row) => row.person_id);
}

async function note(tx: Tx, actor: CaseActor, caseId: string, field: string, body: string): Promise<string> {
  return await caseStore(tx, actor.companyId).insertText(
    caseId,
    { kind: 'note', field, body },
    actor.personId,
  );
}

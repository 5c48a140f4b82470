import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, type CaseDeps, finishStep, keepNote, recordOnCase } from '#modules/case/index.ts';
import { changeFacts, doAgain, takeTasksAway } from '#modules/order/index.ts';
import { decideAppeal, decideAppealResult, stepKey } from '#modules/process/domain/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { listPartiesOf } from './complaint-reads.ts';
import { mayBeLiable, tellsWho, writeVerdict } from './give-verdict.ts';
import { judgedStep, openComplaint } from './open-complaint.ts';
import { tellHeads } from './tell-posts.ts';
import type { AppealDecisionBody } from './voice-api.ts';
import { voiceStore } from './voice-store.ts';

/**
 * 申诉 of the unit held liable, once, before the complaint is filed; it pauses nothing. Refusals: `http.not-found`,
 * `appeal.replaced`, `appeal.twice`, `appeal.too-late`, and those of the process engine.
 */
export async function appealVerdict(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: { readonly verdictId: string; readonly words: string },
): Promise<{ readonly id: string } | Refusal> {
  const verdict = await tx.maybe<AppealedVerdict>(sql`
    select v.case_id as "caseId", v.liable_unit_id as "unitId", v.state, c.state = 'closed' as archived,
      (select l.order_id from case_orders l where l.company_id = c.company_id and l.case_id = c.id
        and l.unlinked_at is null order by l.linked_at desc limit 1) as "orderId",
      (select count(*) from verdict_appeals a join complaint_verdicts w on w.company_id = a.company_id
        and w.id = a.verdict_id where w.company_id = v.company_id and w.case_id = v.case_id
        and a.unit_id = v.liable_unit_id) as before
    from complaint_verdicts v join cases c on c.company_id = v.company_id and c.id = v.case_id
    where v.company_id = ${actor.companyId} and v.id = ${request.verdictId}
      and v.liable_unit_id = any(${actor.unitIds}::uuid[]) for update of v, c`);
  if (verdict === undefined) return refuse('http.not-found');
  if (verdict.state !== 'standing') return refuse('appeal.replaced');
  const { unitId, orderId } = verdict;
  const decided = decideAppeal({
    liableUnit: unitId,
    byUnit: unitId,
    appealsBefore: verdict.before,
    archived: verdict.archived || orderId === null,
  });
  if (isRefusal(decided) || orderId === null) return isRefusal(decided) ? decided : refuse('appeal.too-late');
  const wordsId = await keepNote(tx, actor, verdict.caseId, { field: 'appeal', body: request.words });
  const id = newId();
  await tx.run(sql`
    insert into verdict_appeals (company_id, id, verdict_id, unit_id, asked_by, asked_at, words_id)
    values (${actor.companyId}, ${id}, ${request.verdictId}, ${unitId}, ${actor.personId}, ${timestamp(tx.now)},
      ${wordsId})`);
  const data = { appealId: id, verdictId: request.verdictId, unitId, textIds: [wordsId] };
  await recordOnCase(tx, actor, verdict.caseId, { type: 'complaint.appealed', data });
  const moved = await changeFacts(tx, deps, actor, { orderId, caseId: null, facts: { appealed: true } });
  if (isRefusal(moved)) return moved;
  const asked = await askAgain(tx, deps, actor, { orderId, caseId: verdict.caseId });
  return isRefusal(asked) ? asked : { id };
}

/** Another unit than the one that appealed before: its appeal is decided on its own. */
async function askAgain(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  of: { readonly orderId: string; readonly caseId: string },
): Promise<Refusal | undefined> {
  const complaint = await tx.one<{
    versionId: string;
    process: string;
    steps: Readonly<Record<string, Done>>;
  }>(sql`
    select o.handbook_version_id as "versionId", o.process, o.process_state -> 'steps' as steps from orders o
    where o.company_id = ${actor.companyId} and o.id = ${of.orderId}`);
  const version = await deps.version(tx, actor.companyId, complaint.versionId);
  const step = version.process(complaint.process)?.steps.find((one) => one.judgement === 'appeal');
  if (step === undefined || complaint.steps[stepKey(step.id, null)]?.status !== 'done') return undefined;
  const again = await doAgain(tx, deps, actor, { orderId: of.orderId, step: step.id, caseId: null });
  return isRefusal(again) ? again : undefined;
}

type Done = { readonly status: string };

type AppealedVerdict = {
  readonly caseId: string;
  readonly unitId: string;
  readonly state: 'standing' | 'replaced';
  readonly archived: boolean;
  readonly orderId: string | null;
  readonly before: number;
};

/**
 * The appeal's decision, by somebody else than who gave the verdict. A change makes a new verdict; a unit that it clears is
 * no party any more, and one that is liable in its stead is one from now on. Refusals: those of `openComplaint`,
 * `decideAppealResult`, `finishStep` and `takeTasksAway`, `appeal.none`, `complaint.unit-unknown`,
 * `complaint.grounds-name-customer`.
 */
export async function decideAppealOf(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: AppealDecisionBody & { readonly caseId: string },
): Promise<{ readonly result: 'upheld' | 'changed' } | Refusal> {
  const complaint = await openComplaint(tx, deps, actor, request.caseId);
  if (isRefusal(complaint)) return complaint;
  const judged = judgedStep(complaint, 'appeal', request.round);
  if (isRefusal(judged)) return judged;
  const store = voiceStore(tx, actor.companyId);
  const before = await store.findStanding(complaint.id);
  const appeal = before && (await findOpenAppeal(tx, actor.companyId, before.id));
  if (before === undefined || appeal === undefined) return refuse('appeal.none');
  const { result, verdict, liability, grounds } = request;
  const liableUnit = request.liableUnitId ?? before.liableUnitId;
  if (request.liableUnitId !== null && !(await mayBeLiable(tx, actor.companyId, request.liableUnitId)))
    return refuse('complaint.unit-unknown');
  const decided = decideAppealResult({
    result,
    before: { ...before, liableUnit: before.liableUnitId },
    after: verdict === null || liability === null ? null : { verdict, liability, liableUnit },
    judgedBy: before.givenBy,
    judge: actor,
    unitsConcerned: await listPartiesOf(tx, actor.companyId, complaint.id),
  });
  if (isRefusal(decided)) return decided;
  if (await tellsWho(tx, actor.companyId, complaint.id, grounds))
    return refuse('complaint.grounds-name-customer');

  const finished = await finishStep(tx, deps, actor, {
    orderId: complaint.orderId,
    seq: request.seq,
    ref: judged.ref,
    judgement: 'appeal',
    values: { appealResult: result },
  });
  if (isRefusal(finished)) return finished;
  const groundsId = await keepNote(tx, actor, complaint.id, { field: 'appeal-grounds', body: grounds });
  await tx.run(sql`
    update verdict_appeals set result = ${result}, decided_by = ${actor.personId}, decided_at = ${timestamp(tx.now)},
      grounds_id = ${groundsId}
    where verdict_appeals.company_id = ${actor.companyId} and verdict_appeals.id = ${appeal.id}`);
  const data = { appealId: appeal.id, result, textIds: [groundsId] };
  await recordOnCase(tx, actor, complaint.id, { type: 'appeal.decided', data });
  await tellHeads(tx, actor.companyId, {
    unitId: appeal.unitId,
    template: 'appeal-decided',
    key: `appeal-decided:${appeal.id}`,
  });
  if (result === 'upheld') return { result };
  const liableUnitId = decided.liableUnit;
  const moved = await moveParty(tx, deps, actor, complaint, { from: appeal.unitId, to: liableUnitId });
  if (isRefusal(moved)) return moved;
  const after = { verdict: decided.verdict, liability: decided.liability };
  await writeVerdict(tx, actor, complaint, { caseId: complaint.id, ...after, liableUnitId, grounds });
  const known = { orderId: complaint.orderId, caseId: null, facts: after };
  // Where the appeal was the last step, the order is over, and with it everything that the facts could change.
  const learnt = await changeFacts(tx, deps, actor, known);
  return isRefusal(learnt) && learnt.refused !== 'order.finished' ? learnt : { result };
}

/** Who is the party from now on: what one may see again, the other may not, and what it still had to do goes elsewhere. */
async function moveParty(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  complaint: { readonly orderId: string },
  { from, to }: { readonly from: string; readonly to: string | null },
): Promise<Refusal | undefined> {
  if (from === to) return undefined;
  const store = voiceStore(tx, actor.companyId);
  const caseIds = await store.listCaseIds(complaint.orderId);
  await store.clearUnit(caseIds, from);
  if (to === null) return undefined;
  await store.keepAway({ caseIds, who: to, kind: 'liable-unit', reasonId: null, by: actor.personId });
  const taken = await takeTasksAway(tx, deps, actor, complaint.orderId);
  return isRefusal(taken) ? taken : undefined;
}

async function findOpenAppeal(tx: Tx, companyId: string, verdictId: string) {
  return await tx.maybe<{ id: string; unitId: string }>(sql`
    select a.id, a.unit_id as "unitId" from verdict_appeals a
    where a.company_id = ${companyId} and a.verdict_id = ${verdictId} and a.result is null for update`);
}

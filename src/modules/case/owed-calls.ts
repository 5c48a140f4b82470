import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { enqueue } from '#modules/notice/index.ts';
import { limitEnd } from '#modules/order/index.ts';
import {
  callBackDefault,
  type CallBackPolicy,
  callBackPolicy,
  decideCallBack,
} from '#modules/process/domain/index.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { insertAttempt, listAttempts } from './call-attempts.ts';
import type { CallOutcome } from './case-words-api.ts';
import type { CaseActor, CaseDeps } from './case-commands.ts';
import { recordOnCase } from './case-events.ts';
import { caseStore } from './case-store.ts';
import type { OwedCall } from './case-work-api.ts';
import { type Reader, visibleCase } from './case-reads.ts';

/** 24 hours for whoever is not satisfied; the same for the second "not solved". */
const LIMIT = 'R112';
/** For whoever was cut off, or rang and nobody picked up. */
const LOST_CALL_LIMIT = 'R109-dropped';

/**
 * A call is owed to the customer of a case. A dissatisfied one is rung by the unit that was asked first; where that unit is
 * the one complained about, and for a second "not solved", by the control centre; with a closed list by who leads the work.
 */
export async function oweCall(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  owed: { readonly caseId: string; readonly reason: 'dissatisfied' | 'not-solved-again' | 'promised' },
): Promise<{ readonly dueAt: Instant }> {
  const found = await tx.one<{ version_id: string; unit_id: string; first_asked_id: string }>(sql`
    select c.handbook_version_id as version_id, c.first_asked_id,
      case when c.closed_to is not null then (select o.lead_unit_id from case_orders l
        join orders o on o.company_id = l.company_id and o.id = l.order_id
        where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null limit 1)
      when ${owed.reason} = 'not-solved-again' or c.accused_unit_id = c.intake_unit_id then
        (select u.id from units u where u.company_id = c.company_id and u.code = 'control-centre')
      else c.intake_unit_id end as unit_id
    from cases c where c.company_id = ${companyId} and c.id = ${owed.caseId}`);
  const version = await deps.version(tx, companyId, found.version_id);
  const dueAt = await limitEnd(tx, deps, { companyId, version, limitId: LIMIT });
  const id = newId();
  await insertOwed(tx, companyId, { ...owed, id, callId: null, unitId: found.unit_id, dueAt });
  const people = await tx.rows<{ person_id: string }>(sql`
    select distinct a.person_id from assignments a
    where a.company_id = ${companyId} and a.unit_id = ${found.unit_id} and a.until is null
      and (a.person_id = ${found.first_asked_id} or a.post in ('hall-lead', 'control-officer', 'station-lead', 'department-head'))`);
  const messages = people.map(({ person_id: personId }) => ({
    key: `owed-call:${id}:${personId}`,
    channel: 'desk' as const,
    template: 'owed-call',
    to: { personId },
    data: { caseId: owed.caseId, reason: owed.reason, dueAt },
  }));
  await enqueue(tx, companyId, messages);
  return { dueAt };
}

/** A call-back is owed to whoever was cut off, or rang in vain; by the unit whose telephone it was. Null: no handbook yet. */
export async function oweCallBack(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  owed: { readonly callId: string; readonly unitId: string; readonly reason: 'dropped' | 'missed' },
): Promise<{ readonly dueAt: Instant } | null> {
  const version = await deps.activeHandbook(tx, companyId);
  if (version === undefined) return null;
  const dueAt = await limitEnd(tx, deps, { companyId, version, limitId: LOST_CALL_LIMIT });
  await insertOwed(tx, companyId, { ...owed, id: newId(), caseId: null, dueAt });
  return { dueAt };
}

async function insertOwed(
  tx: Tx,
  companyId: string,
  owed: Pick<OwedCall, 'id' | 'caseId' | 'callId' | 'reason' | 'dueAt'> & { readonly unitId: string },
): Promise<void> {
  await tx.run(sql`
    insert into owed_calls (company_id, id, case_id, call_id, unit_id, reason, due_at, owed_at, state)
    values (${companyId}, ${owed.id}, ${owed.caseId}, ${owed.callId}, ${owed.unitId}, ${owed.reason},
      ${timestamp(owed.dueAt)}, ${timestamp(tx.now)}, 'open')`);
}

/**
 * One attempt to ring: three at most, two hours apart, between 08:00 and 22:00 (R109). Refusals: `http.not-found`,
 * `callback.too-soon`, `callback.quiet-hours`, `callback.no-case` (words are kept with a case).
 */
export async function recordCall(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: {
    readonly id: string;
    readonly outcome: CallOutcome;
    readonly words: string | null;
  },
): Promise<{ readonly state: 'open' | 'reached' | 'given-up' } | Refusal> {
  const call = await findOpen(tx, actor, request.id);
  if (call === undefined) return refuse('http.not-found');
  if (request.words !== null && call.caseId === null) return refuse('callback.no-case');
  const of = { owedCallId: request.id };
  const attempts = await listAttempts(tx, actor.companyId, of);
  const policy = policyOf(
    call.reason,
    attempts.length,
    await handbookPolicy(tx, deps.activeHandbook, actor.companyId),
  );
  const decision = decideCallBack(
    attempts.map((one) => one.at),
    tx.now,
    policy,
  );
  if (!decision.may && decision.reason !== 'callback.attempts-used')
    return refuse(decision.reason, { earliest: decision.earliest });
  const { caseId } = call;
  const textId =
    request.words === null || caseId === null
      ? null
      : await caseStore(tx, actor.companyId).insertText(
          caseId,
          { kind: 'note', field: 'call', body: request.words },
          actor.personId,
        );
  await insertAttempt(tx, actor, of, request.outcome, textId);
  const attempt = attempts.length + 1;
  const state = stateAfter(request.outcome, attempt, policy);
  await tx.run(sql`
    update owed_calls set state = ${state}, ended_at = ${state === 'open' ? null : timestamp(tx.now)}
    where owed_calls.company_id = ${actor.companyId} and owed_calls.id = ${request.id}`);
  const data = { outcome: request.outcome, attempt, textIds: textId === null ? [] : [textId] };
  if (caseId !== null) await recordOnCase(tx, actor, caseId, { type: 'customer.called', data });
  return { state };
}

/** An open one of my units, with its case as far as I may see it: its own, or the one that the lost call was about. */
async function findOpen(
  tx: Tx,
  actor: CaseActor,
  id: string,
): Promise<{ readonly caseId: string | null; readonly reason: OwedCall['reason'] } | undefined> {
  return await tx.maybe(sql`
    select c.id as "caseId", o.reason from owed_calls o
    left join calls k on k.company_id = o.company_id and k.id = o.call_id
    left join cases c on c.company_id = o.company_id and c.id = coalesce(o.case_id, k.case_id)
      and ${visibleCase(actor, tx.now)}
    where o.company_id = ${actor.companyId} and o.id = ${id} and o.state = 'open'
      and o.unit_id = any(${actor.unitIds}::uuid[]) and (o.call_id is not null or c.id is not null) for update of o`);
}

async function handbookPolicy(
  db: Db,
  activeHandbook: CaseDeps['activeHandbook'],
  companyId: string,
): Promise<CallBackPolicy> {
  const version = await activeHandbook(db, companyId);
  return version === undefined ? callBackDefault : callBackPolicy(version.handbook.limits);
}

/** Whoever rang us a moment ago is awake: the first try is made at any hour, those after it as R109 says. */
function policyOf(reason: OwedCall['reason'], attempts: number, policy: CallBackPolicy): CallBackPolicy {
  const lost = reason === 'dropped' || reason === 'missed';
  return lost && attempts === 0 ? { ...policy, fromHour: 0, toHour: 24 } : policy;
}

function stateAfter(
  outcome: CallOutcome,
  attempts: number,
  policy: CallBackPolicy,
): 'open' | 'reached' | 'given-up' {
  if (outcome === 'reached') return 'reached';
  return outcome !== 'no-answer' || attempts >= policy.maxAttempts ? 'given-up' : 'open';
}

type Row = Omit<OwedCall, 'notBefore' | 'attempts'> & { readonly tried: readonly number[] };

/** Calls that my units owe, the most urgent first; or those of one case. The phone is there: whoever owes it must ring. */
export async function listOwedCalls(
  db: Db,
  activeHandbook: CaseDeps['activeHandbook'],
  reader: Reader,
  now: Instant,
  caseId: string | null = null,
): Promise<readonly OwedCall[]> {
  const policy = await handbookPolicy(db, activeHandbook, reader.companyId);
  const rows = await db.rows<Row>(sql`
    select o.id, o.call_id as "callId", c.id as "caseId", c.no as "caseNo", o.reason, o.owed_at as "owedAt",
      o.due_at as "dueAt",
      coalesce(k.phone, (select x.body from case_texts x where x.company_id = c.company_id and x.case_id = c.id
        and x.kind = 'contact-phone' limit 1)) as phone,
      array(select (extract(epoch from t.at) * 1000)::float8 from call_attempts t
        where t.company_id = o.company_id and t.owed_call_id = o.id) as tried
    from owed_calls o
    left join calls k on k.company_id = o.company_id and k.id = o.call_id
    left join cases c on c.company_id = o.company_id and c.id = coalesce(o.case_id, k.case_id)
      and ${visibleCase(reader, now)}
    where o.company_id = ${reader.companyId} and o.state = 'open' and o.unit_id = any(${reader.unitIds}::uuid[])
      and (${caseId}::uuid is null or c.id = ${caseId}) and (o.call_id is not null or c.id is not null)
    order by o.due_at limit 100`);
  return rows.map(({ tried, ...row }) => {
    const decision = decideCallBack(tried, now, policyOf(row.reason, tried.length, policy));
    const notBefore = decision.may || decision.reason === 'callback.attempts-used' ? null : decision.earliest;
    return { ...row, attempts: tried.length, notBefore };
  });
}

import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { enqueue } from '#modules/notice/index.ts';
import { limitEnd } from '#modules/order/index.ts';
import { callBackDefault, decideCallBack } from '#modules/process/domain/index.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { insertAttempt, listAttempts } from './call-attempts.ts';
import type { CallOutcome } from './case-api.ts';
import type { CaseActor, CaseDeps } from './case-commands.ts';
import { recordOnCase } from './case-events.ts';
import { caseStore } from './case-store.ts';
import type { OwedCall } from './case-work-api.ts';
import { type Reader, visibleCase } from './case-reads.ts';

/** 24 hours for whoever is not satisfied; the same for the second "not solved". */
const LIMIT = 'R112';

/**
 * A call is owed to the customer of a case. A dissatisfied one is rung by the unit that was asked first; where that unit is
 * the one complained about, and for a second "not solved", by the control centre.
 */
export async function oweCall(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  owed: { readonly caseId: string; readonly reason: OwedCall['reason'] },
): Promise<{ readonly dueAt: Instant }> {
  const found = await tx.one<{ version_id: string; unit_id: string; first_asked_id: string }>(sql`
    select c.handbook_version_id as version_id, c.first_asked_id,
      case when ${owed.reason} = 'not-solved-again' or c.accused_unit_id = c.intake_unit_id then
        (select u.id from units u where u.company_id = c.company_id and u.code = 'control-centre')
      else c.intake_unit_id end as unit_id
    from cases c where c.company_id = ${companyId} and c.id = ${owed.caseId}`);
  const version = await deps.version(tx, companyId, found.version_id);
  const dueAt = await limitEnd(tx, deps, { companyId, version, limitId: LIMIT });
  const id = newId();
  await tx.run(sql`
    insert into owed_calls (company_id, id, case_id, unit_id, reason, due_at, owed_at, state)
    values (${companyId}, ${id}, ${owed.caseId}, ${found.unit_id}, ${owed.reason}, ${timestamp(dueAt)},
      ${timestamp(tx.now)}, 'open')`);
  const people = await tx.rows<{ person_id: string }>(sql`
    select distinct a.person_id from assignments a
    where a.company_id = ${companyId} and a.unit_id = ${found.unit_id} and a.until is null
      and (a.person_id = ${found.first_asked_id} or a.post in ('hall-lead', 'control-officer', 'station-lead'))`);
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

/**
 * One attempt to ring: three at most, two hours apart, between 08:00 and 22:00 (R109). Refusals: `http.not-found`,
 * `callback.too-soon`, `callback.quiet-hours`.
 */
export async function recordCall(
  tx: Tx,
  actor: CaseActor,
  request: {
    readonly id: string;
    readonly outcome: CallOutcome;
    readonly words: string | null;
  },
): Promise<{ readonly state: 'open' | 'reached' | 'given-up' } | Refusal> {
  const call = await tx.maybe<{ case_id: string }>(sql`
    select o.case_id from owed_calls o
    where o.company_id = ${actor.companyId} and o.id = ${request.id} and o.state = 'open'
      and o.unit_id = any(${actor.unitIds}::uuid[]) for update`);
  if (call === undefined) return refuse('http.not-found');
  const of = { owedCallId: request.id };
  const attempts = await listAttempts(tx, actor.companyId, of);
  const decision = decideCallBack(
    attempts.map((one) => one.at),
    tx.now,
    callBackDefault,
  );
  if (!decision.may && decision.reason !== 'callback.attempts-used')
    return refuse(decision.reason, { earliest: decision.earliest });
  const textId =
    request.words === null
      ? null
      : await caseStore(tx, actor.companyId).insertText(
          call.case_id,
          { kind: 'note', field: 'call', body: request.words },
          actor.personId,
        );
  await insertAttempt(tx, actor, of, request.outcome, textId);
  const state = stateAfter(request.outcome, attempts.length + 1);
  await tx.run(sql`
    update owed_calls set state = ${state}, ended_at = ${state === 'open' ? null : timestamp(tx.now)}
    where owed_calls.company_id = ${actor.companyId} and owed_calls.id = ${request.id}`);
  const data = {
    outcome: request.outcome,
    attempt: attempts.length + 1,
    textIds: textId === null ? [] : [textId],
  };
  await recordOnCase(tx, actor, call.case_id, { type: 'customer.called', data });
  return { state };
}

function stateAfter(outcome: string, attempts: number): 'open' | 'reached' | 'given-up' {
  if (outcome === 'reached') return 'reached';
  return outcome !== 'no-answer' || attempts >= callBackDefault.maxAttempts ? 'given-up' : 'open';
}

type Row = Omit<OwedCall, 'notBefore' | 'attempts'> & { readonly tried: readonly number[] };

/** Calls that my units owe, the most urgent first; or those of one case. The phone is there: whoever owes it must ring. */
export async function listOwedCalls(
  db: Db,
  reader: Reader,
  now: Instant,
  caseId: string | null,
): Promise<readonly OwedCall[]> {
  const rows = await db.rows<Row>(sql`
    select o.id, o.case_id as "caseId", c.no as "caseNo", o.reason, o.due_at as "dueAt",
      (select x.body from case_texts x where x.company_id = c.company_id and x.case_id = c.id
        and x.kind = 'contact-phone' limit 1) as phone,
      array(select (extract(epoch from t.at) * 1000)::float8 from call_attempts t
        where t.company_id = o.company_id and t.owed_call_id = o.id) as tried
    from owed_calls o join cases c on c.company_id = o.company_id and c.id = o.case_id
    where o.company_id = ${reader.companyId} and o.state = 'open' and o.unit_id = any(${reader.unitIds}::uuid[])
      and (${caseId}::uuid is null or o.case_id = ${caseId}) and ${visibleCase(reader, now)}
    order by o.due_at limit 100`);
  return rows.map(({ tried, ...row }) => {
    const decision = decideCallBack(tried, now, callBackDefault);
    const notBefore = decision.may || decision.reason === 'callback.attempts-used' ? null : decision.earliest;
    return { ...row, attempts: tried.length, notBefore };
  });
}

import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, type CaseDeps, finishStep, keepNote, recordOnCase } from '#modules/case/index.ts';
import { changeFacts, takeTasksAway } from '#modules/order/index.ts';
import { decideVerdict } from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { listDoersOf, listPartiesOf } from './complaint-reads.ts';
import { namesCustomer } from './domain/index.ts';
import { judgedStep, type OpenComplaint, openComplaint } from './open-complaint.ts';
import { tellHeads } from './tell-posts.ts';
import type { VerdictBody } from './voice-api.ts';
import { type StandingVerdict, voiceStore } from './voice-store.ts';

/**
 * 属实与责任认定, by somebody who neither investigated nor belongs to a unit concerned. A unit found liable is a party from
 * now on: it keeps away from the case, and its heads get what they need to accept or to appeal. Refusals: those of
 * `openComplaint`, `decideVerdict` and `finishStep`, `complaint.unit-unknown`, `complaint.grounds-name-customer`.
 */
export async function giveVerdict(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: VerdictBody & { readonly caseId: string },
): Promise<{ readonly id: string; readonly mayAppeal: boolean } | Refusal> {
  const complaint = await openComplaint(tx, deps, actor, request.caseId);
  if (isRefusal(complaint)) return complaint;
  const judged = judgedStep(complaint, 'verdict', request.round);
  if (isRefusal(judged)) return judged;
  const store = voiceStore(tx, actor.companyId);
  const { liableUnitId, liability, verdict } = request;
  if (liableUnitId !== null && !(await mayBeLiable(tx, actor.companyId, liableUnitId)))
    return refuse('complaint.unit-unknown');
  const decided = decideVerdict({
    verdict,
    ...(liability === null ? {} : { liability }),
    ...(liableUnitId === null ? {} : { liableUnit: liableUnitId }),
    investigator: otherThan(
      actor,
      await listDoersOf(tx, actor.companyId, complaint.orderId, judged.step.after),
    ),
    judge: actor,
    // Nobody holds his own unit liable, nor clears it.
    unitsConcerned: [
      ...(await listPartiesOf(tx, actor.companyId, complaint.id)),
      ...(liableUnitId === null ? [] : [liableUnitId]),
    ],
  });
  if (isRefusal(decided)) return decided;
  if (await tellsWho(tx, actor.companyId, complaint.id, request.grounds))
    return refuse('complaint.grounds-name-customer');

  const unit = decided.mayAppeal ? liableUnitId : null;
  const cases = await store.listCaseIds(complaint.orderId);
  const before = await store.findStanding(complaint.id);
  if (before?.liableUnitId && before.liableUnitId !== unit) await store.clearUnit(cases, before.liableUnitId);
  // Before the next tasks are placed: none of them goes to the liable unit.
  const away = { caseIds: cases, kind: 'liable-unit' as const, reasonId: null, by: actor.personId };
  if (unit !== null) await store.keepAway({ ...away, who: unit });
  const finished = await finishStep(tx, deps, actor, {
    orderId: complaint.orderId,
    seq: request.seq,
    ref: judged.ref,
    judgement: 'verdict',
    values: { verdict, liability: decided.liability },
  });
  if (isRefusal(finished)) return finished;
  const taken = await takeTasksAway(tx, deps, actor, complaint.orderId);
  if (isRefusal(taken)) return taken;
  if (before !== undefined) {
    // An appeal against the verdict before this one says nothing about this one.
    const again = { orderId: complaint.orderId, caseId: null, facts: { appealed: false } };
    const moved = await changeFacts(tx, deps, actor, again);
    if (isRefusal(moved)) return moved;
  }
  const given = { caseId: complaint.id, verdict, liability: decided.liability, liableUnitId: unit };
  const id = await writeVerdict(tx, actor, complaint, { ...given, grounds: request.grounds });
  return { id, mayAppeal: unit !== null };
}

/** Writes a verdict that stands from now on and tells the liable unit. */
export async function writeVerdict(
  tx: Tx,
  actor: CaseActor,
  complaint: Pick<OpenComplaint, 'id'>,
  given: Omit<StandingVerdict, 'id' | 'givenBy'> & { readonly grounds: string },
): Promise<string> {
  const { grounds, ...rest } = given;
  const groundsId = await keepNote(tx, actor, complaint.id, { field: 'verdict-grounds', body: grounds });
  const id = newId();
  await voiceStore(tx, actor.companyId).insertVerdict({ ...rest, id, groundsId, givenBy: actor.personId });
  const { verdict, liability, liableUnitId } = given;
  const data = { verdictId: id, verdict, liability, liableUnitId, textIds: [groundsId] };
  await recordOnCase(tx, actor, complaint.id, { type: 'complaint.judged', data });
  if (liableUnitId !== null)
    await tellHeads(tx, actor.companyId, {
      unitId: liableUnitId,
      template: 'liability-notice',
      key: `liability-notice:${id}`,
    });
  return id;
}

/** Whether words for the liable unit tell who complained. */
export async function tellsWho(tx: Tx, companyId: string, caseId: string, words: string): Promise<boolean> {
  const texts = await tx.rows<{ kind: string; body: string }>(sql`
    select x.kind, x.body from case_texts x
    where x.company_id = ${companyId} and x.case_id = ${caseId} and x.body is not null
      and x.kind in ('contact-name', 'contact-phone', 'place')
    union all
    select known.kind, known.body from cases c
    join households h on h.company_id = c.company_id and h.id = c.household_id
    join customers m on m.company_id = h.company_id and m.id = h.customer_id
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    left join meters e on e.company_id = h.company_id and e.household_id = h.id
    cross join lateral (values ('contact-name', m.name), ('contact-phone', m.phone), ('contact-phone', h.account_no),
      ('contact-phone', e.meter_no), ('place', p.place || p.house_no)) known (kind, body)
    where c.company_id = ${companyId} and c.id = ${caseId} and known.body is not null`);
  const of = (kind: string) => texts.filter((text) => text.kind === kind).map((text) => text.body);
  return namesCustomer(words, {
    names: of('contact-name'),
    numbers: of('contact-phone'),
    places: of('place'),
  });
}

/** The doer whom the judge must not be: himself, if he is among them. */
function otherThan(actor: CaseActor, doers: readonly string[]): string {
  return doers.find((one) => one === actor.personId) ?? doers[0] ?? '';
}

/** Every unit but the company as a whole. */
export async function mayBeLiable(tx: Tx, companyId: string, unitId: string): Promise<boolean> {
  const row = await tx.maybe(sql`
    select 1 from units u where u.company_id = ${companyId} and u.id = ${unitId} and u.closed_at is null
      and u.kind <> 'company'`);
  return row !== undefined;
}

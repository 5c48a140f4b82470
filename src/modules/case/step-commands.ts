import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { advanceOrder, recordOnOrder, takeTask } from '#modules/order/index.ts';
import {
  checkReply,
  fieldStepsOf,
  isJudgedByOnes,
  type StepDefinition,
  type StepRef,
  stepOf,
  wayBack,
} from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { type CallDecision, decideCall } from './call-step.ts';
import type { CaseActor, CaseDeps } from './case-commands.ts';
import { caseStore, type NewText } from './case-store.ts';
import { keepEarths } from './laid-earths.ts';
import { seesOrder } from './open-case.ts';
import { brokenBy, tellExcuse, withReason } from './order-exceptions.ts';
import { replyRecord } from './reply-record.ts';
import type { ReportedStep, StepReport } from './step-report.ts';
import { faultOfGroups } from './supply-groups.ts';
import { tellAnswered, tellStaged } from './tell-customer.ts';
import { tellReturned } from './tell-returned.ts';
import { decideField, type FieldDecision } from './field-report.ts';

/** Takes a task: from now on it is this person's. */
export async function takeStep(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: { readonly orderId: string; readonly seq: number; readonly ref: StepRef },
): Promise<{ readonly seq: number } | Refusal> {
  if (!(await seesOrder(tx, actor, request.orderId))) return refuse('order.unknown');
  const taken = await takeTask(tx, deps, actor, request);
  return isRefusal(taken) ? taken : { seq: taken.seq };
}

/**
 * Finishes a step. A reply goes through the quality gate of domain-rules §3.6 first (`case.reply-gate` names what is
 * missing or does not fit); a call that nobody answered leaves the step open until the third (R109); a customer who says
 * "not solved" sends the work back. A crew is sent by name only (`case.needs-crew`). Cases whose end was reached are closed in the same transaction.
 */
export async function finishStep(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  report: StepReport,
): Promise<{ readonly seq: number } | Refusal> {
  if (!(await seesOrder(tx, actor, report.orderId))) return refuse('order.unknown');
  const found = await findStep(tx, deps, actor, report);
  if (isRefusal(found)) return found;
  const fault =
    (await faultOfReply(tx, actor.companyId, found)) ??
    faultOfSupply(found) ??
    (await faultOfGroups(tx, actor.companyId, found.step, report));
  if (fault !== undefined) return fault;
  const field = await decideField(tx, actor, found);
  if (isRefusal(field)) return field;
  if (found.step.callsCustomer !== true) return await advance(tx, deps, actor, found, field);
  const call = await decideCall(tx, deps, actor, found);
  if (isRefusal(call)) return call;
  return await afterCall(tx, deps, actor, found, call);
}

async function afterCall(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  found: ReportedStep,
  call: CallDecision,
): Promise<{ readonly seq: number } | Refusal> {
  const { report } = found;
  switch (call.next) {
    case 'try-again':
      return { seq: report.seq };
    case 'send-back': {
      const { orderId, seq, ref: from, exception } = report;
      const event = { type: 'stepReturned' as const, from, to: call.to, reason: 'not-solved', at: tx.now };
      const broken = await brokenBy(tx, deps, actor, { orderId, to: call.to, exception });
      if (isRefusal(broken)) return broken;
      const back = await moved(tx, deps, actor, { orderId, seq, event, textIds: call.textIds });
      return await withReason(tx, actor, back, { orderId, broken, textId: call.textIds[0] ?? null });
    }
    case 'finish': {
      const values = { ...report.values, callBackResult: call.result };
      return await advance(tx, deps, actor, { ...found, report: { ...report, values } });
    }
  }
}

async function findStep(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  report: StepReport,
): Promise<ReportedStep | Refusal> {
  const store = caseStore(tx, actor.companyId);
  const order = await store.findProcessOf(report.orderId);
  if (order === undefined) return refuse('order.unknown');
  const version = await deps.version(tx, actor.companyId, order.handbookVersionId);
  const definition = version.process(order.process);
  const step = definition === undefined ? undefined : stepOf(definition, report.ref.step);
  const cases = await store.listOfOrder(report.orderId);
  const subject = report.ref.caseId ?? cases[0]?.id;
  if (definition === undefined || step === undefined || subject === undefined)
    return refuse('process.unknown-step');
  if (step.judgement !== report.judgement) return refuse('case.judged-at-desk', { step: step.id });
  if (fieldStepsOf(definition)?.dispatch === step.id && report.crewSent !== true)
    return refuse('case.needs-crew', { step: step.id });
  return { report, version, definition, step, cases, subject, startedAt: order.startedAt };
}

async function faultOfReply(
  tx: Tx,
  companyId: string,
  { report, version, definition, step, subject }: ReportedStep,
): Promise<Refusal | undefined> {
  if (step.replyGate === undefined) return undefined;
  const of = { orderId: report.orderId, subject, definition, version, now: tx.now };
  const check = checkReply(step.replyGate, report.reply ?? {}, await replyRecord(tx, companyId, of));
  if (check.ok) return undefined;
  return refuse('case.reply-gate', { faults: [...check.missing, ...check.contradictions].join(' ') });
}

/** A customer without supply is not told that it is over: the work goes back, or his case onto another order (§5.4). */
function faultOfSupply({ report, step }: ReportedStep): Refusal | undefined {
  const asked = step.informsCustomer === true && step.fields?.some((field) => field.id === 'hasSupply');
  return asked === true && report.values?.['hasSupply'] === false ? refuse('case.no-supply') : undefined;
}

async function advance(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  { report, definition, step, cases, subject }: ReportedStep,
  field?: FieldDecision,
): Promise<{ readonly seq: number } | Refusal> {
  const store = caseStore(tx, actor.companyId);
  const { ref, outcome, values, checked, orderId, seq, exception } = report;
  const failedTo = outcome === 'fail' ? wayBack(step) : undefined;
  const broken =
    failedTo === undefined
      ? undefined
      : await brokenBy(tx, deps, actor, { orderId, to: failedTo, exception });
  if (isRefusal(broken)) return broken;
  const textIds = await store.insertTexts(subject, textsOf(step, report), actor.personId);
  const doubtful = field?.doubtful ?? [];
  const event = {
    type: 'stepDone' as const,
    ref,
    at: field?.at ?? tx.now,
    ...(outcome === undefined ? {} : { outcome }),
    ...(values === undefined ? {} : { values }),
    ...(checked === undefined ? {} : { checked }),
    ...(doubtful.length === 0 ? {} : { doubtful }),
  };
  const note = field?.note ?? null;
  const request = { orderId, seq, event, textIds, ...(note === null ? {} : { field: note }) };
  const done = await advanceOrder(tx, deps, actor, request);
  if (isRefusal(done)) return done;
  const earthed = await keepEarths(tx, actor, { orderId, definition, step, values: values ?? {} });
  if (earthed !== undefined) return earthed;
  const ended = done.finished
    ? cases.map((one) => one.id)
    : done.moments.filter((moment) => moment.name === 'closed').flatMap((moment) => moment.caseId ?? []);
  await store.close(ended, actor.personId);
  await tellAnswered(tx, actor.companyId, ended);
  if (broken !== undefined)
    return await withReason(tx, actor, done, { orderId, broken, textId: textIds[0] ?? null });
  await tellStaged(tx, actor, orderId, values ?? {});
  const excuse = values?.['arrivalExcuse'];
  if (typeof excuse !== 'string' || values?.['excuseTold'] === true || !isJudgedByOnes(definition))
    return { seq: done.seq };
  const told = await tellExcuse(tx, actor.companyId, orderId, { template: 'repair-late', why: excuse });
  if (told === 0) return { seq: done.seq };
  const data = { why: excuse, told };
  await recordOnOrder(tx, actor, orderId, { type: 'ones.excuse-told', occurredAt: tx.now, data });
  return { seq: done.seq + 1 };
}

function textsOf(step: StepDefinition, report: StepReport): NewText[] {
  const texts = (step.fields ?? [])
    .filter((field) => field.type === 'text')
    .flatMap((field): NewText[] => {
      const body = report.values?.[field.id];
      return typeof body === 'string' && body !== ''
        ? [{ kind: 'value', step: step.id, field: field.id, body }]
        : [];
    });
  const replies = Object.entries(report.reply ?? {}).map(
    ([field, body]): NewText => ({
      kind: 'value',
      step: step.id,
      field: `reply.${field}`,
      body: String(body),
    }),
  );
  return [...texts, ...replies, ...positionOf(step, report)];
}

/** Where it was entered from lies with the words, where it can be blanked: it says where a colleague was. */
function positionOf(step: StepDefinition, { position }: StepReport): NewText[] {
  if (position === undefined) return [];
  const { lat, lon, accuracy } = position;
  const body = `${lat.toFixed(5)}, ${lon.toFixed(5)} ±${Math.round(accuracy)} m`;
  return [{ kind: 'value', step: step.id, field: 'position', body }];
}

/** Sends the work back to an earlier step, with a reason in words. Refusals: `order.unknown`, those of `advanceOrder` and `reasonFor`. */
export async function returnStep(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: {
    readonly orderId: string;
    readonly seq: number;
    readonly from: StepRef;
    readonly to: string;
    readonly reason: string;
    /** Why one of the five ones is not kept, where the way back makes a crew come, or repair, again (handbook). */
    readonly exception?: string;
  },
): Promise<{ readonly seq: number } | Refusal> {
  if (!(await seesOrder(tx, actor, request.orderId))) return refuse('order.unknown');
  const store = caseStore(tx, actor.companyId);
  const { from, to, orderId, seq } = request;
  const cases = await store.listOfOrder(orderId);
  const subject = cases.find((one) => from.caseId === null || one.id === from.caseId)?.id;
  if (subject === undefined) return refuse('order.unknown');
  const broken = await brokenBy(tx, deps, actor, request);
  if (isRefusal(broken)) return broken;
  const note: NewText = { kind: 'note', step: from.step, body: request.reason };
  const textIds = await store.insertTexts(subject, [note], actor.personId);
  const event = { type: 'stepReturned' as const, from, to, reason: 'in-words', at: tx.now };
  const done = await moved(tx, deps, actor, { orderId, seq, event, textIds });
  return await withReason(tx, actor, done, { orderId, broken, textId: textIds[0] ?? null });
}

async function moved(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: Parameters<typeof advanceOrder>[3],
): Promise<{ readonly seq: number } | Refusal> {
  const done = await advanceOrder(tx, deps, actor, request);
  if (isRefusal(done)) return done;
  if (request.event.type === 'stepReturned')
    await tellReturned(tx, actor, { orderId: request.orderId, step: request.event.to, seq: done.seq });
  return { seq: done.seq };
}

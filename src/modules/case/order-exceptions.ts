import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { enqueue } from '#modules/notice/index.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import { type OneOfFive, onesBrokenBy, type OnesReason } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { CaseActor, CaseDeps } from './case-commands.ts';
import { caseStore } from './case-store.ts';

type Cause = {
  readonly orderId: string;
  readonly ones: readonly OneOfFive[];
  /** A reason of the handbook. */
  readonly reason: string | undefined;
  readonly textId: string | null;
};

/** Finds the reason for all of the five that are broken. Refusals: `ones.reason-missing`, `ones.reason-unknown`. */
export function reasonFor(
  version: HandbookVersion,
  { ones, reason }: Pick<Cause, 'ones' | 'reason'>,
): OnesReason | Refusal | undefined {
  if (ones.length === 0) return undefined;
  if (reason === undefined) return refuse('ones.reason-missing', { ones: ones.join(' ') });
  const found = version.handbook.fiveOnes.reasons.find((one) => one.id === reason);
  const fits = found !== undefined && ones.some((one) => found.ones.includes(one));
  return fits ? found : refuse('ones.reason-unknown', { reason });
}

type Broken = { readonly ones: readonly OneOfFive[]; readonly reason: OnesReason };

/** The work went back: what that breaks of the five is kept with its reason. */
export async function withReason(
  tx: Tx,
  actor: CaseActor,
  done: { readonly seq: number } | Refusal,
  of: { readonly orderId: string; readonly broken: Broken | undefined; readonly textId: string | null },
): Promise<{ readonly seq: number } | Refusal> {
  const { orderId, broken, textId } = of;
  if (isRefusal(done) || broken === undefined) return done;
  const { reason, ones } = broken;
  await keepExceptions(tx, actor, reason, { orderId, ones, textId });
  return { seq: done.seq + ones.length };
}

/** Which of the five a way back breaks, and why. Undefined: none. Refusals: those of `reasonFor`. */
export async function brokenBy(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  {
    orderId,
    to,
    exception,
  }: {
    readonly orderId: string;
    /** Null: where a case that is opened again begins. */
    readonly to: string | null;
    readonly exception?: string | undefined;
  },
): Promise<Broken | Refusal | undefined> {
  const order = await caseStore(tx, actor.companyId).findStateOf(orderId);
  if (order === undefined) return refuse('order.unknown');
  const version = await deps.version(tx, actor.companyId, order.handbookVersionId);
  const definition = version.process(order.process);
  const ones =
    definition === undefined ? [] : onesBrokenBy(definition, order.processState, to ?? definition.reopensTo);
  const reason = reasonFor(version, { ones, reason: exception });
  return reason === undefined || isRefusal(reason) ? reason : { ones, reason };
}

/**
 * Writes down why one of the five was not kept. An excuse is told to the customers by the same transaction: one that was
 * not told is none.
 */
export async function keepExceptions(
  tx: Tx,
  actor: { readonly companyId: string; readonly personId: string },
  reason: OnesReason,
  { orderId, ones, textId }: Omit<Cause, 'reason'>,
): Promise<void> {
  const excuse = reason.excuse === true;
  const told = excuse
    ? await tellExcuse(tx, actor.companyId, orderId, { template: 'repair-again', why: reason.id })
    : 0;
  for (const one of ones) {
    const id = newId();
    await tx.run(sql`
      insert into order_exceptions (company_id, id, order_id, one, reason, excuse, told_at, by_id, at, text_id)
      values (${actor.companyId}, ${id}, ${orderId}, ${one}, ${reason.id}, ${excuse},
        ${timestamp(told > 0 ? tx.now : null)}, ${actor.personId}, ${timestamp(tx.now)}, ${textId})`);
    const data = { exceptionId: id, one, why: reason.id, told };
    await recordOnOrder(tx, actor, orderId, { type: 'ones.exception', occurredAt: tx.now, data });
  }
}

/** Tells every customer on the order why. Says how many can be told: whoever stays unknown or came by another door is not. */
export async function tellExcuse(
  tx: Tx,
  companyId: string,
  orderId: string,
  { template, why }: { readonly template: 'repair-late' | 'repair-again'; readonly why: string },
): Promise<number> {
  const cases = await caseStore(tx, companyId).listToldOfOrder(orderId);
  await enqueue(
    tx,
    companyId,
    cases.map((caseId) => ({
      key: `${template}:${orderId}:${caseId}:${tx.now}`,
      channel: 'sms',
      template,
      to: { caseId },
      data: { why },
    })),
  );
  return cases.length;
}

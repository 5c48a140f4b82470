import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, type CaseDeps, returnStep } from '#modules/case/index.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import {
  fieldStepsOf,
  type ProcessState,
  type StepRef,
  stepKey,
  stepOf,
} from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { endAssignment, standingOf } from './crew-assignments.ts';
import { isMadeSafe } from './domain/order-stage.ts';
import type { BackEntry, FieldAnswer } from './field-api.ts';
import { firstCaseOf, isOnOrder } from './field-order.ts';
import { lockTask, second, takeForCrew } from './field-task.ts';
import { ringDispatchers } from './ring-dispatchers.ts';

/**
 * 退单: the order is not this crew's (property, place, another unit). It goes back to be dispatched, with the reason, which the five ones
 * count too; the crew is free at once. Where the office took it away before, nothing is left to give back. Refusals: `field.not-yours`, `field.reason-unknown`,
 * `field.made-safe` (what was isolated is undone first), `field.no-way-back`, those of `takeStep` and `returnStep`.
 */
export async function giveBack(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  entry: BackEntry,
): Promise<FieldAnswer | Refusal> {
  const { orderId, ref, words } = entry;
  const task = await lockTask(tx, actor.companyId, entry);
  if (task === undefined) return refuse('order.unknown');
  const order = await tx.one<Order>(sql`
    select o.seq, o.process, o.process_state as state from orders o
    where o.company_id = ${actor.companyId} and o.id = ${orderId}`);
  // The round that the phone saw is over otherwise than by being done: it was sent back, or taken away, before.
  const { round = 1 } = order.state.steps[stepKey(ref.step, null)] ?? {};
  if (task.state === 'withdrawn' || round > ref.round) return await second(tx, actor, entry);
  if (!(await isOnOrder(tx, deps, actor, orderId))) return refuse('field.not-yours');
  const version = await deps.version(tx, actor.companyId, task.version);
  const reason = version.handbook.fiveOnes.reasons.find(
    (one) => one.back === true && one.id === entry.reason,
  );
  if (reason === undefined) return refuse('field.reason-unknown');
  const way = await wayBack(tx, actor.companyId, version, { ...order, orderId, ref });
  if (isRefusal(way)) return way;
  const taken = await takeForCrew(tx, deps, actor, { version, orderId, ...way });
  if (isRefusal(taken)) return taken;
  const said = words === undefined ? reason.name.zh : `${reason.name.zh}：${words}`;
  const back = { orderId, seq: taken.seq, from: way.ref, to: way.to, reason: said, exception: reason.id };
  const done = await returnStep(tx, deps, taken.crew, back);
  if (isRefusal(done)) return done;
  return (await keepGivenBack(tx, actor, { ...entry, reason: reason.id })) ?? { outcome: 'recorded' };
}

type Order = { readonly seq: number; readonly process: string; readonly state: ProcessState };

type Way = { readonly ref: StepRef; readonly to: string } & Pick<OpenTask, 'seq' | 'post' | 'holderId'>;

/** From which open step of the crew the order goes back, and to which: the one that the phone names, where it is still open. */
async function wayBack(
  tx: Tx,
  companyId: string,
  version: HandbookVersion,
  { orderId, ref, seq, process, state }: Order & { readonly orderId: string; readonly ref: StepRef },
): Promise<Way | Refusal> {
  const definition = version.process(process);
  const to = definition === undefined ? undefined : fieldStepsOf(definition)?.dispatch;
  if (definition === undefined || to === undefined) return refuse('field.no-way-back');
  if (isMadeSafe(definition, state.steps)) return refuse('field.made-safe');
  const open = await tx.rows<OpenTask>(sql`
    select t.step, t.round, t.post, t.holder_id as "holderId", ${seq}::int as seq from tasks t
    where t.company_id = ${companyId} and t.order_id = ${orderId} and t.case_id is null and t.state = 'open'
    order by (t.step = ${ref.step} and t.round = ${ref.round}) desc, t.ready_at`);
  const task = open.find(({ step }) => stepOf(definition, step)?.returnsTo?.includes(to) === true);
  if (task === undefined) return refuse('field.no-way-back');
  const { step, round, ...rest } = task;
  return { ...rest, ref: { step, caseId: null, round }, to };
}

type OpenTask = {
  readonly step: string;
  readonly round: number;
  readonly post: string;
  readonly holderId: string | null;
  readonly seq: number;
};

/** It stands in the time line, rings at the dispatchers, and the crew is free. */
async function keepGivenBack(
  tx: Tx,
  actor: CaseActor,
  { orderId, ref, reason, at, clockMoved }: BackEntry,
): Promise<Refusal | undefined> {
  await recordOnOrder(tx, actor, orderId, {
    type: 'crew.gave-back',
    occurredAt: tx.now,
    data: { ref, reason, claimed: at, clockMoved },
  });
  const caseId = await firstCaseOf(tx, actor.companyId, orderId);
  if (caseId === undefined) return refuse('order.unknown');
  await ringDispatchers(tx, actor, { orderId, caseId, template: 'crew-gives-back', reason });
  const standing = await standingOf(tx, actor.companyId, orderId);
  if (standing !== undefined) await endAssignment(tx, actor, standing.id, 'returned', reason);
  return undefined;
}

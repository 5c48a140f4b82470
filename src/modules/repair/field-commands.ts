import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import {
  addGroup,
  type CaseActor,
  type CaseDeps,
  finishStep,
  keepReplyDraft,
  recordSupply,
  seesOrder,
  type StepReport,
  takeStep,
} from '#modules/case/index.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { FieldAnswer, FieldEntry, GroupEntry, StepEntry, SupplyEntry } from './field-api.ts';
import { crewPosts } from './field-crew.ts';
import { askHelp } from './field-help.ts';
import { recordMaterial } from './field-materials.ts';
import { followPosition } from './field-position.ts';

/**
 * Takes in what a phone kept until there was a network. It names no `seq`: whoever was away cannot know it, and the round of
 * the step says as well what was meant. What somebody else entered meanwhile (代录) is no refusal: the phone's own time and
 * photos are kept beside it. Refusals: those of `takeStep`, `finishStep`, `addGroup`, `recordSupply`, `askHelp`, `recordMaterial`.
 */
export async function recordFieldEntry(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  entry: FieldEntry,
): Promise<FieldAnswer | Refusal> {
  if (!(await seesOrder(tx, actor, entry.orderId))) return refuse('order.unknown');
  switch (entry.kind) {
    case 'step':
      return await recordStep(tx, deps, actor, entry);
    case 'group':
      return await recordGroup(tx, deps, actor, entry);
    case 'supply':
      return await recordGroupSupply(tx, deps, actor, entry);
    case 'help':
      return await askHelp(tx, actor, entry);
    case 'material':
      return await recordMaterial(tx, deps, actor, entry);
  }
}

type Task = {
  readonly seq: number;
  readonly version: string;
  readonly state: 'open' | 'done' | 'withdrawn' | 'parked' | null;
  readonly post: string | null;
  readonly unitId: string | null;
  readonly holderId: string | null;
};

async function recordStep(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  entry: StepEntry,
): Promise<FieldAnswer | Refusal> {
  const { orderId, ref } = entry;
  const task = await lockTask(tx, actor.companyId, entry);
  if (task === undefined) return refuse('order.unknown');
  if (task.state === 'done') return await second(tx, actor, entry);
  if (task.state === 'withdrawn') return refuse('field.withdrawn', { step: ref.step });
  const version = await deps.version(tx, actor.companyId, task.version);
  const crew = { ...actor, posts: [...new Set([...actor.posts, ...crewPosts(version, actor)])] };
  let { seq } = task;
  if (task.state === 'open' && task.holderId !== actor.personId) {
    // A lead goes on with what one of his crew has begun.
    const led = task.post !== null && !actor.posts.includes(task.post) && crew.posts.includes(task.post);
    const taken = await takeStep(
      tx,
      deps,
      { ...crew, mayReassign: crew.mayReassign || led },
      { orderId, seq, ref },
    );
    if (isRefusal(taken)) return taken;
    seq = taken.seq;
  }
  const done = await finishStep(tx, deps, crew, reportOf(entry, seq));
  if (!isRefusal(done)) {
    await followPosition(tx, actor, version, entry);
    return { outcome: 'recorded' };
  }
  if (done.refused !== 'case.reply-gate' || entry.reply === undefined) return done;
  const faults = String(done.detail?.['faults'] ?? '');
  const kept = await keepReplyDraft(tx, actor, { orderId, ref, draft: entry.reply, faults });
  return isRefusal(kept) ? kept : { outcome: 'kept' };
}

function reportOf(entry: StepEntry, seq: number): StepReport {
  const { kind: _, at, clockMoved, ...said } = entry;
  return { ...said, seq, occurredAt: at, queued: { clockMoved } };
}

/** The round that the phone means; null where no task of it is there (yet). The order is locked first: one at a time. */
async function lockTask(tx: Tx, companyId: string, { orderId, ref }: StepEntry): Promise<Task | undefined> {
  const order = await tx.maybe<{ seq: number; version: string }>(sql`
    select o.seq, o.handbook_version_id as version from orders o
    where o.company_id = ${companyId} and o.id = ${orderId} for update`);
  if (order === undefined) return undefined;
  const task = await tx.maybe<Pick<Task, 'state' | 'post' | 'unitId' | 'holderId'>>(sql`
    select t.state, t.post, t.unit_id as "unitId", t.holder_id as "holderId" from tasks t
    where t.company_id = ${companyId} and t.order_id = ${orderId} and t.step = ${ref.step}
      and t.round = ${ref.round} and t.case_id is not distinct from ${ref.caseId}::uuid`);
  return { ...order, ...(task ?? { state: null, post: null, unitId: null, holderId: null }) };
}

/** It was entered before, by the office or another phone: what this one says of it stays beside it. */
async function second(tx: Tx, actor: CaseActor, entry: StepEntry): Promise<FieldAnswer> {
  const { orderId, ref, at, clockMoved, files = [] } = entry;
  await recordOnOrder(tx, actor, orderId, {
    type: 'field.seconded',
    occurredAt: tx.now,
    data: { ref, claimed: at, clockMoved, files },
  });
  return { outcome: 'already' };
}

async function recordGroup(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  { orderId, groupId, label, households }: GroupEntry,
): Promise<FieldAnswer | Refusal> {
  const added = await addGroup(tx, deps, actor, { orderId, label, households, id: groupId });
  return isRefusal(added) ? added : { outcome: 'recorded' };
}

async function recordGroupSupply(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  { orderId, groupId, what, at, clockMoved }: SupplyEntry,
): Promise<FieldAnswer | Refusal> {
  const recorded = await recordSupply(tx, deps, actor, {
    orderId,
    groupId,
    what,
    at,
    queued: { clockMoved },
  });
  if (!isRefusal(recorded)) return { outcome: 'recorded' };
  return recorded.refused === 'supply.recorded-already' ? { outcome: 'already' } : recorded;
}

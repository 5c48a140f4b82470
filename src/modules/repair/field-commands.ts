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
} from '#modules/case/index.ts';
import type { Tx } from '#platform/db/db.ts';
import type { FieldAnswer, FieldEntry, GroupEntry, StepEntry, SupplyEntry } from './field-api.ts';
import { giveBack } from './field-back.ts';
import { askHelp } from './field-help.ts';
import { recordMaterial } from './field-materials.ts';
import { isOnOrder } from './field-order.ts';
import { followPosition } from './field-position.ts';
import { recordStandBy } from './field-stand-by.ts';
import { lockTask, second, takeForCrew } from './field-task.ts';

/**
 * Takes in what a phone kept until there was a network. It names no `seq`: whoever was away cannot know it, and the round of
 * the step says as well what was meant. What somebody else entered meanwhile (代录) is no refusal: the phone's own time and
 * photos are kept beside it. Refusals: `field.not-yours`, those of
 * `takeStep`, `finishStep`, `addGroup`, `recordSupply`, `askHelp`, `recordMaterial`, `giveBack`, `recordStandBy`.
 */
export async function recordFieldEntry(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  entry: FieldEntry,
): Promise<FieldAnswer | Refusal> {
  if (entry.kind === 'stand-by') return await recordStandBy(tx, deps, actor, entry);
  if (!(await seesOrder(tx, actor, entry.orderId))) return refuse('order.unknown');
  const ofCrew = entry.kind === 'help' || entry.kind === 'material';
  if (ofCrew && !(await isOnOrder(tx, deps, actor, entry.orderId))) return refuse('field.not-yours');
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
    case 'back':
      return await giveBack(tx, deps, actor, entry);
  }
}

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
  const taken = await takeForCrew(tx, deps, actor, { ...task, version, orderId, ref });
  if (isRefusal(taken)) return taken;
  const done = await finishStep(tx, deps, taken.crew, reportOf(entry, taken.seq));
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

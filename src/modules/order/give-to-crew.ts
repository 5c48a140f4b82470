import type { HandbookVersion } from '#modules/process/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { refOf } from './follow-transition.ts';
import { grantAccess } from './grant-access.ts';
import { orderStore } from './order-store.ts';
import { fieldPostsOf } from './place-steps.ts';

/**
 * A crew was sent: the field steps of the order are its lead's from now on, those that are open already and those to come. Its unit
 * sees the cases. Which crew it is, and whether it may go, the module `repair` decides.
 */
export async function giveToCrew(
  tx: Tx,
  actor: { readonly companyId: string; readonly personId: string },
  version: HandbookVersion,
  { orderId, unitId, leadId }: { readonly orderId: string; readonly unitId: string; readonly leadId: string },
): Promise<void> {
  const store = orderStore(tx, actor.companyId);
  await store.setCrew(orderId, { unitId, leadId });
  const posts = fieldPostsOf(version);
  const open = (await store.listOpenTasks(orderId)).filter((task) => posts.includes(task.post));
  for (const task of open) {
    await store.placeTask(task.id, { unitId, post: task.post, holderId: leadId });
    const data = { ...refOf(task), taskId: task.id, from: task.holderId };
    await store.append(orderId, { type: 'task.passed', occurredAt: tx.now, data }, actor.personId);
  }
  const cases = await store.listCases(orderId);
  const caseIds = cases.map((one) => one.id);
  await grantAccess(tx, actor.companyId, caseIds, [unitId]);
}

import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { enqueue } from '#modules/notice/index.ts';
import { rejectTask } from '#modules/order/index.ts';
import type { Tx } from '#platform/db/db.ts';
import type { CaseActor, CaseDeps } from './case-commands.ts';
import { caseStore } from './case-store.ts';
import type { RejectBody } from './case-work-api.ts';
import { lockVisible } from './open-case.ts';

/** 退单 of an open task of a case, with words. Refusals: `http.not-found`, `order.unknown` and those of `rejectTask`. */
export async function rejectOrder(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: RejectBody & { readonly caseId: string },
): Promise<{ readonly seq: number } | Refusal> {
  const found = await lockVisible(tx, actor, request.caseId);
  if (isRefusal(found)) return found;
  if (found.orderId !== request.orderId) return refuse('order.unknown');
  const { words, caseId: _case, ...rest } = request;
  const note = { kind: 'note' as const, field: 'rejection', body: words };
  const textId = await caseStore(tx, actor.companyId).insertText(found.id, note, actor.personId);
  const rejected = await rejectTask(tx, deps, actor, { ...rest, textId });
  if (isRefusal(rejected)) return rejected;
  const { seq, offeredBy } = rejected;
  if (offeredBy !== null)
    await enqueue(tx, actor.companyId, [
      {
        key: `rejected:${request.orderId}:${seq}`,
        channel: 'desk',
        template: 'handover-bounced',
        to: { personId: offeredBy },
        data: { caseId: found.id, no: found.no },
      },
    ]);
  return { seq };
}

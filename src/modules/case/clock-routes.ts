import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { decidePause, pauseOrder, resumeOrder } from '#modules/order/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import { param, type Principal, type Router } from '#platform/http/router.ts';
import type { CaseActor, CaseDeps } from './case-commands.ts';
import { actorOf } from './case-routes.ts';
import { caseStore } from './case-store.ts';
import { decidePauseSchema, type PauseBody, pauseSchema, resumeSchema } from './clock-api.ts';
import { clockLedger } from './clock-reads.ts';
import { decidePauseStart } from './field-report.ts';
import { pendingPauses } from './pending-pauses.ts';
import { findPausableOrder, orderPauses, type PauseReader } from './pause-reads.ts';

/** Clocks of cases: how each was counted, and what may stop it. */
export function clockRoutes(router: Router, database: Database, deps: CaseDeps): void {
  router.read({
    path: '/api/clocks/:id/ledger',
    permission: 'case.read',
    object: 'other',
    summary: 'How a deadline was counted: which time counted, which did not, and why',
    answer: async (who, request) => {
      const now = await database.now();
      const ledger = await clockLedger(database, deps, actorOf(who), param(request, 'id'), now);
      return ledger ?? refuse('http.not-found');
    },
  });
  router.read({
    path: '/api/orders/:id/pauses',
    permission: 'case.read',
    object: 'order',
    summary: 'Pauses of the clocks of an order, and what may be paused now',
    answer: async (who, request) => {
      const now = await database.now();
      const pauses = await orderPauses(database, deps, readerOf(who), param(request, 'id'), now);
      return pauses ?? refuse('http.not-found');
    },
  });
  router.read({
    path: '/api/pauses',
    permission: 'clock.approve',
    object: 'none',
    summary: 'Pauses of visible cases that wait for approval',
    answer: async (who) => await pendingPauses(database, deps, readerOf(who), await database.now()),
  });
  router.write({
    path: '/api/orders/:id/pauses',
    permission: 'case.work',
    object: 'order',
    summary: 'Pauses the clocks of an order that the handbook lets this reason pause',
    body: pauseSchema,
    command: (tx, who, request) => pauseWithNote(tx, deps, actorOf(who), param(request, 'id'), request.body),
  });
  router.write({
    path: '/api/orders/:id/resume',
    permission: 'case.work',
    object: 'order',
    summary: 'Lets paused clocks run again, or takes a request back',
    body: resumeSchema,
    command: (tx, who, request) =>
      onVisible(tx, actorOf(who), param(request, 'id'), (orderId) =>
        resumeOrder(tx, deps, actorOf(who), {
          ...request.body,
          orderId,
        }),
      ),
  });
  router.write({
    path: '/api/orders/:id/decide-pause',
    permission: 'clock.approve',
    object: 'order',
    summary: 'Approves or rejects a pause that somebody else asked for',
    body: decidePauseSchema,
    command: (tx, who, request) =>
      onVisible(tx, actorOf(who), param(request, 'id'), (orderId) =>
        decidePause(tx, deps, actorOf(who), {
          ...request.body,
          orderId,
        }),
      ),
  });
}

function readerOf(who: Principal): PauseReader {
  return { ...actorOf(who), mayApprove: who.permissions.includes('clock.approve') };
}

/** Whoever may not see a case of the order is told that there is no such order. */
async function onVisible<T>(
  tx: Tx,
  actor: CaseActor,
  orderId: string,
  command: (orderId: string, caseId: string) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const order = await findPausableOrder(tx, actor, orderId, tx.now);
  return order === undefined ? refuse('order.unknown') : command(orderId, order.case_id);
}

/** The words of a pause lie with the case, where they can be blanked (design rule 8). */
export async function pauseWithNote(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  orderId: string,
  body: PauseBody,
): Promise<{ readonly pauseId: string; readonly seq: number } | Refusal> {
  return await onVisible(tx, actor, orderId, async (id, caseId) => {
    const { note, seq, reason, evidence, until, ...said } = body;
    const since = await decidePauseStart(tx, deps, actor, { ...said, orderId: id, subject: caseId });
    if (isRefusal(since)) return since;
    const text = { kind: 'note' as const, field: 'pause', body: note };
    const [noteTextId = null] = await caseStore(tx, actor.companyId).insertTexts(
      caseId,
      [text],
      actor.personId,
    );
    const asked = { orderId: id, seq, reason, evidence, until, noteTextId };
    const request = since === undefined ? asked : { ...asked, since };
    const paused = await pauseOrder(tx, deps, actor, request);
    return isRefusal(paused) ? paused : { pauseId: paused.pauseId, seq: paused.seq };
  });
}

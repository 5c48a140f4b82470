import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import { demoOutside, type Outside } from '#platform/outside.ts';
import type { Router } from '#platform/http/router.ts';
import type { Loop } from '#platform/loop.ts';
import { passingVault, type Vault } from '#platform/vault.ts';
import type { VisibleCase, Withheld } from './bell-reads.ts';
import { bellAndQueueRoutes } from './notice-routes.ts';
import { outboxRelay } from './relay.ts';

export { noticePersonal } from './notice-personal.ts';
export { bellHints } from './bell-reads.ts';
export { messagesTo } from './case-messages.ts';
export { findLink, mintLink, type OpenLink } from './link-store.ts';
export { enqueue, type NewMessage } from './outbox-store.ts';
export { receiptTo } from './receipt-to.ts';
export { takeReceipt } from './sms-receipts.ts';
export { type OutboxLag, outboxLag } from './outbox-lag.ts';
export { tellSender } from './tell-sender.ts';
export { countSpread, spreadAgain, takeBack, tellHouseholds } from './tell-households.ts';

type NoticeDeps = {
  readonly database: Database;
  readonly handbook: ReturnType<typeof handbookLibrary>;
  readonly outside?: Outside;
  readonly vault?: Vault;
};

/** The bell and the queue, with what a reader may see of cases: `case` and `order` stand above this module. */
export function noticeRoutes(
  router: Router,
  deps: NoticeDeps,
  sight: { readonly visible: VisibleCase; readonly withheld: Withheld },
): void {
  bellAndQueueRoutes(router, { ...deps, ...sight, outside: deps.outside ?? demoOutside });
}

/** What every process runs for messages. */
export function noticeLoops(deps: NoticeDeps): readonly Loop[] {
  const { outside = demoOutside, vault = passingVault } = deps;
  return [outboxRelay({ ...deps, outside, vault })];
}

import { demoOutside, type Outside } from '#platform/outside.ts';
import type { Loop } from '#platform/loop.ts';
import { outboxRelay, type RelayDeps } from './relay.ts';

export { findLink, mintLink, type OpenLink } from './link-store.ts';
export { enqueue, type NewMessage } from './outbox-store.ts';
export { templates } from './templates.ts';

/** What every process runs for messages. */
export function noticeLoops(
  deps: Omit<RelayDeps, 'outside'> & { readonly outside?: Outside },
): readonly Loop[] {
  return [outboxRelay({ ...deps, outside: deps.outside ?? demoOutside })];
}

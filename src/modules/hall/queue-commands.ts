import { type Refusal, refuse } from '#kernel/result.ts';
import type { CaseActor } from '#modules/case/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { dayOf } from './business-day.ts';
import { callOrder, estimateWait, ticketLabel } from './domain/index.ts';
import type { HallDeps } from './hall-reads.ts';
import type { Issue, Issued } from './queue-api.ts';
import { minutesEach, windowsAtWork } from './queue-reads.ts';
import { type HallDay, listTickets, queueStore, type TicketRow } from './queue-store.ts';

/** Gives the next number of its class, with how many stand before it. */
export async function issueTicket(
  tx: Tx,
  deps: HallDeps,
  place: Omit<HallDay, 'day'>,
  wanted: Issue,
): Promise<Issued & { readonly id: string }> {
  const hall = { ...place, day: dayOf(tx.now) };
  const store = queueStore(tx, hall);
  await store.lock();
  const before = await listTickets(tx, hall);
  const id = newId();
  const n = await store.insert({ id, class: wanted.class });
  const mine = { id, class: wanted.class, n, issuedAt: tx.now };
  const line = callOrder([...before.filter((one) => one.state === 'waiting'), mine]);
  const ahead = line.slice(
    0,
    line.findIndex((one) => one.id === id),
  );
  const each = await minutesEach(tx, deps, hall.companyId, before);
  const waitMinutes = estimateWait(
    ahead.map((one) => one.class),
    each,
    windowsAtWork(before, tx.now),
  );
  return { id, label: ticketLabel(wanted.class, n), ahead: ahead.length, waitMinutes };
}

/**
 * Calls the next to this window; whoever is being served there is thereby done. Refusals: `hall.ticket-in-hand` (called,
 * and neither came nor was marked absent), `hall.queue-empty`.
 */
export async function callNext(
  tx: Tx,
  actor: CaseActor,
  request: { readonly window: number },
): Promise<{ readonly label: string } | Refusal> {
  const hall = { companyId: actor.companyId, hallId: actor.unitId, day: dayOf(tx.now) };
  const store = queueStore(tx, hall);
  await store.lock();
  const tickets = await listTickets(tx, hall);
  const mine = inHand(tickets, actor.personId);
  if (mine?.state === 'called') return refuse('hall.ticket-in-hand', { label: labelOf(mine) });
  const [next] = callOrder(tickets.filter((one) => one.state === 'waiting'));
  if (next === undefined) return refuse('hall.queue-empty');
  if (mine !== undefined) await store.end(mine.id, 'served');
  await store.call(next.id, request.window, actor.personId);
  return { label: labelOf(next) };
}

export type TicketStep = 'recall' | 'serve' | 'served' | 'no-show';

/** What becomes of the ticket in hand. Refusals: `hall.no-ticket-in-hand`, `hall.ticket-not-called`. */
export async function moveTicket(
  tx: Tx,
  actor: CaseActor,
  step: TicketStep,
): Promise<{ readonly label: string } | Refusal> {
  const hall = { companyId: actor.companyId, hallId: actor.unitId, day: dayOf(tx.now) };
  const store = queueStore(tx, hall);
  await store.lock();
  const mine = inHand(await listTickets(tx, hall), actor.personId);
  if (mine === undefined) return refuse('hall.no-ticket-in-hand');
  if (step !== 'served' && mine.state !== 'called') return refuse('hall.ticket-not-called');
  if (step === 'recall') await store.recall(mine.id);
  else if (step === 'serve') await store.serve(mine.id);
  else {
    // Done without having been marked as begun: the customer came when he was called.
    if (step === 'served' && mine.state === 'called') await store.serve(mine.id);
    await store.end(mine.id, step);
  }
  return { label: labelOf(mine) };
}

function inHand(tickets: readonly TicketRow[], personId: string): TicketRow | undefined {
  return tickets.find(
    (one) => one.clerkId === personId && (one.state === 'called' || one.state === 'serving'),
  );
}

function labelOf(ticket: TicketRow): string {
  return ticketLabel(ticket.class, ticket.n);
}

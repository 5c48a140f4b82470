import { type Instant, MINUTE } from '#kernel/instant.ts';
import type { CaseActor } from '#modules/case/index.ts';
import { stepOf } from '#modules/process/domain/index.ts';
import type { Db } from '#platform/db/db.ts';
import {
  callOrder,
  estimateWait,
  type MinutesEach,
  queueFigures,
  type TicketClass,
  ticketLabel,
} from './domain/index.ts';
import type { HallDeps } from './hall-reads.ts';
import type { HallScreen, QueueView } from './queue-api.ts';
import { type HallDay, hallNames, listOpenAtHall, listTickets, type TicketRow } from './queue-store.ts';

/** Limits of the handbook: minutes a payment and a business may take, and the mean wait of a neighbour company. */
const PAY_LIMIT = 'R105-pay';
const BUSINESS_LIMIT = 'R105';
const WAIT_REFERENCE = 'R106';
/** A window that called nobody for this long is not at work. */
const WINDOW_RESTS = 30 * MINUTE;
/** So many are told to get ready; whoever stands further back need not look up yet. */
const NEXT_SHOWN = 6;
/** As many digits of a case number as its owner needs to know it by. */
const DIGITS = 5;

export async function queueView(
  db: Db,
  deps: HallDeps,
  actor: CaseActor,
  day: string,
  now: Instant,
): Promise<QueueView> {
  const hall = { companyId: actor.companyId, hallId: actor.unitId, day };
  const tickets = await listTickets(db, hall);
  const each = await minutesEach(db, deps, hall.companyId, tickets);
  const limits = await limitsOf(db, deps, hall.companyId);
  const waiting = callOrder(tickets.filter((one) => one.state === 'waiting'));
  const mine = tickets.find((one) => one.clerkId === actor.personId && isInHand(one));
  return {
    hall: (await hallNames(db, hall)).hall,
    day,
    waiting: waiting.map(ticketView),
    inHand:
      mine === undefined
        ? null
        : {
            ...ticketView(mine),
            state: mine.state === 'serving' ? 'serving' : 'called',
            calledAt: mine.calledAt ?? now,
            calls: mine.calls,
          },
    windows: tickets
      .filter(isInHand)
      .flatMap((one) =>
        one.window === null || one.clerk === null
          ? []
          : [{ window: one.window, clerk: one.clerk, label: ticketLabel(one.class, one.n) }],
      )
      .toSorted((a, b) => a.window - b.window),
    waitMinutes: estimateWait(
      waiting.map((one) => one.class),
      each,
      windowsAtWork(tickets, now),
    ),
    figures: queueFigures(tickets, {
      pay: limits.pay,
      business: limits.business,
      booked: limits.business,
      care: limits.business,
    }),
    limits,
  };
}

/** What hangs on the wall of a hall: numbers, and nothing that names anybody. */
export async function hallScreen(db: Db, deps: HallDeps, hall: HallDay, now: Instant): Promise<HallScreen> {
  const tickets = await listTickets(db, hall);
  const each = await minutesEach(db, deps, hall.companyId, tickets);
  const windows = windowsAtWork(tickets, now);
  const waiting = tickets.filter((one) => one.state === 'waiting');
  const classes = ['pay', 'business', 'booked', 'care'] as const;
  return {
    ...(await hallNames(db, hall)),
    at: now,
    calling: tickets
      .filter(isInHand)
      .flatMap((one) =>
        one.window === null || one.calledAt === null
          ? []
          : [
              {
                label: ticketLabel(one.class, one.n),
                window: one.window,
                at: one.calledAt,
                calls: one.calls,
              },
            ],
      )
      .toSorted((a, b) => b.at - a.at),
    next: callOrder(waiting)
      .slice(0, NEXT_SHOWN)
      .map((one) => ticketLabel(one.class, one.n)),
    waiting: classes.map((kind) => ({
      class: kind,
      count: waiting.filter((one) => one.class === kind).length,
      waitMinutes: estimateWait(aheadOf(waiting, kind, now), each, windows),
    })),
    ready: await readyResults(db, deps, hall),
  };
}

/** Greater than every id. */
const LAST = 'z';

/** Whoever draws a ticket of this class now has these before him. */
function aheadOf(waiting: readonly TicketRow[], kind: TicketRow['class'], now: Instant) {
  const newest = { id: LAST, class: kind, n: 0, issuedAt: now };
  const line = callOrder([...waiting, newest]);
  return line.slice(0, line.indexOf(newest)).map((one) => one.class);
}

/** Cases whose open step is to tell the customer, told by the last digits of their number. */
async function readyResults(db: Db, deps: HallDeps, hall: HallDay): Promise<HallScreen['ready']> {
  const rows = await listOpenAtHall(db, hall);
  const told = await Promise.all(
    rows.map(async (row) => {
      const version = await deps.handbook.version(db, hall.companyId, row.version_id);
      const definition = version.process(row.process);
      const step = definition === undefined ? undefined : stepOf(definition, row.step);
      return step?.informsCustomer === true ? [{ digits: row.no.slice(-DIGITS), window: row.window }] : [];
    }),
  );
  return told.flat();
}

/** Windows that called somebody lately. */
export function windowsAtWork(tickets: readonly TicketRow[], now: Instant): number {
  const recent = tickets.filter((one) => one.calledAt !== null && now - one.calledAt < WINDOW_RESTS);
  return new Set(recent.map((one) => one.window)).size;
}

/** From so many served on, today's mean says more than the rule. */
const ENOUGH = 5;

/** Today's mean where enough were served, else the handbook's limit. */
export async function minutesEach(
  db: Db,
  deps: HallDeps,
  companyId: string,
  tickets: readonly TicketRow[],
): Promise<MinutesEach> {
  const { pay, business } = await limitsOf(db, deps, companyId);
  const limits = { pay, business, booked: business, care: business };
  const { served } = queueFigures(tickets, limits);
  const each = (kind: TicketClass): number =>
    served[kind].count >= ENOUGH ? (served[kind].mean ?? limits[kind]) : limits[kind];
  return { pay: each('pay'), business: each('business'), booked: each('booked'), care: each('care') };
}

async function limitsOf(db: Db, deps: HallDeps, companyId: string): Promise<QueueView['limits']> {
  const version = await deps.handbook.active(db, companyId);
  const value = (id: string) => version?.handbook.limits.find((limit) => limit.id === id)?.value ?? null;
  const pay = value(PAY_LIMIT);
  const business = value(BUSINESS_LIMIT);
  if (pay === null || business === null)
    throw new Error(`the handbook has no ${PAY_LIMIT} or ${BUSINESS_LIMIT}`);
  return { pay, business, reference: value(WAIT_REFERENCE) };
}

function isInHand(ticket: TicketRow): boolean {
  return ticket.state === 'called' || ticket.state === 'serving';
}

function ticketView(ticket: TicketRow) {
  return {
    id: ticket.id,
    label: ticketLabel(ticket.class, ticket.n),
    class: ticket.class,
    issuedAt: ticket.issuedAt,
  };
}

import { MINUTE, type Instant } from '#kernel/instant.ts';

export type TicketClass = 'pay' | 'business' | 'booked' | 'care';

/** What stands before the number on the ticket. */
const LETTERS: Readonly<Record<TicketClass, string>> = { pay: 'A', business: 'B', booked: 'C', care: 'D' };

/** `A001`: the number that is called out and shown on the wall. */
export function ticketLabel(kind: TicketClass, n: number): string {
  return `${LETTERS[kind]}${String(n).padStart(3, '0')}`;
}

export type Waiting = {
  readonly id: string;
  readonly class: TicketClass;
  readonly n: number;
  readonly issuedAt: Instant;
};

/**
 * Whose turn it is: those who need care first, then those who have an appointment, then by the time they came (ids are
 * made in the order of the tickets and decide within a moment).
 */
export function callOrder<T extends Waiting>(waiting: readonly T[]): readonly T[] {
  return waiting.toSorted(
    (a, b) => rank(a.class) - rank(b.class) || a.issuedAt - b.issuedAt || (a.id < b.id ? -1 : 1),
  );
}

/** Minutes that one of each class takes: today's mean where some were served, else the limit of the handbook. */
export type MinutesEach = Readonly<Record<TicketClass, number>>;

/** Whole minutes until whoever stands behind these is called, with so many windows at work (at least one). */
export function estimateWait(ahead: readonly TicketClass[], each: MinutesEach, windows: number): number {
  const minutes = ahead.reduce((sum, kind) => sum + each[kind], 0);
  return Math.ceil(minutes / Math.max(1, windows));
}

export type Served = {
  readonly class: TicketClass;
  readonly issuedAt: Instant;
  readonly calledAt: Instant | null;
  readonly servingAt: Instant | null;
  readonly endedAt: Instant | null;
};

/** The day in figures, with the numbers they are made of (R105, R106); means in minutes, null where nothing was counted. */
export type QueueFigures = {
  readonly called: number;
  readonly meanWait: number | null;
  readonly longestWait: number | null;
  readonly served: Readonly<
    Record<TicketClass, { readonly count: number; readonly mean: number | null; readonly over: number }>
  >;
};

export function queueFigures(tickets: readonly Served[], limits: MinutesEach): QueueFigures {
  const waits = tickets.flatMap((one) =>
    one.calledAt === null ? [] : [(one.calledAt - one.issuedAt) / MINUTE],
  );
  const of = (kind: TicketClass) => {
    const minutes = tickets
      .filter((one) => one.class === kind)
      .flatMap(({ servingAt, endedAt }) =>
        servingAt === null || endedAt === null ? [] : [(endedAt - servingAt) / MINUTE],
      );
    return {
      count: minutes.length,
      mean: mean(minutes),
      over: minutes.filter((m) => m > limits[kind]).length,
    };
  };
  return {
    called: waits.length,
    meanWait: mean(waits),
    longestWait: waits.length === 0 ? null : Math.max(...waits),
    served: { pay: of('pay'), business: of('business'), booked: of('booked'), care: of('care') },
  };
}

function rank(kind: TicketClass): number {
  return kind === 'care' ? 0 : kind === 'booked' ? 1 : 2;
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

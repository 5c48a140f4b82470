import { type Static, Type } from 'typebox';
import type { QueueFigures, TicketClass } from './domain/index.ts';

const closed = { additionalProperties: false };

const ticketClassSchema = Type.Unsafe<TicketClass>(Type.Enum(['pay', 'business', 'booked', 'care']));
export const issueSchema = Type.Object({ class: ticketClassSchema }, closed);
export const windowSchema = Type.Object({ window: Type.Integer({ minimum: 1, maximum: 99 }) }, closed);
export const ticketEndSchema = Type.Object(
  { outcome: Type.Unsafe<'served' | 'no-show'>(Type.Enum(['served', 'no-show'])) },
  closed,
);

export type Issue = Static<typeof issueSchema>;

type TicketView = {
  readonly id: string;
  readonly label: string;
  readonly class: TicketClass;
  readonly issuedAt: number;
};

export type Issued = { readonly label: string; readonly ahead: number; readonly waitMinutes: number };

export type QueueView = {
  readonly hall: string;
  readonly day: string;
  readonly waiting: readonly TicketView[];
  /** The ticket that I called and have not ended. */
  readonly inHand:
    | (TicketView & {
        readonly state: 'called' | 'serving';
        readonly calledAt: number;
        readonly calls: number;
      })
    | null;
  readonly windows: readonly { readonly window: number; readonly clerk: string; readonly label: string }[];
  readonly waitMinutes: number;
  readonly figures: QueueFigures;
  /** Limits that the figures are held against: R105 is a promise, R106 another company's practice, for comparison. */
  readonly limits: {
    readonly pay: number;
    readonly business: number;
    readonly reference: number | null;
  };
};

/** What hangs on the wall: numbers only. */
export type HallScreen = {
  readonly hall: string;
  readonly company: string;
  readonly at: number;
  /** Called and being served, the newest first. */
  readonly calling: readonly {
    readonly label: string;
    readonly window: number;
    readonly at: number;
    /** Called again it is a second sound. */
    readonly calls: number;
  }[];
  /** Who comes next, in this order. */
  readonly next: readonly string[];
  readonly waiting: readonly {
    readonly class: TicketClass;
    readonly count: number;
    readonly waitMinutes: number;
  }[];
  /** Results that can be fetched: the last digits of the case, and where. */
  readonly ready: readonly { readonly digits: string; readonly window: number | null }[];
};

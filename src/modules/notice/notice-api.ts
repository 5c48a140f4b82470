import { type Static, Type } from 'typebox';
import type { QueueState } from './domain/index.ts';

type LocalText = { readonly zh: string; readonly en: string };

/** So many messages are marked as read at once. */
export const MOST_READ = 1000;

export type BellItem = {
  /** One, or those that a digest stands for. */
  readonly ids: readonly string[];
  readonly name: LocalText;
  readonly text: LocalText;
  readonly at: number;
  readonly read: boolean;
  /** What a click opens: a case; of a digest the list of what is late, or will be this week, or the page of open repairs; null: nothing. */
  readonly caseId: string | null;
  /** The household it is about, where it is about no case. */
  readonly householdId: string | null;
  /** The planned outage it is about. */
  readonly planId: string | null;
  /** The unexplained outage it is about. */
  readonly alarmId: string | null;
  readonly list: 'late' | 'week' | 'repairs' | null;
};

export type Bell = { readonly unread: number; readonly items: readonly BellItem[] };

/** Null: everything. */
export const readSchema = Type.Object(
  { ids: Type.Union([Type.Array(Type.String({ format: 'uuid' }), { maxItems: MOST_READ }), Type.Null()]) },
  { additionalProperties: false },
);
export type ReadBody = { readonly ids: readonly string[] | null };

export const queueActionSchema = Type.Object({}, { additionalProperties: false });

export type QueueItem = {
  readonly id: string;
  readonly channel: 'sms' | 'mail';
  readonly name: LocalText;
  /** Masked; null: not for this reader to see, or nobody could be reached. */
  readonly receiver: string | null;
  readonly state: QueueState;
  readonly attempts: number;
  /** A code: what went wrong last. */
  readonly fault: string | null;
  readonly runAt: number;
  readonly nextTryAt: number | null;
  readonly createdAt: number;
  readonly sentAt: number | null;
  /** By the gateway's receipt: the phone has it, or never got it. */
  readonly deliveredAt: number | null;
  readonly undeliveredAt: number | null;
  /** What the demo's gateway would have sent; null in a real company. */
  readonly demoText: string | null;
};

export type Gateway = {
  readonly channel: 'sms' | 'mail';
  /** `demo`: nothing leaves the house; `none`: not set up, messages wait. */
  readonly mode: 'real' | 'demo' | 'none';
  readonly downSince: number | null;
};

export type Queue = {
  readonly gateways: readonly Gateway[];
  /** Those sent or withdrawn: of the last 24 hours. */
  readonly counts: Readonly<Record<QueueState, number>>;
  readonly items: readonly QueueItem[];
  readonly next: string | null;
};

export const ownMailSchema = Type.Object(
  {
    email: Type.Union([
      Type.String({ pattern: '^[^\\s@<>,;:"]+@[^\\s@<>,;:"]+$', maxLength: 120 }),
      Type.Null(),
    ]),
    /** A mail on the morning of a working day says what waits. */
    digest: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type OwnMail = Static<typeof ownMailSchema>;

import { Type } from 'typebox';
import { type FinishBody, fieldSaid, type StepForm } from './case-api.ts';
import type { LocalName } from './case-words-api.ts';
import { instantSchema, seqSchema } from '#platform/http/schemas.ts';

const closed = { additionalProperties: false } as const;
const uuid = Type.String({ format: 'uuid' });

export const pauseSchema = Type.Object(
  {
    seq: seqSchema,
    reason: Type.String({ minLength: 1, maxLength: 60 }),
    evidence: Type.Enum(['recording', 'message', 'paper', 'photo', 'record']),
    /** Until when, in milliseconds; null: until somebody resumes. */
    until: Type.Union([instantSchema, Type.Null()]),
    note: Type.String({ minLength: 2, maxLength: 1000 }),
    ...fieldSaid,
  },
  closed,
);

export const resumeSchema = Type.Object({ seq: seqSchema, pauseId: uuid }, closed);
export const decidePauseSchema = Type.Object(
  { seq: seqSchema, pauseId: uuid, approve: Type.Boolean() },
  closed,
);

export type PauseBody = {
  readonly seq: number;
  readonly reason: string;
  readonly evidence: Evidence;
  readonly until: number | null;
  readonly note: string;
} & Pick<FinishBody, 'occurredAt' | 'enteredFor' | 'files' | 'position'>;

export type Evidence = 'recording' | 'message' | 'paper' | 'photo' | 'record';

/** A stretch of time that counted or did not; `pause` names the reason where it was paused. */
export type LedgerLineView = {
  readonly from: number;
  readonly to: number;
  readonly counted: boolean;
  readonly why: string;
  readonly name: string | null;
  readonly pause: LocalName | null;
};

/** How a deadline was counted, like a bank statement. */
export type ClockLedgerView = {
  readonly id: string;
  readonly limit: string;
  readonly startedAt: number;
  readonly dueAt: number;
  readonly paused: boolean;
  /** What is left when the pause ends. */
  readonly remaining: { readonly unit: 'milliseconds' | 'days'; readonly value: number } | null;
  readonly lines: readonly LedgerLineView[];
  /** Stretches of it that somebody else's step took; `to` null: it still waits. They count, and it is said whose they were. */
  readonly ofOthers: readonly {
    readonly owner: 'customer' | 'dispatch' | 'upper' | 'outside';
    readonly step: LocalName;
    readonly from: number;
    readonly to: number | null;
  }[];
  readonly firings: readonly { readonly percent: number; readonly at: number; readonly noticedAt: number }[];
  /** Deadlines that a calendar or a correction moved. */
  readonly earlier: readonly {
    readonly dueAt: number;
    readonly limit: string;
    readonly movedAt: number;
    readonly kind: 'calendar' | 'correction';
    readonly reason: string;
  }[];
  /** Years of which no notice is known: counted with statutory days or weekends alone. */
  readonly missingYears: readonly number[];
};

type Allowed = { readonly allowed: boolean; readonly reason: string | null };

export type PauseView = {
  readonly id: string;
  readonly reason: LocalName;
  readonly approval: 'none' | 'before' | 'afterwards';
  readonly evidence: Evidence;
  readonly state: 'asked' | 'provisional' | 'standing' | 'rejected' | 'withdrawn';
  readonly from: number | null;
  readonly to: number | null;
  readonly askedBy: string;
  readonly askedAt: number;
  readonly decidedBy: string | null;
  readonly note: string | null;
  readonly clocks: readonly string[];
  readonly actions: readonly (Allowed & { readonly action: 'resume' | 'approve' | 'reject' })[];
};

export type PauseOption = Allowed & {
  readonly id: string;
  readonly name: LocalName;
  readonly approval: 'none' | 'before' | 'afterwards';
  readonly until: 'required' | 'optional';
  readonly evidence: readonly Evidence[];
  /** The clocks that it would stop. */
  readonly clocks: readonly string[];
  /** Their time is over: only a pause from before that, entered late. */
  readonly onlyLate: boolean;
};

export type OrderPauses = {
  readonly pauses: readonly PauseView[];
  readonly options: readonly PauseOption[];
  /** Where work in the field is open: for whom a pause may be entered late; null elsewhere. */
  readonly fieldPeople: StepForm['fieldPeople'];
};

/** A pause that waits for a second person's word. */
export type PendingPause = {
  readonly id: string;
  readonly orderId: string;
  readonly seq: number;
  readonly caseId: string;
  readonly no: string;
  readonly process: LocalName;
  readonly reason: LocalName;
  readonly evidence: Evidence;
  /** `asked`: nothing stopped yet; `provisional`: stopped already. */
  readonly state: 'asked' | 'provisional';
  readonly from: number | null;
  readonly to: number | null;
  readonly askedBy: string;
  readonly askedAt: number;
  readonly note: string | null;
  readonly allowed: boolean;
  readonly refusal: string | null;
};

import type { BeforeOrder } from '#modules/outage/incident-api.ts';
import { type Static, Type } from 'typebox';
import { intakeSchema } from '#modules/case/case-api.ts';

// Request and response schemas of counter, phone and queue. The web app imports the types only.

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** A demand as far as it was typed, and the call it came with. */
const draftContentSchema = Type.Object({ intake: intakeSchema, callId: nullable(uuid) }, closed);

export const saveDraftSchema = Type.Object(
  {
    /** The seq that was read; 0 for a new draft. */
    seq: Type.Integer({ minimum: 0 }),
    content: draftContentSchema,
  },
  closed,
);

export const takeInSchema = Type.Object(
  {
    draftId: nullable(uuid),
    callId: nullable(uuid),
    /** The repair of the same transformer area that this demand is answered by. */
    orderId: Type.Optional(nullable(uuid)),
    intake: intakeSchema,
  },
  closed,
);

export const joinSchema = Type.Object(
  {
    caseId: uuid,
    draftId: nullable(uuid),
    callId: nullable(uuid),
    channel: intakeSchema.properties.channel,
    words: Type.String({ minLength: 1, maxLength: 4000 }),
  },
  closed,
);

export const paperSchema = Type.Object({ paper: Type.String({ minLength: 1, maxLength: 60 }) }, closed);

export const askPaperSchema = Type.Object(
  {
    /** A paper of the process, or what is asked for in words. */
    paper: nullable(Type.String({ minLength: 1, maxLength: 60 })),
    words: nullable(Type.String({ minLength: 2, maxLength: 200 })),
    /** The step that cannot be finished without it; null: the one at work now. */
    until: nullable(Type.String({ minLength: 1, maxLength: 60 })),
  },
  closed,
);

export const nothingSchema = Type.Object({}, closed);

export type DraftContent = Static<typeof draftContentSchema>;
export type SaveDraft = Static<typeof saveDraftSchema>;
export type TakeIn = Static<typeof takeInSchema>;
export type Join = Static<typeof joinSchema>;
export type AskPaper = Static<typeof askPaperSchema>;

type LocalName = { readonly zh: string; readonly en: string };

export type DraftView = {
  readonly id: string;
  readonly seq: number;
  readonly content: DraftContent;
  readonly savedAt: number;
};

export type TakenIn = {
  readonly caseId: string;
  readonly no: string;
  readonly missingPapers: readonly { readonly id: string; readonly until: string }[];
  /** Whoever took it in keeps this number and sees no more of it. */
  readonly closedList: boolean;
};

/** What a household asked of us lately, and what we said. */
export type Standing = {
  readonly open: readonly OpenCase[];
  readonly lastPromise: {
    readonly caseId: string;
    readonly no: string;
    readonly clock: LocalName;
    readonly dueAt: number;
    readonly stoppedAt: number | null;
    readonly state: 'kept' | 'broken' | 'running';
  } | null;
  readonly calls: number;
  /** Over how many days the calls were counted. */
  readonly days: number;
  /** What is known of his supply: an outage above him, or that his meter has supply. */
  readonly supply: BeforeOrder;
  readonly fault: KnownFault | null;
};

export type OpenCase = {
  readonly caseId: string;
  readonly no: string;
  readonly title: LocalName;
  readonly step: LocalName | null;
  readonly acceptedAt: number;
  readonly startedAt: number | null;
  readonly dueAt: number | null;
  /** What the customer was promised; `dueAt` may be the company's own, which is not told him. */
  readonly promisedAt: number | null;
};

/** An open repair in the transformer area of a household. */
export type KnownFault = {
  readonly orderId: string;
  /** Null where the reader may not see the case; the outage itself is no secret. */
  readonly caseId: string | null;
  readonly no: string | null;
  readonly process: string;
  readonly title: LocalName;
  readonly transformer: string;
  readonly since: number;
  readonly cases: number;
  readonly arrivedAt: number | null;
  readonly dueAt: number | null;
};

/** A case that this demand probably repeats. */
export type Repeat = OpenCase & { readonly same: 'household' | 'phone' | 'place'; readonly repeats: number };

/** What may be promised for this business in this area, if it began now. */
export type PromiseLine = {
  readonly limit: string;
  readonly name: LocalName;
  readonly start: string;
  readonly stop: string;
  readonly text: string;
  readonly role: 'company' | 'promise' | 'law' | 'reference';
  readonly dueAt: number;
  readonly source: string;
  readonly confidence: string;
};

export type Receipt = {
  readonly caseId: string;
  readonly no: string;
  readonly title: LocalName;
  readonly summary: string | null;
  readonly acceptedAt: number;
  readonly closed: boolean;
  readonly unit: string;
  readonly firstAsked: string;
  readonly next: readonly {
    readonly step: LocalName;
    readonly what: string;
    readonly unit: string | null;
  }[];
  readonly promises: readonly {
    readonly name: LocalName;
    readonly limit: string;
    readonly dueAt: number;
    readonly state: 'running' | 'paused' | 'met' | 'cancelled';
  }[];
  readonly papers: readonly PaperLine[];
  /** Papers of the process that were neither handed in nor asked for. */
  readonly askable: readonly { readonly id: string; readonly name: LocalName }[];
  /** Where the message with the same words goes, masked; null: nowhere, it is printed or said. */
  readonly told: { readonly channel: 'sms' | 'mail'; readonly to: string } | null;
  /** Steps at work or to come: a paper that is asked for now holds one of them. */
  readonly untilSteps: readonly { readonly id: string; readonly name: LocalName }[];
};

export type PaperLine = {
  readonly id: string;
  readonly name: LocalName;
  readonly until: LocalName | null;
  readonly again: boolean;
  readonly toldAt: number;
  readonly receivedAt: number | null;
};

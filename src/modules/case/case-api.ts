import { type Static, Type } from 'typebox';
import type {
  Band,
  FaultCard,
  OneOfFive,
  ReplyDraft,
  ReplyFacts,
  StepField,
} from '#modules/process/domain/index.ts';
import { seqSchema } from '#platform/http/schemas.ts';
import type { CallOutcome, LocalName } from './case-words-api.ts';
import type { TimelineView } from './timeline-api.ts';

// Request and response schemas of the demand. The web app imports the types only.

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const oneOf = <const T extends readonly string[]>(...values: T) =>
  Type.Unsafe<T[number]>(Type.Enum([...values]));
const value = Type.Union([Type.String({ maxLength: 4000 }), Type.Number(), Type.Boolean()]);

export const stepRefSchema = Type.Object(
  {
    step: Type.String({ maxLength: 60 }),
    caseId: nullable(uuid),
    round: Type.Integer({ minimum: 1, maximum: 1000 }),
  },
  closed,
);

export const intakeSchema = Type.Object(
  {
    channel: oneOf('hall', 'phone', 'web', 'visit', 'letter', 'other'),
    process: nullable(Type.String({ maxLength: 60 })),
    quickItem: nullable(Type.String({ maxLength: 60 })),
    caseType: nullable(Type.String({ maxLength: 8 })),
    householdId: nullable(uuid),
    area: nullable(oneOf('city', 'rural', 'remote')),
    words: Type.String({ maxLength: 4000 }),
    contactName: nullable(Type.String({ maxLength: 60 })),
    contactPhone: nullable(Type.String({ maxLength: 20, pattern: '^[0-9+ -]*$' })),
    place: nullable(Type.String({ maxLength: 200 })),
    accusedUnitId: nullable(uuid),
    mood: oneOf('calm', 'upset', 'furious'),
    escalationRisk: Type.Boolean(),
    anonymous: Type.Boolean(),
    noCallBack: Type.Boolean(),
    papers: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 30 }),
    promiseSigned: Type.Boolean(),
  },
  closed,
);

export const takeSchema = Type.Object({ seq: seqSchema, ref: stepRefSchema }, closed);

/** What is said of something in the field that is entered later, or by somebody else. */
export const fieldSaid = {
  // When it happened, in milliseconds; default now. 代录: for whom it is entered, and why by another.
  occurredAt: Type.Optional(Type.Integer({ minimum: 0, maximum: 8_640_000_000_000 })),
  enteredFor: Type.Optional(
    Type.Object(
      {
        personId: uuid,
        why: oneOf('no-signal', 'device', 'hands-full', 'reported-by-phone', 'off-duty', 'completed'),
      },
      closed,
    ),
  ),
  // What shows that somebody was there: files of the case that he added, or where his device is (degrees, metres).
  files: Type.Optional(Type.Array(uuid, { maxItems: 10, uniqueItems: true })),
  position: Type.Optional(
    Type.Object(
      {
        lat: Type.Number({ minimum: -90, maximum: 90 }),
        lon: Type.Number({ minimum: -180, maximum: 180 }),
        accuracy: Type.Number({ minimum: 0, maximum: 100_000 }),
      },
      closed,
    ),
  ),
};

export const finishSchema = Type.Object(
  {
    seq: seqSchema,
    ref: stepRefSchema,
    outcome: Type.Optional(oneOf('pass', 'fail')),
    values: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), value)),
    checked: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 50 })),
    reply: Type.Optional(Type.Record(Type.String({ maxLength: 40 }), value)),
    /** Why one of the five ones is not kept, where a failed acceptance or "not solved" breaks one. */
    exception: Type.Optional(Type.String({ maxLength: 60 })),
    ...fieldSaid,
  },
  closed,
);

export const returnSchema = Type.Object(
  {
    seq: seqSchema,
    from: stepRefSchema,
    to: Type.String({ maxLength: 60 }),
    reason: Type.String({ minLength: 2, maxLength: 1000 }),
    /** Why one of the five ones is not kept: a reason of the handbook, where the way back breaks one. */
    exception: Type.Optional(Type.String({ maxLength: 60 })),
  },
  closed,
);

export type IntakeBody = Static<typeof intakeSchema>;
export type FinishBody = Static<typeof finishSchema>;

/** What the counter may accept: from the handbook in force. */
export type IntakeCatalogue = {
  readonly quickItems: readonly {
    readonly id: string;
    readonly name: LocalName;
    readonly business: string;
  }[];
  readonly processes: readonly {
    readonly id: string;
    readonly name: LocalName;
    readonly business: LocalName;
    readonly caseTypes: readonly string[];
    readonly needsArea: boolean;
    readonly summary: string;
    readonly papers: readonly { readonly id: string; readonly name: LocalName; readonly until: string }[];
  }[];
  readonly accusable: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[];
};

export type TypeSuggestions = readonly { readonly process: string; readonly why: readonly string[] }[];

export type ClockView = {
  readonly id: string;
  readonly clock: string;
  readonly name: LocalName;
  readonly limit: string;
  readonly role: 'company' | 'promise' | 'law' | 'reference';
  readonly state: 'running' | 'paused' | 'met' | 'cancelled';
  readonly startedAt: number;
  /** While paused: the earliest it could be. */
  readonly dueAt: number;
  readonly stoppedAt: number | null;
  /** When the breach was recorded; it stays. */
  readonly brokenAt: number | null;
  /** Met in time; null until it is met. */
  readonly kept: boolean | null;
  /** When 70 % of the counted time are used up. */
  readonly warnAt: number | null;
  readonly source: string;
  readonly confidence: string;
};

export type StepView = {
  readonly id: string;
  readonly name: LocalName;
  readonly on: 'order' | 'case';
  readonly kind: string;
  readonly what: string;
  readonly how: string;
  readonly byWhen: string;
  readonly state: 'waiting' | 'active' | 'done' | 'skipped' | 'returned';
  readonly round: number;
  readonly unit: string | null;
  readonly holder: string | null;
  readonly x: number;
  readonly y: number;
};

export type ActionView = {
  readonly action: 'take' | 'do' | 'return' | 'handOver' | 'enterFor' | 'reject';
  readonly ref: { readonly step: string; readonly caseId: string | null; readonly round: number };
  readonly allowed: boolean;
  readonly reason: string | null;
  readonly to: readonly string[];
  /** Of a return: which of the five ones a way back breaks; then a reason of the handbook is wanted. */
  readonly breaks: readonly { readonly to: string; readonly ones: readonly OneOfFive[] }[];
};

export type StepForm = {
  readonly step: string;
  readonly acceptance: boolean;
  /** Which of the five ones break when it is not accepted, or the customer says "not solved"; then a reason is wanted. */
  readonly breaks: readonly OneOfFive[];
  readonly fields: readonly {
    readonly id: string;
    readonly name: LocalName;
    readonly type: 'text' | 'enum' | 'number' | 'instant' | 'boolean';
    readonly required: boolean;
    readonly unit: string | null;
    readonly options: readonly { readonly id: string; readonly name: LocalName }[];
    readonly range?: NonNullable<StepField['range']>;
    readonly band?: Band;
  }[];
  readonly checklist: readonly { readonly id: string; readonly text: string; readonly required: boolean }[];
  readonly replyKind: string | null;
  /** Of a step with a reply: what the record knows, which the reply may not contradict. */
  readonly record: ReplyFacts | null;
  /** What the crew wrote of it in the field, where that did not pass the gate: the office completes it. */
  readonly draft: { readonly reply: ReplyDraft; readonly personId: string | null } | null;
  /** Judged at the complaint desk. */
  readonly judgement: string | null;
  /** Done by sending a crew: who goes is chosen, and nobody is sent by words alone. */
  readonly sendsCrew: boolean;
  readonly risk: { readonly risk: string; readonly control: string } | null;
  /** Of a step that rings the customer: the tries so far, how many at most, and from when the next is allowed. */
  readonly calls: {
    readonly attempts: readonly { readonly at: number; readonly outcome: CallOutcome; readonly by: string }[];
    readonly most: number;
    readonly notBefore: number | null;
  } | null;
  /** Of a step in the field: for whom it may be entered; null elsewhere. */
  readonly fieldPeople: readonly { readonly id: string; readonly name: string }[] | null;
};

export type CaseView = {
  readonly id: string;
  readonly no: string;
  readonly caseType: LocalName;
  readonly process: LocalName | null;
  readonly quickItem: LocalName | null;
  readonly summary: string | null;
  readonly channel: string;
  readonly state: 'open' | 'closed';
  readonly mood: 'calm' | 'upset' | 'furious';
  readonly escalationRisk: boolean;
  readonly householdId: string | null;
  readonly firstAsked: string;
  readonly intakeUnit: string;
  readonly acceptedAt: number;
  readonly closedAt: number | null;
  /** Words, place and contact; the contact is shown because this reader holds an open task or took the case in. */
  readonly words: string | null;
  readonly place: string | null;
  readonly contact: { readonly name: string | null; readonly phone: string | null } | null;
  readonly order: {
    readonly id: string;
    readonly seq: number;
    readonly state: 'open' | 'finished' | 'stopped';
    /** It gives customers their supply back, in groups where they get it apart. */
    readonly restores: boolean;
    readonly steps: readonly StepView[];
    readonly edges: readonly {
      readonly from: string;
      readonly to: string;
      readonly kind: 'next' | 'return';
    }[];
    readonly actions: readonly ActionView[];
    readonly forms: readonly StepForm[];
    /** Which of the five ones break when the case is opened again. */
    readonly reopenBreaks: readonly OneOfFive[];
    /** Why one of the five ones may be broken, to choose from; empty where the process is not judged by them. */
    readonly onesReasons: readonly {
      readonly id: string;
      readonly name: LocalName;
      readonly ones: readonly OneOfFive[];
      /** Counts only when the customer is told, which the program does. */
      readonly excuse: boolean;
    }[];
    /** The card of the typical fault that was found; before that, those the customer's words speak for. */
    readonly faultCards: { readonly found: boolean; readonly cards: readonly FaultCard[] };
  } | null;
  readonly clocks: readonly ClockView[];
  readonly timeline: readonly TimelineView[];
};

/** The steps of a case's order as they go on paper. */
export type CasePaper = {
  readonly steps: readonly {
    readonly id: string;
    readonly name: LocalName;
    readonly post: LocalName;
    readonly what: string;
    readonly how: string;
    readonly done: boolean;
    readonly checks: readonly string[];
    readonly fields: readonly {
      readonly name: LocalName;
      readonly type: StepField['type'];
      readonly unit: string | null;
      readonly options: readonly LocalName[];
    }[];
  }[];
};

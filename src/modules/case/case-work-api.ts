import { type Static, Type } from 'typebox';
import { stepRefSchema } from './case-api.ts';
import { instantSchema, seqSchema } from '#platform/http/schemas.ts';

// What people do with a case beside its steps: hand over, ask, urge, call back, link, end.

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const oneOf = <const T extends readonly string[]>(...values: T) =>
  Type.Unsafe<T[number]>(Type.Enum([...values]));
const words = Type.String({ minLength: 2, maxLength: 1000 });

export const handOverSchema = Type.Object(
  {
    orderId: uuid,
    seq: seqSchema,
    ref: stepRefSchema,
    toUnitId: uuid,
    toPost: Type.String({ maxLength: 60 }),
    toPersonId: nullable(uuid),
    reason: words,
  },
  closed,
);
/** 退单: one of three reasons (domain-rules §3.5), with words. */
export const rejectSchema = Type.Object(
  {
    orderId: uuid,
    seq: seqSchema,
    ref: stepRefSchema,
    reason: Type.Unsafe<'wrong-unit' | 'key-data-missing' | 'not-utility-business'>(
      Type.Enum(['wrong-unit', 'key-data-missing', 'not-utility-business']),
    ),
    words,
  },
  closed,
);
/** Hours within which the department answers: half a day to three days. */
export const askSchema = Type.Object(
  {
    unitId: uuid,
    question: words,
    hours: Type.Integer({ minimum: 1, maximum: 72 }),
    /** 督办: only the control centre and the leaders. */
    kind: oneOf('joint', 'supervision'),
  },
  closed,
);
/** 督办 of several cases at once; without a unit each is asked of the unit whose work it waits for. */
export const superviseSchema = Type.Object(
  {
    caseIds: Type.Array(uuid, { minItems: 1, maxItems: 50, uniqueItems: true }),
    unitId: nullable(uuid),
    question: words,
    hours: Type.Integer({ minimum: 1, maximum: 72 }),
  },
  closed,
);
export const answerSchema = Type.Object({ answer: words }, closed);
export const urgeSchema = Type.Object({ words }, closed);
export const noteSchema = Type.Object({ words }, closed);
export const linkSchema = Type.Object({ orderId: uuid }, closed);
export const unlinkSchema = Type.Object({ reason: words }, closed);
export const endSchema = Type.Object({ kind: oneOf('stopped', 'withdrawn'), reason: words }, closed);
export const decideSchema = Type.Object({ approve: Type.Boolean() }, closed);
export const reopenSchema = Type.Object(
  {
    reason: words,
    /** Why one of the five ones is not kept, where opening it again breaks one. */
    exception: Type.Optional(Type.String({ maxLength: 60 })),
  },
  closed,
);
export const callSchema = Type.Object(
  {
    outcome: oneOf('reached', 'no-answer', 'wrong-number', 'declined'),
    words: nullable(Type.String({ minLength: 1, maxLength: 1000 })),
  },
  closed,
);

/** `dueAt` in milliseconds; the end of the promised day. */
export const commitSchema = Type.Object({ words, unitId: uuid, dueAt: instantSchema }, closed);
export const moveSchema = Type.Object({ dueAt: instantSchema, reason: words }, closed);
export const keepSchema = Type.Object({ outcome: oneOf('kept', 'withdrawn'), words }, closed);

export type CommitBody = Static<typeof commitSchema>;
export type HandOverBody = Static<typeof handOverSchema>;
export type RejectBody = Static<typeof rejectSchema>;
export type AskBody = Static<typeof askSchema>;
export type SuperviseBody = Static<typeof superviseSchema>;
export type CallBody = Static<typeof callSchema>;

/** Somewhere that work can be handed over to, or a department that can be asked. */
export type UnitChoice = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly posts: readonly {
    readonly id: string;
    readonly name: { readonly zh: string; readonly en: string };
  }[];
};

export type JointRequest = {
  readonly id: string;
  readonly kind: 'joint' | 'supervision' | 'decision';
  readonly unit: string;
  readonly askedBy: string;
  readonly askedAt: number;
  readonly dueAt: number;
  readonly state: 'open' | 'answered' | 'withdrawn';
  readonly question: string | null;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly mine: boolean;
};

export type RelatedCase = {
  readonly id: string;
  readonly no: string;
  readonly caseType: { readonly zh: string; readonly en: string };
  readonly state: 'open' | 'closed';
  readonly acceptedAt: number;
  /** Why it is shown: the same order, household, or transformer area within two months. */
  readonly why: 'order' | 'household' | 'area';
  readonly orderId: string | null;
  /** This case could join that order: same process, open, and not its own. */
  readonly mayJoin: boolean;
};

/** Everything about a case beside its steps. */
export type CaseWork = {
  readonly urged: number;
  readonly reopened: number;
  readonly supervision: number;
  readonly endedAs: 'stopped' | 'withdrawn' | null;
  readonly handovers: readonly {
    readonly id: string;
    readonly step: string;
    readonly to: string;
    readonly toPost: string;
    readonly toPerson: string | null;
    readonly dueAt: number;
    readonly state: 'offered' | 'accepted' | 'bounced';
    readonly reason: string | null;
    /** Offered to me by name: taking the step accepts it. */
    readonly mine: boolean;
  }[];
  readonly joint: readonly JointRequest[];
  readonly related: readonly RelatedCase[];
  readonly endRequest: {
    readonly id: string;
    readonly kind: 'stopped' | 'withdrawn';
    readonly askedBy: string;
    readonly reason: string | null;
    /** Somebody else than who asked, on a post that may decide. */
    readonly mayDecide: boolean;
  } | null;
  readonly owedCalls: readonly OwedCall[];
  readonly commitments: readonly Commitment[];
  /** May supervise: the control centre and the leaders. */
  readonly maySupervise: boolean;
  /** Others hang on the same order: it can be taken off. */
  readonly mayUnlink: boolean;
  readonly mayReopen: boolean;
};

export type Commitment = {
  readonly id: string;
  readonly caseId: string;
  readonly caseNo: string;
  readonly words: string | null;
  readonly unit: string;
  readonly dueAt: number;
  readonly madeAt: number;
  readonly madeBy: string;
  readonly moved: number;
  readonly state: 'open' | 'kept' | 'broken' | 'withdrawn';
  readonly mine: boolean;
  readonly late: boolean;
};

/** A call that we owe: to the customer of a case, or to whoever was cut off or rang in vain (`callId`). */
export type OwedCall = {
  readonly id: string;
  readonly callId: string | null;
  /** Of a lost call: the case that it was about, where there is one. */
  readonly caseId: string | null;
  readonly caseNo: string | null;
  readonly reason: 'dissatisfied' | 'not-solved-again' | 'promised' | 'dropped' | 'missed';
  readonly owedAt: number;
  readonly dueAt: number;
  readonly attempts: number;
  readonly phone: string | null;
  /** From when one may ring (R109); null: now. */
  readonly notBefore: number | null;
};

/** What became of a supervision of several cases. */
export type Supervised = {
  readonly asked: number;
  /** Those that were not: the refusal code of each. */
  readonly refused: readonly { readonly caseNo: string; readonly why: string }[];
};

/** A question that waits for my unit. */
export type JointOfUnit = {
  readonly id: string;
  readonly kind: JointRequest['kind'];
  readonly caseId: string;
  readonly caseNo: string;
  readonly askedBy: string;
  readonly askedAt: number;
  readonly dueAt: number;
  readonly question: string | null;
};

export type WorkBeside = { readonly joint: readonly JointOfUnit[]; readonly calls: readonly OwedCall[] };

import { type Static, Type } from 'typebox';
import {
  type AffectedKind,
  ANSWER_REASONS,
  type AnswerReason,
  type ApprovalWay,
  type CustomerAnswer,
  ANSWERS,
  PLAN_KINDS,
  PLAN_REASONS,
  type PlanDue,
  type PlanKind,
  type PlanReason,
  type PlanStage,
  type RepeatFinding,
  type TellingCause,
  type TellingDecision,
  type TellingTarget,
} from './domain/index.ts';
import { instantSchema as instant, seqSchema as seq } from '#platform/http/schemas.ts';

// Planned outages: request and response schemas. The web app imports the types only.

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });
const words = Type.String({ minLength: 2, maxLength: 300 });
const deviceIds = Type.Array(uuid, { minItems: 1, maxItems: 50, uniqueItems: true });

export const draftPlanSchema = Type.Object(
  {
    kind: Type.Unsafe<PlanKind>(Type.Enum([...PLAN_KINDS])),
    reason: Type.Unsafe<PlanReason>(Type.Enum([...PLAN_REASONS])),
    work: words,
    from: instant,
    until: instant,
    traffic: Type.Boolean(),
    deviceIds,
  },
  closed,
);
export type DraftPlan = Static<typeof draftPlanSchema>;

export const seqSchema = Type.Object({ seq }, closed);
export const submitSchema = Type.Object({ seq, meeting: Type.Boolean() }, closed);
export const approveSchema = Type.Object(
  { seq, way: Type.Unsafe<'meeting' | 'approval'>(Type.Enum(['meeting', 'approval'])) },
  closed,
);
export const overrideSchema = Type.Object({ seq, reason: words }, closed);
export const moveSchema = Type.Object({ seq, from: instant, until: instant, reason: words }, closed);
export const reasonSchema = Type.Object({ seq, reason: words }, closed);
export const startSchema = Type.Object({ seq, at: Type.Optional(instant) }, closed);
export const extendSchema = Type.Object({ seq, until: instant, reason: words }, closed);
export const answerSchema = Type.Object(
  {
    /** Null: was contacted, and did not answer. */
    answer: Type.Union([Type.Unsafe<CustomerAnswer>(Type.Enum([...ANSWERS])), Type.Null()]),
    reason: Type.Optional(Type.Unsafe<AnswerReason>(Type.Enum([...ANSWER_REASONS]))),
    windowFrom: Type.Optional(instant),
    windowTo: Type.Optional(instant),
  },
  closed,
);
export type AnswerBody = Static<typeof answerSchema>;
export const devicesSchema = Type.Object({ seq, deviceIds }, closed);
export const authoritySchema = Type.Object(
  { seq, reference: Type.String({ minLength: 2, maxLength: 80 }) },
  closed,
);
export const decideTellingSchema = Type.Object({ reason: words }, closed);
export const toldSchema = Type.Object({ receipt: Type.Boolean() }, closed);

type LocalName = { readonly zh: string; readonly en: string };

/** One bar of the week board. */
export type PlanBrief = {
  readonly id: string;
  readonly no: string;
  readonly kind: PlanKind;
  readonly stage: PlanStage;
  readonly from: number;
  readonly until: number;
  readonly households: number;
  readonly work: string;
};

/** With the moment that binds it next; null: nothing runs. */
export type OpenPlan = PlanBrief & { readonly due: PlanDue | null };

export type PlanBoard = {
  readonly from: number;
  readonly to: number;
  readonly mayDraft: boolean;
  readonly feeders: readonly {
    readonly id: string | null;
    readonly name: string;
    readonly plans: readonly PlanBrief[];
  }[];
  /** Not closed, wherever in time: what waits for somebody, what is due next first. */
  readonly open: readonly OpenPlan[];
};

type PlanLedger = readonly {
  readonly from: number;
  readonly to: number;
  readonly counted: boolean;
  readonly why: string;
}[];

/** A moment that the law or the company sets before the start. */
type PlanDeadline = {
  readonly limitId: string;
  readonly name: LocalName;
  readonly text: string;
  readonly source: string;
  readonly confidence: string;
  readonly dueAt: number;
  readonly metAt: number | null;
  readonly ledger: PlanLedger;
};

export type PlanAction =
  | 'compute'
  | 'devices'
  | 'authority'
  | 'ask'
  | 'submit'
  | 'approve'
  | 'override'
  | 'announce'
  | 'move'
  | 'cancel'
  | 'start'
  | 'extend'
  | 'restore'
  | 'close';

type PlanBlockView = {
  readonly code: string;
  readonly detail: Readonly<Record<string, string | number>>;
  readonly overridable: boolean;
};

export type PlanView = OpenPlan & {
  readonly seq: number;
  readonly reason: PlanReason;
  readonly traffic: boolean;
  readonly draftedBy: string;
  readonly draftedAt: number;
  readonly computedAt: number | null;
  readonly keeping: number;
  readonly meetsOn: string | null;
  readonly approvedBy: string | null;
  readonly approvedAt: number | null;
  readonly approvedWay: ApprovalWay | null;
  readonly overrideReason: string | null;
  /** 主管部门: the number of its paper, and when it was recorded. */
  readonly authorityRef: string | null;
  readonly authorityAt: number | null;
  readonly announcedAt: number | null;
  readonly firstUntil: number | null;
  readonly startedAt: number | null;
  readonly restoredAt: number | null;
  readonly closedAt: number | null;
  readonly cancelledAt: number | null;
  readonly devices: readonly {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly feeder: string | null;
    readonly open: boolean;
  }[];
  readonly transformers: number;
  readonly kinds: readonly { readonly kind: AffectedKind; readonly dark: number; readonly keeping: number }[];
  readonly repeat: readonly RepeatFinding[];
  readonly protectedBy: readonly {
    readonly name: LocalName;
    readonly source: string;
    readonly confidence: string;
  }[];
  readonly consultations: readonly ConsultationView[];
  readonly tellings: readonly TellingSummary[];
  readonly byHand: readonly TellingByHand[];
  readonly deadlines: readonly PlanDeadline[];
  /** What the person who reads may do now, the next step first; the blocks of the next step say why it cannot be done. */
  readonly actions: readonly PlanAction[];
  readonly next: PlanAction | null;
  readonly blocks: readonly PlanBlockView[];
  readonly mayAnswer: boolean;
  readonly mayTell: boolean;
  /** The deputy manager: may go on without somebody whom the message did not reach. */
  readonly mayGoOn: boolean;
  readonly events: readonly {
    readonly seq: number;
    readonly type: string;
    readonly at: number;
    readonly by: string | null;
    readonly data: Readonly<Record<string, string | number | boolean | null>>;
    readonly reason: string | null;
  }[];
};

export type ConsultationView = {
  readonly householdId: string;
  readonly name: string;
  readonly accountNo: string;
  readonly important: boolean;
  readonly kinds: readonly AffectedKind[];
  readonly manager: string | null;
  readonly mine: boolean;
  readonly askedAt: number;
  readonly dueAt: number;
  readonly contacts: number;
  readonly contactedAt: number | null;
  /** `informed`: reached in vain often enough, which is not agreement. */
  readonly state: CustomerAnswer | 'waiting' | 'informed';
  readonly reason: AnswerReason | null;
  readonly windowFrom: number | null;
  readonly windowTo: number | null;
  readonly answeredAt: number | null;
};

/** Tellings of one cause and target, with what became of them. */
export type TellingSummary = {
  readonly cause: TellingCause;
  readonly target: TellingTarget;
  readonly way: string;
  readonly round: number;
  readonly count: number;
  readonly told: number;
  readonly late: number;
  readonly sent: number;
  readonly failed: number;
  readonly receipts: number;
  readonly dueAt: number | null;
};

/** One that somebody must do himself, or take the receipt of. */
export type TellingByHand = {
  readonly id: string;
  readonly cause: TellingCause;
  readonly target: TellingTarget;
  readonly way: string;
  readonly name: string;
  readonly accountNo: string | null;
  readonly dueAt: number | null;
  readonly toldAt: number | null;
  readonly receiptAt: number | null;
  /** What became of the message; null where none was sent. */
  readonly message: 'waiting' | 'sent' | 'failed' | null;
  /** Somebody must decide: told in person, or gone on without. */
  readonly open: boolean;
  readonly decision: TellingDecision | null;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly decisionReason: string | null;
};

export type PlanHouseholds = {
  readonly total: number;
  readonly households: readonly {
    readonly id: string;
    readonly accountNo: string;
    readonly name: string;
    readonly place: string;
    readonly kinds: readonly AffectedKind[];
    readonly keepsSupply: boolean;
  }[];
};

/** What is posted on the wall, and the list that a village gets. */
export type PlanNotice = {
  readonly company: string;
  readonly no: string;
  readonly kind: PlanKind;
  readonly stage: PlanStage;
  readonly from: number;
  readonly until: number;
  readonly reason: PlanReason;
  readonly work: string;
  readonly announcedAt: number | null;
  readonly feeders: readonly string[];
  readonly villages: readonly {
    readonly code: string;
    readonly town: string;
    readonly name: string;
    readonly transformers: readonly string[];
    readonly households: number;
  }[];
};

/** What is said to whoever calls from a household about an announced outage. */
export type PlannedFor = {
  readonly id: string;
  readonly no: string;
  readonly from: number;
  readonly until: number;
  readonly underway: boolean;
};

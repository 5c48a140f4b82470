import { type Static, Type } from 'typebox';
import type { LocalName } from '#modules/case/case-words-api.ts';
import { seqSchema } from '#platform/http/schemas.ts';

// Request and response schemas of the complaint desk. The web app imports the types only.

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const oneOf = <const T extends readonly string[]>(...values: T) =>
  Type.Unsafe<T[number]>(Type.Enum([...values]));
const words = Type.String({ minLength: 2, maxLength: 2000 });

/** A judgement is the end of a step: which round of it, and what the page knew of the order. */
const judged = { seq: seqSchema, round: Type.Integer({ minimum: 1, maximum: 1000 }) };

const level = ['none', 'city', 'provincial', 'national'] as const;

export const gradeSchema = Type.Object(
  {
    ...judged,
    complaintClass: oneOf('service', 'business', 'outage', 'quality', 'building'),
    passedOnBy: oneOf(...level, 'state'),
    media: oneOf(...level),
    mayCauseMassIncident: Type.Boolean(),
    seriousOpinionRisk: Type.Boolean(),
    injury: Type.Boolean(),
    threatensGovernmentOrMedia: Type.Boolean(),
    /** Beside what the record knows of earlier complaints. */
    repeatedComplaint: Type.Boolean(),
  },
  closed,
);

const verdict = oneOf('founded', 'partly', 'unfounded');
const liability = oneOf('none', 'unit', 'person', 'outside');

export const verdictSchema = Type.Object(
  {
    ...judged,
    verdict,
    liability: nullable(liability),
    liableUnitId: nullable(uuid),
    /** Facts and grounds as the liable unit reads them; nothing that tells who complained. */
    grounds: words,
  },
  closed,
);

export const appealDecisionSchema = Type.Object(
  {
    ...judged,
    result: oneOf('upheld', 'changed'),
    /** What the verdict becomes where it is changed. */
    verdict: nullable(verdict),
    liability: nullable(liability),
    /** Null: the unit that appealed stays liable, where anyone is. */
    liableUnitId: nullable(uuid),
    grounds: words,
  },
  closed,
);

export const appealSchema = Type.Object({ words }, closed);

export const keepAwaySchema = Type.Object(
  {
    /** Null: I myself. */
    personId: nullable(uuid),
    kind: oneOf('recused', 'accused-person'),
    reason: words,
  },
  closed,
);

export const letBackSchema = Type.Object({ personId: uuid, reason: words }, closed);

export const reclassifySchema = Type.Object({ to: oneOf('YJ'), reason: words }, closed);
export const decideReclassificationSchema = Type.Object({ approve: Type.Boolean(), words }, closed);
export const noBodySchema = Type.Object({}, closed);

export type GradeBody = Static<typeof gradeSchema>;
export type VerdictBody = Static<typeof verdictSchema>;
export type AppealDecisionBody = Static<typeof appealDecisionSchema>;
export type KeepAwayBody = Static<typeof keepAwaySchema>;
export type LetBackBody = Static<typeof letBackSchema>;
export type ReclassifyBody = Static<typeof reclassifySchema>;
export type DecideReclassificationBody = Static<typeof decideReclassificationSchema>;

export type VerdictKind = VerdictBody['verdict'];
export type LiabilityKind = NonNullable<VerdictBody['liability']>;
export type ComplaintClass = GradeBody['complaintClass'];
export type Grade = 'general' | 'important' | 'major' | 'special';

/** One limit of a complaint as a bar: contact, the county's answer, the promised one, the law's. */
export type DeskClock = {
  readonly clock: string;
  readonly name: LocalName;
  readonly limit: string;
  readonly role: 'company' | 'promise' | 'law' | 'reference';
  readonly state: 'running' | 'paused' | 'met' | 'cancelled';
  readonly startedAt: number;
  readonly warnAt: number | null;
  readonly dueAt: number;
  readonly stoppedAt: number | null;
};

export type DeskRow = {
  readonly id: string;
  readonly no: string;
  readonly caseType: LocalName;
  readonly state: 'open' | 'closed';
  readonly acceptedAt: number;
  readonly grade: Grade | null;
  readonly complaintClass: ComplaintClass | null;
  readonly accusedUnit: string | null;
  readonly steps: readonly LocalName[];
  readonly supervision: number;
  readonly dutiesOpen: number;
  readonly verdict: VerdictKind | null;
  readonly appealed: boolean;
  readonly reclassification: 'asked' | 'approved' | 'refused' | null;
  readonly clocks: readonly DeskClock[];
};

export type DeskPage = {
  readonly rows: readonly DeskRow[];
  readonly next: string | null;
  readonly total: number;
  readonly capped: boolean;
};

/** A step that is judged here: whether I may take it, whether I may judge, and if not, why. */
export type JudgementView = {
  readonly judgement: 'grade' | 'verdict' | 'appeal';
  readonly step: LocalName;
  readonly how: string;
  readonly unit: string | null;
  readonly holder: string | null;
  readonly ref: { readonly step: string; readonly caseId: string | null; readonly round: number };
  readonly mayTake: boolean;
  readonly mayJudge: boolean;
  /** A refusal code. */
  readonly reason: string | null;
};

export type DutyView = {
  readonly id: string;
  readonly duty: string;
  readonly post: LocalName;
  readonly owedAt: number;
  readonly dueAt: number;
  readonly doneAt: number | null;
  readonly doneBy: string | null;
};

export type VerdictView = {
  readonly id: string;
  readonly verdict: VerdictKind;
  readonly liability: LiabilityKind;
  readonly liableUnit: string | null;
  readonly grounds: string | null;
  readonly givenBy: string;
  readonly givenAt: number;
  readonly standing: boolean;
  readonly appeal: {
    readonly unit: string;
    readonly askedAt: number;
    readonly words: string | null;
    readonly result: 'upheld' | 'changed' | null;
    readonly decidedBy: string | null;
    readonly decidedAt: number | null;
    readonly grounds: string | null;
  } | null;
};

export type ReclassificationView = {
  readonly id: string;
  readonly from: LocalName;
  readonly to: LocalName;
  readonly askedBy: string;
  readonly askedAt: number;
  readonly reason: string | null;
  readonly state: 'asked' | 'approved' | 'refused';
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly words: string | null;
  /** Null: I may decide; else the refusal code why not. Only of one that is asked. */
  readonly mayNot: string | null;
};

export type ComplaintView = {
  readonly id: string;
  readonly no: string;
  readonly caseType: LocalName;
  readonly state: 'open' | 'closed';
  readonly acceptedAt: number;
  readonly accusedUnit: string | null;
  readonly intakeUnit: string;
  readonly supervision: number;
  readonly order: { readonly id: string; readonly seq: number } | null;
  readonly steps: readonly {
    readonly name: LocalName;
    readonly unit: string | null;
    readonly holder: string | null;
  }[];
  readonly clocks: readonly DeskClock[];
  /** Complaints of this customer within the span of a repeat, this one included (R037). */
  readonly complaints: { readonly count: number; readonly limit: number };
  /** He said so when the complaint was taken in: ticked beforehand where it is graded. */
  readonly mayEscalate: boolean;
  readonly grade: {
    readonly grade: Grade;
    readonly complaintClass: ComplaintClass;
    readonly reasons: readonly string[];
    readonly by: string;
    readonly at: number;
  } | null;
  readonly duties: readonly DutyView[];
  readonly verdicts: readonly VerdictView[];
  readonly keptAway: readonly {
    /** The person or the unit. */
    readonly who: string;
    readonly name: string;
    readonly kind: 'recused' | 'accused-person' | 'liable-unit';
    readonly reason: string | null;
    readonly at: number;
    /** I imposed it, or stand above: I may end it. */
    readonly mayLetBack: boolean;
  }[];
  readonly reclassifications: readonly ReclassificationView[];
  readonly mayReclassify: boolean;
  readonly judgements: readonly JudgementView[];
};

/** Everything that the liable unit is told: enough to accept or appeal, and nothing of who complained. */
export type LiabilityNotice = {
  readonly id: string;
  readonly complaintClass: ComplaintClass | null;
  readonly verdict: VerdictKind;
  readonly liability: LiabilityKind;
  readonly unit: string;
  readonly grounds: string | null;
  readonly givenAt: number;
  readonly standing: boolean;
  /** Null: may be appealed now; else the refusal code why not. */
  readonly mayNot: string | null;
  readonly appeal: {
    readonly askedAt: number;
    readonly words: string | null;
    readonly result: 'upheld' | 'changed' | null;
    readonly decidedAt: number | null;
    readonly grounds: string | null;
  } | null;
};

/** For the choices of the desk. */
export type PersonOption = { readonly id: string; readonly name: string; readonly unit: string };

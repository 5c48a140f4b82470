import { type Static, Type } from 'typebox';
import type { Evaluation } from '#modules/case/domain/index.ts';
import type { CaseMessage } from '#modules/notice/domain/index.ts';

/** The last four digits of the phone that the case was given with. */
const digits = Type.String({ pattern: '^\\d{4}$' });

export const wordsSchema = Type.Object(
  { digits, words: Type.String({ minLength: 1, maxLength: 1000 }) },
  { additionalProperties: false },
);
export type WordsBody = Static<typeof wordsSchema>;

export const evaluationSchema = Type.Object(
  {
    solved: Type.Boolean(),
    /** Only where it is solved. */
    satisfied: Type.Boolean(),
    words: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  { additionalProperties: false },
);
export type EvaluationBody = Static<typeof evaluationSchema>;

/** As a gateway passes a customer's reply on. */
export const replySchema = Type.Object(
  {
    from: Type.String({ pattern: '^\\+?[\\d -]{5,20}$' }),
    text: Type.String({ maxLength: 2000 }),
    /** The gateway's number of the reply: the same one twice is one. */
    id: Type.String({ minLength: 1, maxLength: 80 }),
  },
  { additionalProperties: false },
);
export type ReplyBody = Static<typeof replySchema>;

/** What the gateway says became of an SMS; `id` is the number that we gave it. */
export const receiptSchema = Type.Object(
  { id: Type.String({ format: 'uuid' }), delivered: Type.Boolean() },
  { additionalProperties: false },
);
export type ReceiptBody = Static<typeof receiptSchema>;

export const languageSchema = Type.Object(
  { language: Type.Unsafe<'zh' | 'en'>(Type.Enum(['zh', 'en'])) },
  { additionalProperties: false },
);
export type LanguageBody = Static<typeof languageSchema>;

export const stillDarkSchema = Type.Object({}, { additionalProperties: false });

type LocalName = { readonly zh: string; readonly en: string };

/** What a customer sees of his own case: nothing of persons, nothing of the inside of the company. */
export type LinkView = {
  readonly no: string;
  readonly company: string;
  readonly what: LocalName;
  readonly state: 'open' | 'closed';
  readonly acceptedAt: number;
  readonly closedAt: number | null;
  readonly reopened: number;
  /** The steps that concern him, in their order. */
  readonly steps: readonly {
    readonly id: string;
    readonly name: LocalName;
    readonly state: 'done' | 'active' | 'waiting';
  }[];
  /** The promise that ends next; null: none runs. */
  readonly promise: {
    readonly name: LocalName;
    readonly startedAt: number;
    readonly dueAt: number;
    readonly paused: boolean;
  } | null;
  /** Papers that he was asked for and that are not here yet. */
  readonly papers: readonly { readonly name: LocalName; readonly until: LocalName | null }[];
  /** In which language he is written to; null: he has not chosen on this page. */
  readonly language: 'zh' | 'en' | null;
  /** What he added so far. */
  readonly words: number;
  readonly files: number;
  /** Something can be added: the case is open and a phone is known to check him by. */
  readonly mayAdd: boolean;
  readonly mayEvaluate: boolean;
  /** When the crew said that supply is back; null: it did not, or he has said that he is still without it. */
  readonly supplyBackAt: number | null;
  readonly evaluation: Evaluation | null;
  readonly clock: { readonly now: number; readonly scale: number };
};

export type Evaluated = {
  /** What follows from it. */
  readonly what: 'thanks' | 'reopened' | 'to-control-centre' | 'call-within-24h';
};

/** For the staff: what was said and heard on a case, and the customer's word. */
export type CaseTalk = {
  readonly messages: readonly CaseMessage[];
  readonly evaluations: readonly (Evaluation & { readonly round: number })[];
  /** It was closed and he has not answered yet. */
  readonly mayEvaluate: boolean;
};

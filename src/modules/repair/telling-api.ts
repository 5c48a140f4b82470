import { type Static, Type } from 'typebox';
import {
  AUDIENCES,
  ESTIMATE_SOURCES,
  NEWS,
  type Audience,
  type EstimateSource,
  type News,
  type Sending,
  type Stage,
  type Why,
} from './domain/index.ts';
import { instantSchema } from '#platform/http/schemas.ts';

// Request and response schemas of what customers of an outage are told. The web app imports the types only.

const closed = { additionalProperties: false };

/** By message of this program, by a text that somebody copied elsewhere, by phone. */
const WAYS = ['message', 'text', 'phone'] as const;
export type Way = (typeof WAYS)[number];

export const tellSchema = Type.Object(
  {
    audience: Type.Unsafe<Audience>(Type.Enum([...AUDIENCES])),
    news: Type.Unsafe<News>(Type.Enum([...NEWS])),
    way: Type.Unsafe<Way>(Type.Enum([...WAYS])),
    /** To how many households that asked for nothing: who sends to many has read the number. */
    yes: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000 })),
  },
  closed,
);
export type TellBody = Static<typeof tellSchema>;

/** `at` of the crew's or the dispatcher's word; what a card or the mean says is reckoned here. */
export const estimateSchema = Type.Object(
  { source: Type.Unsafe<EstimateSource>(Type.Enum([...ESTIMATE_SOURCES])), at: Type.Optional(instantSchema) },
  closed,
);
export type EstimateBody = Static<typeof estimateSchema>;

export type GroupView = {
  readonly audience: Audience;
  readonly since: number;
  readonly lastToldAt: number | null;
  readonly lastNews: News | null;
  readonly toldEstimate: number | null;
  readonly dueAt: number | null;
  readonly why: Why | null;
  /** What may truthfully be said now, the likeliest first. */
  readonly news: readonly News[];
  readonly ways: readonly Way[];
  /** When one may tell them; null: now. */
  readonly notBefore: number | null;
  /** When the program tells them by itself; null: it does not. */
  readonly automaticAt: number | null;
  /** So many messages wait for a human's yes. */
  readonly held: number | null;
  /** Of those who did not report: who is dark, and how they can be told. */
  readonly reach: Reach | null;
  /** Of them: how far messages would come now at the pace, and when the last would be out; null: at night, or nobody to tell. */
  readonly sending: Sending | null;
};

/** Households by how they can be told; those who reported are told as such, and not counted. */
export type Reach = {
  readonly dark: number;
  readonly byMessage: number;
  /** No number that takes a message, and no mail. */
  readonly withoutNumber: number;
  /** Do not want news of outages. */
  readonly unwilling: number;
};

/** What became of the messages of a telling. */
type Receipts = { readonly sent: number; readonly waiting: number; readonly failed: number };

/** Whether the program tells by itself: a word of somebody who may tell. */
export const tellingSettingsSchema = Type.Object({ automatic: Type.Boolean() }, closed);
export type TellingSettingsBody = Static<typeof tellingSettingsSchema>;
export type TellingSettings = {
  readonly automatic: boolean;
  readonly said: { readonly at: number; readonly by: string; readonly byId: string } | null;
};

/** Messages a minute to those who did not report; what the handbook allows at most is checked there. */
export const paceSchema = Type.Object({ pace: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }, closed);
export type PaceBody = Static<typeof paceSchema>;

/** A time that could be said, and where it comes from. */
export type PossibleEstimate = {
  readonly source: 'card' | 'learnt';
  readonly at: number;
  readonly minutes: number;
  /** The card, or of how many repairs it is the mean. */
  readonly card: { readonly zh: string; readonly en: string } | null;
  readonly repairs: number | null;
};

export type TellingView = {
  readonly orderId: string;
  readonly no: string;
  readonly company: string;
  readonly stage: Stage;
  readonly since: number;
  readonly place: string | null;
  readonly transformer: string | null;
  readonly households: number;
  readonly reporters: number;
  readonly mayTell: boolean;
  readonly groups: readonly GroupView[];
  readonly tellings: readonly {
    readonly id: string;
    readonly audience: Audience;
    readonly news: News;
    readonly way: Way;
    readonly estimate: number | null;
    readonly at: number;
    /** Null: the program on its own. */
    readonly by: string | null;
    readonly late: boolean;
    /** By the program, in his name. */
    readonly automatic: boolean;
    readonly messages: number;
    /** Households that no message could reach. */
    readonly unreached: number;
    readonly receipts: Receipts;
  }[];
  readonly estimates: readonly {
    readonly id: string;
    readonly at: number;
    readonly source: EstimateSource;
    readonly setAt: number;
    readonly by: string;
    readonly movedLate: boolean;
  }[];
  readonly possible: readonly PossibleEstimate[];
  /** Messages to those who did not report that go without being asked about. */
  readonly most: number;
  /** Messages a minute to them, and how many of earlier tellings still wait for their turn. */
  readonly pace: number;
  readonly queued: number;
  /** From when somebody other than the crew may name a time. */
  readonly silentUntil: number;
  readonly supplyGroups: readonly {
    readonly id: string;
    readonly label: string;
    readonly households: number;
    readonly energisedAt: number | null;
    readonly resuppliedAt: number | null;
  }[];
};

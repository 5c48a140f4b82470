import { type Static, Type } from 'typebox';
import type { Instant } from '#kernel/instant.ts';
import type { FlagKind } from '#modules/customer/domain/index.ts';
import {
  type FaultCard,
  HELP_REASONS,
  type HelpReason,
  type OnesReason,
  type ProcessDefinition,
  type ProcessState,
} from '#modules/process/domain/index.ts';
import { instantSchema } from '#platform/http/schemas.ts';

// What a crew's phone asks and sends. The web app imports the types only.

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });
const value = Type.Union([Type.String({ maxLength: 4000 }), Type.Number(), Type.Boolean()]);
const values = Type.Record(Type.String({ maxLength: 60 }), value);
const only = <const T extends string>(kind: T) => Type.Unsafe<T>(Type.Enum([kind]));

const ref = Type.Object(
  {
    step: Type.String({ maxLength: 60 }),
    caseId: Type.Union([uuid, Type.Null()]),
    round: Type.Integer({ minimum: 1, maximum: 1000 }),
  },
  closed,
);

/** When it was done by the phone, in the server's time as the phone believes it, and whether its clock was moved since. */
const when = { at: instantSchema, clockMoved: Type.Boolean() };

const stepEntry = Type.Object(
  {
    kind: only('step'),
    orderId: uuid,
    ref,
    ...when,
    values: Type.Optional(values),
    checked: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 50 })),
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
    // Of a step with a reply: as far as the crew knows; the office completes what the gate misses.
    reply: Type.Optional(Type.Record(Type.String({ maxLength: 40 }), value)),
  },
  closed,
);

const groupEntry = Type.Object(
  {
    kind: only('group'),
    orderId: uuid,
    groupId: uuid,
    label: Type.String({ minLength: 1, maxLength: 60 }),
    households: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    ...when,
  },
  closed,
);

const supplyEntry = Type.Object(
  {
    kind: only('supply'),
    orderId: uuid,
    groupId: uuid,
    what: Type.Unsafe<'energised' | 'resupplied'>(Type.Enum(['energised', 'resupplied'])),
    ...when,
  },
  closed,
);

const helpEntry = Type.Object(
  {
    kind: only('help'),
    orderId: uuid,
    reason: Type.Unsafe<HelpReason>(Type.Enum(Object.keys(HELP_REASONS))),
    words: Type.Optional(Type.String({ minLength: 1, maxLength: 400 })),
    ...when,
  },
  closed,
);

const materialEntry = Type.Object(
  {
    kind: only('material'),
    orderId: uuid,
    /** By its name on the cards of typical faults. */
    material: Type.String({ minLength: 1, maxLength: 40 }),
    amount: Type.Integer({ minimum: 1, maximum: 1000 }),
    ...when,
  },
  closed,
);

/** 退单: it is not this crew's. `ref`: the step at hand when it said so. */
const backEntry = Type.Object(
  {
    kind: only('back'),
    orderId: uuid,
    ref,
    /** Of the reasons of the handbook those that are `back`. */
    reason: Type.String({ minLength: 1, maxLength: 60 }),
    words: Type.Optional(Type.String({ minLength: 1, maxLength: 400 })),
    ...when,
  },
  closed,
);

/** The crew is at the point where it was asked to wait: of no order. */
const standByEntry = Type.Object({ kind: only('stand-by'), standById: uuid, ...when }, closed);

export const fieldEntrySchema = Type.Union([
  stepEntry,
  groupEntry,
  supplyEntry,
  helpEntry,
  materialEntry,
  backEntry,
  standByEntry,
]);

export type FieldEntry = Static<typeof fieldEntrySchema>;
export type StepEntry = Static<typeof stepEntry>;
export type GroupEntry = Static<typeof groupEntry>;
export type SupplyEntry = Static<typeof supplyEntry>;
export type HelpEntry = Static<typeof helpEntry>;
export type MaterialEntry = Static<typeof materialEntry>;
export type BackEntry = Static<typeof backEntry>;
export type StandByEntry = Static<typeof standByEntry>;

/**
 * `recorded`: it stands; `already`: somebody had entered it before, and this is kept beside it; `kept`: the reply is a draft
 * that the office completes.
 */
export type FieldAnswer = { readonly outcome: 'recorded' | 'already' | 'kept' };

/** Somebody who called, as far as the crew's steps show him. */
type FieldCase = {
  readonly caseId: string;
  readonly no: string;
  readonly name: string | null;
  readonly phone: string | null;
};

/** One work order with all that a crew needs of it without a network. */
export type FieldJob = {
  readonly orderId: string;
  readonly no: string;
  /** The case to which photos are added. */
  readonly caseId: string;
  readonly cases: readonly FieldCase[];
  /** Key into `processes`. */
  readonly process: string;
  readonly state: ProcessState;
  /** Steps that are this crew's. */
  readonly steps: readonly string[];
  /** Whose work the others are. */
  readonly units: Readonly<Record<string, string>>;
  readonly place: string | null;
  readonly at: { readonly lat: number; readonly lon: number } | null;
  readonly words: string | null;
  /** Frail persons and other needs at the households concerned. */
  readonly flags: readonly FlagKind[];
  readonly unit: string;
  readonly reportedAt: number;
  readonly startedAt: number | null;
  readonly dueAt: number | null;
  readonly paused: boolean;
  readonly suggested: readonly string[];
  readonly groups: readonly {
    readonly id: string;
    readonly label: string;
    readonly households: number;
    readonly energisedAt: number | null;
    readonly resuppliedAt: number | null;
  }[];
};

/** Where the crew was asked to wait while it has no job. */
export type FieldStandBy = {
  readonly id: string;
  readonly point: string;
  readonly at: { readonly lat: number; readonly lon: number };
  readonly expectedAt: number;
  /** Null: nobody of it has said that it is there. */
  readonly arrivedAt: number | null;
};

/** 预排: what a crew would do after the job at hand; it may change until it is sent. Nothing of the customer is in it. */
export type ArrangedJob = {
  readonly orderId: string;
  readonly no: string;
  readonly village: string | null;
  readonly zone: 'city' | 'rural' | 'remote';
  /** What it is taken for: its card says what to take along. */
  readonly card: string | null;
  readonly arrivesAt: Instant;
};

/** The crew on whose shift the reader stands now. */
export type FieldCrew = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'duty' | 'on-call';
  readonly until: Instant;
  readonly arranged: readonly ArrangedJob[];
};

/** The crew's jobs: the one at hand first. */
export type FieldJobs = {
  readonly clock: { readonly now: number; readonly scale: number };
  readonly person: { readonly id: string; readonly name: string };
  readonly jobs: readonly FieldJob[];
  /** Null: at its own point. */
  readonly standBy: FieldStandBy | null;
  /** Null: he stands on no shift now. */
  readonly crew: FieldCrew | null;
  readonly processes: Readonly<Record<string, ProcessDefinition>>;
  readonly cards: readonly FaultCard[];
  /** Why an order may be given back. */
  readonly backReasons: readonly Pick<OnesReason, 'id' | 'name'>[];
  /** Farther from the place than these metres (R117-near), "arrived" is asked again; null: the handbook names none. */
  readonly nearMetres: number | null;
};

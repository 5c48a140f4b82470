import { type Static, Type } from 'typebox';

// What is heard of missing supply, from whomever. The web app imports the types only.

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });
const oneOf = <const T extends readonly string[]>(...values: T) =>
  Type.Unsafe<T[number]>(Type.Enum([...values]));
const instant = Type.Integer({ minimum: 0, maximum: 8_640_000_000_000_000 });

/** Lines that a head-end may send at once. */
const MOST_LINES = 1000;

/** What a person reports for a household: a call, a visit, an answered message, a patrol's find. */
export const reportSchema = Type.Object(
  {
    source: oneOf('phone', 'counter', 'sms', 'patrol'),
    householdId: uuid,
    says: oneOf('off', 'on'),
    /** When it happened; absent: now. */
    at: Type.Optional(instant),
    /** The sender's own name of it, for whoever sends again; absent: the key of the request. */
    key: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  },
  closed,
);

/** A meter that said something, or a device that its telemetry saw open or close. */
const meterLineSchema = Type.Object(
  {
    id: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    /** The number of the meter, or the code of the device; one of them. */
    meter: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    device: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    kind: oneOf('last_gasp', 'power_up', 'ping_on', 'ping_off', 'ping_silent', 'open', 'closed'),
    at: instant,
  },
  closed,
);

/** No line at all is a sign of life (R144). */
export const meterEventsSchema = Type.Object(
  { events: Type.Array(meterLineSchema, { maxItems: MOST_LINES }) },
  closed,
);

export type ReportBody = Static<typeof reportSchema>;
export type MeterLine = Static<typeof meterLineSchema>;
export type MeterEvents = Static<typeof meterEventsSchema>;

/** What became of a line. All but `taken` and `overtaken` left nothing. */
export type LineOutcome =
  | 'taken'
  /** It came before under this name. */
  | 'again'
  /** The meter has said since that it has supply, or the device how it stands: kept, and no evidence any more. */
  | 'overtaken'
  | 'from-future'
  | 'too-old'
  | 'unknown-meter'
  | 'unknown-device'
  /** Neither or both of meter and device, or a kind that does not go with it. */
  | 'unfit';

export type MeterEventsAnswer = {
  readonly taken: number;
  /** In the order of the lines. */
  readonly lines: readonly { readonly line: number; readonly outcome: LineOutcome }[];
};

export type ReportTaken = { readonly id: string; readonly again: boolean };

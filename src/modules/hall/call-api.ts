import { type Static, Type } from 'typebox';

// Calls: what a page, and the telephone exchange, may ask for.

const closed = { additionalProperties: false };
const oneOf = <const T extends readonly string[]>(...values: T) =>
  Type.Unsafe<T[number]>(Type.Enum([...values]));
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const phone = Type.String({ pattern: '^[0-9]{3,15}$' });
const recording = Type.String({ minLength: 1, maxLength: 60 });

export type CallState = 'ringing' | 'talking' | 'done' | 'dropped' | 'missed';

export const openCallSchema = Type.Object({ phone }, closed);
export const callNotesSchema = Type.Object(
  {
    mood: oneOf('calm', 'upset', 'furious'),
    escalationRisk: Type.Boolean(),
    recordingNo: nullable(recording),
    householdId: nullable(Type.String({ format: 'uuid' })),
  },
  closed,
);
export const endCallSchema = Type.Object({ outcome: oneOf('done', 'dropped') }, closed);

/** From the exchange: `agent` is the sign-in of the person whose telephone rings. */
export const ringSchema = Type.Object({ phone, agent: Type.String({ maxLength: 60 }), recording }, closed);
export const rangOffSchema = Type.Object(
  { recording, outcome: oneOf('answered', 'done', 'dropped', 'missed') },
  closed,
);

export type CallNotes = Static<typeof callNotesSchema>;
export type Ring = Static<typeof ringSchema>;
export type RangOff = Static<typeof rangOffSchema>;

export type CallView = {
  readonly id: string;
  readonly phone: string | null;
  readonly state: CallState;
  readonly rangAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly mood: 'calm' | 'upset' | 'furious';
  readonly escalationRisk: boolean;
  readonly recordingNo: string | null;
  readonly householdId: string | null;
  readonly caseId: string | null;
  /** The call-back that it owes; what came of it is recorded at `/api/owed-calls/:id/attempts`. */
  readonly owed: {
    readonly id: string;
    readonly dueAt: number;
    readonly state: 'open' | 'reached' | 'given-up';
  } | null;
  /** Households that know this number, masked as in every list. */
  readonly households: readonly {
    readonly id: string;
    readonly name: string;
    readonly address: string;
    readonly accountNo: string;
    readonly station: { readonly name: string; readonly nameEn: string };
  }[];
  readonly area: string | null;
};

export type Ringing = {
  readonly call: { readonly id: string; readonly rangAt: number } | null;
  /** Calls that my units owe: to whoever was cut off, and to customers of cases. */
  readonly owed: number;
};

/** A day of a unit's telephone in figures (R107 is the promise, R107-kpi the indicator; seconds from the first ring). */
export type CallFigures = {
  /** Calls that an exchange announced: only their rings were timed. */
  readonly announced: number;
  readonly answered: number;
  readonly inPromise: number;
  readonly inIndicator: number;
  readonly missed: number;
  readonly dropped: number;
  /** Call-backs that fell due, and those rung in time, answered or not. */
  readonly owed: number;
  readonly owedInTime: number;
  readonly limits: { readonly promise: number; readonly indicator: number };
};

import { type Static, Type } from 'typebox';
import { instantSchema } from '#platform/http/schemas.ts';

// Request and response schemas of 会商. The web app imports the types only.

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });
const words = Type.String({ minLength: 2, maxLength: 1000 });

export const callMeetingSchema = Type.Object(
  {
    caseIds: Type.Array(uuid, { minItems: 1, maxItems: 50, uniqueItems: true }),
    unitIds: Type.Array(uuid, { minItems: 1, maxItems: 15, uniqueItems: true }),
    meetsAt: instantSchema,
    /** What is to be decided. */
    words,
  },
  closed,
);

export const holdMeetingSchema = Type.Object(
  {
    /** Units that came; the others that were called did not. */
    cameUnitIds: Type.Array(uuid, { maxItems: 15, uniqueItems: true }),
    decisions: Type.Array(
      Type.Object(
        {
          caseId: uuid,
          unitId: uuid,
          words,
          dueAt: instantSchema,
          /** True: the customer is promised it; false: the unit owes an answer. */
          promised: Type.Boolean(),
        },
        closed,
      ),
      { minItems: 1, maxItems: 50 },
    ),
  },
  closed,
);

export const cancelMeetingSchema = Type.Object({ reason: words }, closed);

export type CallMeetingBody = Static<typeof callMeetingSchema>;
export type HoldMeetingBody = Static<typeof holdMeetingSchema>;

type MeetingState = 'called' | 'held' | 'cancelled';

export type MeetingDecision = {
  readonly id: string;
  readonly caseId: string;
  readonly caseNo: string;
  readonly unit: string;
  readonly words: string | null;
  readonly dueAt: number;
  readonly kind: 'task' | 'commitment';
  /** Of a task `open` or `answered`; of a commitment its own. */
  readonly state: string;
  readonly answer: string | null;
};

/** A meeting with those of its cases that the reader may see. */
export type Meeting = {
  readonly id: string;
  readonly state: MeetingState;
  readonly calledBy: string;
  readonly calledAt: number;
  readonly meetsAt: number;
  readonly units: readonly {
    readonly id: string;
    readonly name: string;
    readonly nameEn: string;
    readonly came: boolean | null;
  }[];
  readonly cases: readonly { readonly id: string; readonly no: string; readonly purpose: string | null }[];
  readonly decisions: readonly MeetingDecision[];
  /** I called it, or may supervise: I may write down what came of it. */
  readonly mayRecord: boolean;
};

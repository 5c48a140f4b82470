import { type Static, Type } from 'typebox';
import { instantSchema } from '#platform/http/schemas.ts';

// Request and response schemas of exercises (演练). The web app imports the types only.

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });
const words = Type.String({ minLength: 2, maxLength: 1000 });
const area = Type.Unsafe<'city' | 'rural' | 'remote'>(Type.Enum(['city', 'rural', 'remote']));

export const planDrillSchema = Type.Object(
  {
    title: Type.String({ minLength: 2, maxLength: 100 }),
    scene: words,
    plannedAt: instantSchema,
    unitIds: Type.Array(uuid, { minItems: 1, maxItems: 30, uniqueItems: true }),
    /** Bodies from outside: local government, fire brigade, hospital. */
    bodies: Type.Array(Type.String({ minLength: 2, maxLength: 60 }), { maxItems: 20, uniqueItems: true }),
    injects: Type.Array(
      Type.Object(
        {
          afterMinutes: Type.Integer({ minimum: 0, maximum: 1440 }),
          words,
          /** A report of a fault, which becomes a case; absent: a message that is answered by word. */
          report: Type.Optional(
            Type.Object(
              {
                process: Type.String({ maxLength: 60 }),
                place: Type.String({ minLength: 2, maxLength: 200 }),
                area,
              },
              closed,
            ),
          ),
        },
        closed,
      ),
      { minItems: 1, maxItems: 50 },
    ),
  },
  closed,
);
export const endDrillSchema = Type.Object(
  { came: Type.Array(uuid, { maxItems: 50, uniqueItems: true }) },
  closed,
);
export const addFindingSchema = Type.Object(
  { words, unitId: uuid, ownerId: uuid, dueAt: instantSchema },
  closed,
);
export const closeFindingSchema = Type.Object({ words }, closed);
/** Looked at again: it holds; or it does not, with what is still wrong and a new day. */
export const checkFindingSchema = Type.Object(
  {
    holds: Type.Boolean(),
    again: Type.Optional(Type.Object({ words, dueAt: instantSchema }, closed)),
  },
  closed,
);

export type PlanDrillBody = Static<typeof planDrillSchema>;
export type EndDrillBody = Static<typeof endDrillSchema>;
export type CheckFindingBody = Static<typeof checkFindingSchema>;
export type AddFindingBody = Static<typeof addFindingSchema>;

type DrillState = 'planned' | 'running' | 'done' | 'cancelled';

export type DrillLine = {
  readonly id: string;
  readonly title: string;
  readonly plannedAt: number;
  readonly state: DrillState;
  readonly injects: number;
  readonly findings: number;
  readonly findingsOpen: number;
  /** Put right by word, and nobody has looked whether it holds. */
  readonly findingsUnchecked: number;
};

export type DrillInject = {
  readonly id: string;
  readonly afterMinutes: number;
  readonly words: string;
  readonly process: string | null;
  readonly place: string | null;
  readonly givenAt: number | null;
  readonly caseId: string | null;
  readonly no: string | null;
  /** Minutes from the inject: until somebody took it up, was there, and supply was back; null: not yet, or none of it. */
  readonly reaction: number | null;
  readonly arrival: number | null;
  readonly restoration: number | null;
};

export type DrillFinding = {
  readonly id: string;
  readonly words: string;
  readonly unit: string;
  readonly unitEn: string;
  readonly owner: string | null;
  readonly dueAt: number;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
  readonly closing: string | null;
  readonly checkedAt: number | null;
  readonly checkedBy: string | null;
  /** How often it did not hold. */
  readonly timesReopened: number;
  readonly mayClose: boolean;
  readonly mayCheck: boolean;
};

export type DrillView = {
  readonly id: string;
  readonly title: string;
  readonly scene: string;
  readonly plannedAt: number;
  readonly state: DrillState;
  readonly beganAt: number | null;
  readonly endedAt: number | null;
  readonly parties: readonly {
    readonly id: string;
    readonly name: string;
    readonly nameEn: string;
    readonly outside: boolean;
    readonly came: boolean | null;
  }[];
  readonly injects: readonly DrillInject[];
  readonly findings: readonly DrillFinding[];
};

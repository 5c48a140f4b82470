import { type Static, Type } from 'typebox';

// Request and response schemas of staged restoration. The web app imports the types only.

const closed = { additionalProperties: false };

export const addGroupSchema = Type.Object(
  {
    label: Type.String({ minLength: 1, maxLength: 60 }),
    households: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  },
  closed,
);

export const recordSupplySchema = Type.Object(
  {
    groupId: Type.String({ format: 'uuid' }),
    what: Type.Unsafe<'energised' | 'resupplied'>(Type.Enum(['energised', 'resupplied'])),
    at: Type.Integer({ minimum: 0, maximum: 8_640_000_000_000 }),
  },
  closed,
);

export type AddGroupBody = Static<typeof addGroupSchema>;
export type RecordSupplyBody = Static<typeof recordSupplySchema>;

/** Which groups of customers an order gives their supply back, and since when. */
export type SupplyView = {
  readonly mayRecord: boolean;
  readonly groups: readonly {
    readonly id: string;
    readonly label: string;
    readonly households: number;
    readonly energisedAt: number | null;
    readonly resuppliedAt: number | null;
  }[];
};

import { type Static, Type } from 'typebox';

// Request and response schemas of staged restoration. The web app imports the types only.

const closed = { additionalProperties: false };

/** By its households, as somebody counted them; or by the device that they hang below, and the network counts them. */
export const addGroupSchema = Type.Object(
  {
    label: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    households: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    deviceId: Type.Optional(Type.String({ format: 'uuid' })),
  },
  closed,
);

const ways = ['repair', 'transfer', 'generator'] as const;

export const recordSupplySchema = Type.Object(
  {
    groupId: Type.String({ format: 'uuid' }),
    what: Type.Unsafe<'energised' | 'resupplied'>(Type.Enum(['energised', 'resupplied'])),
    at: Type.Integer({ minimum: 0, maximum: 8_640_000_000_000 }),
    /** How it was energised; default by the repair itself. */
    way: Type.Optional(Type.Unsafe<SupplyWay>(Type.Enum([...ways]))),
  },
  closed,
);

/** By the repaired part itself, over another line, or by a generator. */
export type SupplyWay = (typeof ways)[number];
export type AddGroupBody = Static<typeof addGroupSchema>;
export type RecordSupplyBody = Static<typeof recordSupplySchema>;

/** Which groups of customers an order gives their supply back, and since when. */
export type SupplyView = {
  readonly mayRecord: boolean;
  readonly groups: readonly {
    readonly id: string;
    readonly label: string;
    readonly households: number;
    /** Below the device, but supplied by another one all the time. */
    readonly otherwiseSupplied: number;
    readonly device: { readonly id: string; readonly name: string } | null;
    readonly way: SupplyWay | null;
    readonly energisedAt: number | null;
    readonly resuppliedAt: number | null;
  }[];
};

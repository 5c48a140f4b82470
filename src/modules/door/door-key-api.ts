import { type Static, Type } from 'typebox';
import { doorIds } from './door-api.ts';

// Keys of other systems: what one is asked for and how it is shown. The web app imports the types only.

const closed = { additionalProperties: false };
const oneOf = <const T extends readonly string[]>(...values: T) =>
  Type.Unsafe<T[number]>(Type.Enum([...values]));

export const newKeySchema = Type.Object(
  {
    /** `meters`: head-ends of meters and telemetry, which send events and nothing else. */
    door: oneOf(...doorIds, 'meters'),
    name: Type.String({ minLength: 1, maxLength: 60 }),
    scopes: Type.Array(oneOf('orders', 'replies', 'notices', 'events'), {
      minItems: 1,
      maxItems: 3,
      uniqueItems: true,
    }),
    days: Type.Integer({ minimum: 1, maximum: 730 }),
  },
  closed,
);

export type NewKey = Static<typeof newKeySchema>;
export type KeyDoor = NewKey['door'];
export type KeyScope = NewKey['scopes'][number];

export type KeyView = {
  readonly id: string;
  readonly door: KeyDoor;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly madeBy: string;
  readonly madeAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
  readonly expired: boolean;
};

import { type Static, Type } from 'typebox';
import { daySchema } from '#platform/http/schemas.ts';

const closed = { additionalProperties: false };
const uuid = Type.String({ format: 'uuid' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const minute = Type.Integer({ minimum: 0, maximum: 1440 });

export const slotsSchema = Type.Object(
  {
    slots: Type.Array(
      Type.Object({ from: minute, to: minute, capacity: Type.Integer({ minimum: 0, maximum: 100 }) }, closed),
      { maxItems: 96 },
    ),
  },
  closed,
);

export const bookSchema = Type.Object(
  {
    hallId: uuid,
    day: daySchema,
    from: minute,
    householdId: nullable(uuid),
    process: nullable(Type.String({ maxLength: 60 })),
    name: Type.String({ minLength: 1, maxLength: 60 }),
    phone: Type.String({ pattern: '^[0-9+ -]{3,20}$' }),
    callId: nullable(uuid),
  },
  closed,
);

export type Slots = Static<typeof slotsSchema>;
export type Booking = Static<typeof bookSchema>;

export type Slot = {
  readonly from: number;
  readonly to: number;
  readonly capacity: number;
  readonly booked: number;
};

export type SlotDay = {
  readonly hallId: string;
  readonly day: string;
  readonly working: boolean;
  readonly slots: readonly Slot[];
  /** Halls where one can make an appointment, the asker's own first. */
  readonly halls: readonly { readonly id: string; readonly name: string }[];
};

export type Appointment = {
  readonly id: string;
  readonly from: number;
  readonly name: string | null;
  readonly phone: string | null;
  readonly process: string | null;
  readonly state: 'booked' | 'arrived' | 'missed' | 'cancelled';
  readonly ticket: string | null;
};

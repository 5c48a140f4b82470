import { type Static, Type } from 'typebox';

export const newDeviceSchema = Type.Object(
  {
    kind: Type.Unsafe<'hall-screen' | 'ticket-machine' | 'exchange'>(
      Type.Enum(['hall-screen', 'ticket-machine', 'exchange']),
    ),
    name: Type.String({ minLength: 1, maxLength: 60 }),
  },
  { additionalProperties: false },
);

export type NewDevice = Static<typeof newDeviceSchema>;

/** The token is shown this once. */
export type MadeDevice = { readonly id: string; readonly token: string };

export type DeviceView = {
  readonly id: string;
  readonly kind: NewDevice['kind'];
  readonly name: string;
  readonly unit: string;
  readonly madeBy: string;
  readonly madeAt: number;
  readonly seenAt: number | null;
};

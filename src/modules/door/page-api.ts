import { type Static, Type } from 'typebox';

// The customers' own page, without signing in. The web app imports the types only.

const closed = { additionalProperties: false };

export const pageReportSchema = Type.Object(
  {
    /** A button of the page (`handbook/doors.yaml`, page). */
    item: Type.String({ minLength: 1, maxLength: 60 }),
    /** A village or compound of the list, or null. */
    divisionCode: Type.Union([Type.String({ pattern: '^\\d{12}$' }), Type.Null()]),
    accountNo: Type.Union([Type.String({ minLength: 1, maxLength: 40 }), Type.Null()]),
    place: Type.String({ maxLength: 200 }),
    words: Type.String({ minLength: 1, maxLength: 1000 }),
    name: Type.Union([Type.String({ minLength: 1, maxLength: 60 }), Type.Null()]),
    phone: Type.String({ pattern: '^1\\d{10}$|^0\\d{9,11}$' }),
    /** He was told what is known and wants to report all the same. */
    insist: Type.Boolean(),
    /** Proof of work for this idempotency key (`domain/proof-of-work.ts`). */
    nonce: Type.Integer({ minimum: 0, maximum: 2 ** 31 }),
  },
  closed,
);

export type PageReport = Static<typeof pageReportSchema>;

export type PageInfo = {
  readonly company: string;
  readonly items: readonly {
    readonly id: string;
    readonly name: { readonly zh: string; readonly en: string };
    readonly fault: boolean;
  }[];
};

export type PagePlace = { readonly code: string; readonly name: string; readonly town: string };

/** What is known of an outage where he is; told before a case is made. */
export type KnownFault = {
  readonly since: number;
  readonly reports: number;
  readonly arrivedAt: number | null;
  /** Until when somebody is to be there, or supply to be back, as promised. */
  readonly dueAt: number | null;
  /** A planned outage: nobody has to report it, and `dueAt` is when supply is to be back. */
  readonly planned: boolean;
};

export type PageAnswer =
  | { readonly known: KnownFault }
  | { readonly no: string; readonly link: string; readonly repeated: boolean };

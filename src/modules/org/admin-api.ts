import { type Static, Type } from 'typebox';
import type { Instant } from '#kernel/instant.ts';
import type { Names } from './org-api.ts';

const closed = { additionalProperties: false };
const id = Type.String({ format: 'uuid' });
const name = Type.String({ minLength: 1, maxLength: 60 });
const phone = Type.Union([Type.String({ pattern: '^[0-9+ -]{5,20}$' }), Type.Null()]);
const email = Type.Union([
  Type.String({ pattern: '^[^\\s@<>,;:"]+@[^\\s@<>,;:"]+$', maxLength: 120 }),
  Type.Null(),
]);
const post = Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$' });
const code = Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$' });
/** What people type at the sign-in; one case, so that nobody wonders. */
const login = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{2,39}$' });

const kind = Type.Union([
  Type.Literal('department'),
  Type.Literal('centre'),
  Type.Literal('group'),
  Type.Literal('station'),
  Type.Literal('hall'),
  Type.Literal('crew'),
]);

export const nothingSchema = Type.Object({}, closed);
export const companySchema = Type.Object(
  { name, shortName: Type.String({ minLength: 1, maxLength: 20 }) },
  closed,
);
export const newUnitSchema = Type.Object({ parentId: id, code, kind, name, nameEn: name }, closed);
export const unitSchema = Type.Object({ name, nameEn: name, phone }, closed);
export const newPersonSchema = Type.Object(
  { staffNo: Type.String({ pattern: '^[A-Za-z0-9-]{1,20}$' }), name, phone, unitId: id, post },
  closed,
);
export const personSchema = Type.Object({ name, phone, email }, closed);
export const postSchema = Type.Object({ unitId: id, post }, closed);
export const accountSchema = Type.Object({ login }, closed);
export const roleSchema = Type.Object({ role: post }, closed);

export type CompanyBody = Static<typeof companySchema>;
export type NewUnit = Static<typeof newUnitSchema>;
export type UnitBody = Static<typeof unitSchema>;
export type NewPerson = Static<typeof newPersonSchema>;
export type PersonBody = Static<typeof personSchema>;
export type PostBody = Static<typeof postSchema>;

export type PostName = { readonly id: string; readonly name: Names };

/** What the forms choose from. */
export type OrgChoices = {
  readonly posts: readonly PostName[];
  readonly roles: readonly PostName[];
  readonly units: readonly { readonly id: string; readonly name: Names }[];
};

export type UnitView = {
  readonly id: string;
  readonly parentId: string | null;
  readonly code: string;
  readonly kind: Static<typeof kind> | 'company';
  readonly name: string;
  readonly nameEn: string;
  readonly phone: string | null;
  readonly people: number;
};

export type CompanyView = {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly units: readonly UnitView[];
};

export type PersonRow = {
  readonly id: string;
  readonly staffNo: string;
  readonly name: string;
  readonly unit: Names | null;
  readonly post: Names | null;
  readonly login: string | null;
  readonly roles: readonly Names[];
  /** `none`: no account; `locked`: too many wrong passwords, for a quarter of an hour. */
  readonly account: 'none' | 'open' | 'locked' | 'disabled';
};

export type PeoplePage = {
  readonly rows: readonly PersonRow[];
  readonly next: string | null;
  readonly total: number;
};

export type PersonView = {
  readonly id: string;
  readonly staffNo: string;
  readonly name: string;
  readonly phone: string | null;
  /** Where mail for him goes; null: he gets none. */
  readonly email: string | null;
  readonly leftAt: Instant | null;
  readonly posts: readonly {
    readonly unitId: string;
    readonly unit: Names;
    readonly post: string;
    readonly postName: Names;
    readonly main: boolean;
    readonly since: Instant;
  }[];
  readonly account: {
    readonly login: string;
    readonly state: 'open' | 'locked' | 'disabled';
    readonly passwordChangedAt: Instant;
    /** A one-time code was given and not yet used. */
    readonly codeUntil: Instant | null;
  } | null;
  readonly roles: readonly { readonly role: string; readonly name: Names; readonly grantedAt: Instant }[];
};

/**
 * The code with which the person sets his password, and nobody else learns that: sent to his mobile phone (`sentTo`, masked),
 * or, where there is none, shown once to be handed over.
 */
export type HandedCode = { readonly until: Instant } & (
  | { readonly code: string; readonly sentTo: null }
  | { readonly code: null; readonly sentTo: string }
);
export type IssuedCode = { readonly login: string } & HandedCode;

export type SessionRow = {
  readonly id: string;
  readonly person: string;
  readonly staffNo: string;
  readonly unit: string;
  readonly device: string;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  readonly locked: boolean;
  /** The session that asks. */
  readonly current: boolean;
};

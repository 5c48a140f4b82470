import { Type } from 'typebox';

const closed = { additionalProperties: false };
const password = Type.String({ minLength: 1, maxLength: 200 });

/** Six digits of an app, or a recovery code. */
const factorCode = Type.String({ minLength: 6, maxLength: 20 });

export const signInSchema = Type.Object(
  { login: Type.String({ minLength: 1, maxLength: 60 }), password, code: Type.Optional(factorCode) },
  closed,
);
export const confirmFactorSchema = Type.Object({ code: factorCode }, closed);
export const endFactorSchema = Type.Object({ password, code: factorCode }, closed);
export const factorRuleSchema = Type.Object({ required: Type.Boolean() }, closed);
export const unlockSchema = Type.Object({ password }, closed);
export const passwordSchema = Type.Object({ password, newPassword: password }, closed);
export const codeSchema = Type.Object(
  { code: Type.String({ minLength: 20, maxLength: 40 }), newPassword: password },
  closed,
);

/** What something is called. */
export type Names = { readonly zh: string; readonly en: string };

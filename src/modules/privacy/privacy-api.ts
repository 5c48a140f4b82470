import { Type } from 'typebox';

export const eraseSchema = Type.Object(
  { reason: Type.String({ minLength: 4, maxLength: 200 }) },
  { additionalProperties: false },
);

/** What is kept of persons, and for how long. */
export type KeptRows = {
  readonly limitId: string | null;
  readonly limit: { readonly zh: string; readonly en: string } | null;
  readonly value: number | null;
  readonly unit: string | null;
  readonly source: string | null;
  readonly confidence: string | null;
  readonly tables: readonly { readonly table: string; readonly columns: readonly string[] }[];
};

export type Erasure = {
  readonly accountNo: string;
  readonly askedAt: number;
  readonly by: string;
  readonly reason: string;
};

export type PrivacyView = { readonly kept: readonly KeptRows[]; readonly erasures: readonly Erasure[] };

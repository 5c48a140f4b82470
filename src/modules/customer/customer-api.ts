import { type Static, Type } from 'typebox';
import { EVIDENCE_KINDS, FLAG_KINDS } from './domain/flag.ts';
import { instantSchema } from '#platform/http/schemas.ts';

const closed = { additionalProperties: false };
const words = Type.String({ minLength: 2, maxLength: 200 });

export const reasonSchema = Type.Object({ reason: words }, closed);

/** `expiresAt` in milliseconds: nothing about a household holds for ever. */
export const flagSchema = Type.Object(
  {
    kind: Type.Enum([...FLAG_KINDS]),
    evidence: Type.Enum([...EVIDENCE_KINDS]),
    evidenceNote: words,
    consent: Type.Boolean(),
    expiresAt: instantSchema,
  },
  closed,
);
export type FlagBody = Static<typeof flagSchema>;

/** How the customer wants to hear from us. */
export const reachSchema = Type.Object(
  {
    by: Type.Unsafe<'sms' | 'mail'>(Type.Enum(['sms', 'mail'])),
    email: Type.Optional(
      Type.Union([Type.String({ pattern: '^[^\\s@<>,;:"]+@[^\\s@<>,;:"]+$', maxLength: 120 }), Type.Null()]),
    ),
    language: Type.Unsafe<'zh' | 'en'>(Type.Enum(['zh', 'en'])),
    /** Whether he wants to hear by message of outages that he did not report; left out, it stays as it is. */
    outageNews: Type.Optional(Type.Boolean()),
  },
  closed,
);

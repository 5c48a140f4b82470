import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';

/** Who needs special care or special notice (domain rules §7.2). */
export const FLAG_KINDS = [
  'life-support',
  'hospital',
  'school',
  'care-home',
  'elderly-alone',
  'disabled',
  'low-income',
  'traffic-telecom',
  'livestock-greenhouse',
  'continuous-production',
  'media-government',
  'frequent-demand',
  'recent-complaint',
] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];

/** What the flag rests on. Hearsay is not evidence: without one of these there is no flag. */
export const EVIDENCE_KINDS = ['document', 'register', 'visit', 'own-statement', 'case-record'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** Health and need are sensitive personal information: separate consent (PIPL arts 28–29, domain rules §11.2). */
const NEEDS_CONSENT: ReadonlySet<FlagKind> = new Set([
  'life-support',
  'elderly-alone',
  'disabled',
  'low-income',
]);

/** Whether the customer must have agreed to being marked so. */
export function needsConsent(kind: FlagKind): boolean {
  return NEEDS_CONSENT.has(kind);
}

export type FlagProposal = {
  readonly kind: FlagKind;
  readonly evidence: EvidenceKind;
  readonly expiresAt: Instant;
  readonly consent: boolean;
};

export type FlagFacts = { readonly openKinds: readonly FlagKind[]; readonly householdClosed: boolean };

/** May this flag be set now? `{accepted: true}` or the rule that says no. */
export function decideFlag(
  proposal: FlagProposal,
  facts: FlagFacts,
  now: Instant,
): { readonly accepted: true } | Refusal {
  if (facts.householdClosed) return refuse('customer.household-closed');
  if (proposal.expiresAt <= now) return refuse('customer.flag-expiry-past');
  if (facts.openKinds.includes(proposal.kind))
    return refuse('customer.flag-already-set', { kind: proposal.kind });
  if (needsConsent(proposal.kind) && !proposal.consent)
    return refuse('customer.flag-needs-consent', { kind: proposal.kind });
  return { accepted: true };
}

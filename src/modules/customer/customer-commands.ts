import { HOUR, type Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { type RevealedHousehold, revealHousehold } from './customer-reads.ts';
import { customerStore } from './customer-store.ts';
import { decideFlag, type EvidenceKind, type FlagKind } from './domain/flag.ts';

/** Who acts, for which company. */
export type CustomerActor = { readonly companyId: string; readonly personId: string };

/** What the audit is told: ids, codes and numbers only. */
export type CustomerAudit = (
  tx: Tx,
  entry: {
    readonly action: 'customer.reveal' | 'customer.flag-set' | 'customer.flag-ended' | 'customer.reach-set';
    readonly objectType: 'household';
    readonly objectId: string;
    readonly detail: Readonly<Record<string, string | number | boolean>>;
  },
) => Promise<void>;

/** Different households seen in clear within an hour, beyond which the audit entry is an alarm (reliability §3h). */
const REVEALS_PER_HOUR = 20;

type NewFlagRequest = {
  readonly householdId: string;
  readonly kind: FlagKind;
  readonly evidence: EvidenceKind;
  readonly evidenceNote: string;
  readonly consent: boolean;
  readonly expiresAt: Instant;
};

/** Shows the personal data of a household for a reason that the reader typed; reason and reader are kept. */
export async function reveal(
  tx: Tx,
  actor: CustomerActor,
  request: { readonly householdId: string; readonly reason: string },
  audit: CustomerAudit,
): Promise<RevealedHousehold | Refusal> {
  const household = await revealHousehold(tx, actor.companyId, request.householdId);
  if (household === undefined) return refuse('customer.household-unknown');
  const store = customerStore(tx, actor.companyId);
  const id = newId();
  await store.insertReveal({ id, personId: actor.personId, ...request });
  const inLastHour = await store.countRevealed(actor.personId, tx.now - HOUR);
  await audit(tx, {
    action: 'customer.reveal',
    objectType: 'household',
    objectId: request.householdId,
    detail: { revealId: id, inLastHour, alarm: inLastHour > REVEALS_PER_HOUR },
  });
  return household;
}

export type Reach = {
  readonly by: 'sms' | 'mail';
  /** Left out: the address that is known stays. */
  readonly email?: string | null;
  readonly language: 'zh' | 'en';
  readonly outageNews?: boolean;
};

/** How the customer of a household wants to be reached. Refusals: `customer.household-unknown`, `customer.mail-missing`. */
export async function setReach(
  tx: Tx,
  actor: CustomerActor,
  request: Reach & { readonly householdId: string },
  audit: CustomerAudit,
): Promise<{ readonly by: Reach['by'] } | Refusal> {
  const { householdId, by, email, language, outageNews } = request;
  const store = customerStore(tx, actor.companyId);
  const known = await store.findEmail(householdId);
  if (known === undefined) return refuse('customer.household-unknown');
  const address = email === undefined ? known.email : email;
  if (by === 'mail' && address === null) return refuse('customer.mail-missing');
  await store.setReach(householdId, { by, email: address, language });
  if (outageNews !== undefined) await store.setOutageNews(householdId, outageNews);
  await audit(tx, {
    action: 'customer.reach-set',
    objectType: 'household',
    objectId: householdId,
    detail: { by, language, ...(outageNews === undefined ? {} : { outageNews: String(outageNews) }) },
  });
  return { by };
}

/** He answered an outage message that he wants no more of them. */
export async function stopOutageNews(tx: Tx, companyId: string, householdId: string): Promise<void> {
  await customerStore(tx, companyId).setOutageNews(householdId, false);
}

/** Sets a sensitive flag; answers its id, or the rule that refused it. */
export async function setFlag(
  tx: Tx,
  actor: CustomerActor,
  request: NewFlagRequest,
  audit: CustomerAudit,
): Promise<{ readonly flagId: string } | Refusal> {
  const store = customerStore(tx, actor.companyId);
  const facts = await store.flagFacts(request.householdId);
  if (facts === undefined) return refuse('customer.household-unknown');
  const decision = decideFlag(request, facts, tx.now);
  if (isRefusal(decision)) return decision;
  const id = newId();
  await store.insertFlag({ ...request, id, setBy: actor.personId, setAt: tx.now });
  await audit(tx, {
    action: 'customer.flag-set',
    objectType: 'household',
    objectId: request.householdId,
    detail: { flagId: id, kind: request.kind, evidence: request.evidence },
  });
  return { flagId: id };
}

/** Ends a flag before its expiry, because it no longer holds. */
export async function endFlag(
  tx: Tx,
  actor: CustomerActor,
  request: { readonly householdId: string; readonly flagId: string; readonly reason: string },
  audit: CustomerAudit,
): Promise<{ readonly ended: true } | Refusal> {
  const { householdId, flagId, reason } = request;
  const ended = await customerStore(tx, actor.companyId).endFlag({
    id: flagId,
    householdId,
    by: actor.personId,
    reason,
  });
  if (!ended) return refuse('customer.flag-unknown');
  await audit(tx, {
    action: 'customer.flag-ended',
    objectType: 'household',
    objectId: householdId,
    detail: { flagId },
  });
  return { ended: true };
}

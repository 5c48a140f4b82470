import { type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import type { PersonalRows } from '#platform/db/personal-rows.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/db/sql.ts';
import { blankHousehold } from './blank-rows.ts';

/**
 * A customer asks for his data to be erased (PIPL 47): what nobody needs any more goes now, what is still at work when it
 * ends. Name and phone of a running account stay, because the contract needs them. How much went is not told: whoever asks
 * need not know of every case. Refusal: `http.not-found`.
 */
export async function eraseHousehold(
  tx: Tx,
  personal: readonly PersonalRows[],
  actor: { readonly companyId: string; readonly personId: string },
  request: { readonly householdId: string; readonly reason: string },
): Promise<{ readonly erased: true } | Refusal> {
  const { companyId, personId } = actor;
  const { householdId, reason } = request;
  const found = await tx.maybe(sql`
    select 1 from households h where h.company_id = ${companyId} and h.id = ${householdId} for update`);
  if (found === undefined) return refuse('http.not-found');
  await tx.run(sql`
    insert into erasures (company_id, id, household_id, asked_at, by_person_id, reason)
    values (${companyId}, ${newId()}, ${householdId}, ${timestamp(tx.now)}, ${personId}, ${reason})`);
  await blankHousehold(tx, companyId, personal, householdId);
  await auditWriter(tx, companyId).write({
    actorId: personId,
    action: 'privacy.erased',
    outcome: 'done',
    objectType: 'household',
    objectId: householdId,
  });
  return { erased: true };
}

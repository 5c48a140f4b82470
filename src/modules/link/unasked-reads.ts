import { HOUR } from '#kernel/instant.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Which of the households of a number is meant: its only one, else the one whose account ends in the digits that he wrote. */
export async function ownHousehold(
  db: Db,
  { companyId, householdIds }: { readonly companyId: string; readonly householdIds: readonly string[] },
  digits: string | null,
): Promise<{ readonly id: string | null; readonly among: number }> {
  const [only] = householdIds;
  if (digits !== null && householdIds.length > 0) {
    const meant = await db.rows<{ id: string }>(sql`
      select h.id from households h where h.company_id = ${companyId} and h.id = any(${householdIds}::uuid[])
        and right(h.account_no, ${digits.length}) = ${digits} limit 2`);
    if (meant.length === 1) return { id: meant[0]?.id ?? null, among: householdIds.length };
  }
  return { id: householdIds.length === 1 && only !== undefined ? only : null, among: householdIds.length };
}

/** The newest open repair of the household; where none is known, the one that this number was left with. */
export async function findOpenRepair(
  tx: Tx,
  companyId: string,
  { phone, householdId }: { readonly phone: string; readonly householdId: string | null },
): Promise<string | undefined> {
  const open = sql`c.company_id = ${companyId} and c.business = 'repair' and c.state = 'open' and c.drill_id is null
    order by c.accepted_at desc limit 1`;
  const found =
    householdId === null
      ? await tx.maybe<{ id: string }>(sql`
          select c.id from ${textsWith(phone)} join cases c on c.company_id = x.company_id and c.id = x.case_id where ${open}`)
      : await tx.maybe<{ id: string }>(
          sql`select c.id from cases c where c.household_id = ${householdId} and ${open}`,
        );
  return found?.id;
}

/** The open danger that this number reported within the hour. */
export async function findHazardOf(tx: Tx, companyId: string, phone: string): Promise<string | undefined> {
  const found = await tx.maybe<{ id: string }>(sql`
    select c.id from ${textsWith(phone)} join cases c on c.company_id = x.company_id and c.id = x.case_id
    join outage_reports r on r.company_id = c.company_id and r.case_id = c.id and r.hazard is not null
    where c.company_id = ${companyId} and c.state = 'open' and c.accepted_at > ${timestamp(tx.now - HOUR)}
    order by c.accepted_at desc limit 1`);
  return found?.id;
}

function textsWith(phone: string) {
  return sql`(select t.company_id, t.case_id from case_texts t
    where t.kind = 'contact-phone' and t.body = ${phone} and t.blanked_at is null) x`;
}

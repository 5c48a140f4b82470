import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/**
 * The one place where a unit is let see cases after their birth (design rule 2). Never the unit complained about or found
 * liable, and with a closed list nobody who is not on it, nor below a unit that is.
 */
export async function grantAccess(
  tx: Tx,
  companyId: string,
  caseIds: readonly string[],
  unitIds: readonly string[],
): Promise<void> {
  await tx.run(sql`
    insert into case_access (company_id, unit_id, case_id, since)
    select ${companyId}, u.id, c.id, ${timestamp(tx.now)}
    from cases c join units u on u.company_id = c.company_id and u.id = any(${[...new Set(unitIds)]}::uuid[])
    where c.company_id = ${companyId} and c.id = any(${caseIds}::uuid[])
      and not exists (select 1 from case_access a
        where a.company_id = c.company_id and a.unit_id = u.id and a.case_id = c.id and a.until is null)
      and c.accused_unit_id is distinct from u.id
      and not exists (select 1 from case_kept_away k
        where k.company_id = c.company_id and k.case_id = c.id and k.who = u.id)
      and (c.closed_to is null or c.closed_to && array[u.id, u.parent_id])
    on conflict (company_id, unit_id, case_id, since) do update set until = null`);
}

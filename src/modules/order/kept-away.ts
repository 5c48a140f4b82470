import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/**
 * Whether a unit, or the person named in it, is to keep away from one of these cases: it or the unit above it is complained
 * about or was found liable, or he is recused. No work and no question of the case goes there.
 */
export async function isKeptAway(
  db: Db,
  companyId: string,
  of: { readonly caseIds: readonly string[]; readonly unitId: string; readonly personId: string | null },
): Promise<boolean> {
  const { kept } = await db.one<{ kept: boolean }>(sql`
    select exists (select 1 from cases c join units u on u.company_id = c.company_id and u.id = ${of.unitId}
      where c.company_id = ${companyId} and c.id = any(${of.caseIds}::uuid[])
        and (c.accused_unit_id in (u.id, u.parent_id)
          or exists (select 1 from case_kept_away k where k.company_id = c.company_id and k.case_id = c.id
            and k.who in (u.id, u.parent_id, ${of.personId}::uuid)))) as kept`);
  return kept;
}

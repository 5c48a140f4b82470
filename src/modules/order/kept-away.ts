import { type Refusal, refuse } from '#kernel/result.ts';
import type { Db } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';

/** Who asks, as far as keeping away goes. */
type Asking = { readonly personId: string; readonly unitIds: readonly string[] };

/** Of the row `c` of cases: a unit of the reader is complained about or was found liable, or he himself is to keep away (回避). */
export function keptAway(reader: Asking): Sql {
  return sql`((c.accused_unit_id is not null and c.accused_unit_id = any(${reader.unitIds}::uuid[]))
    or exists (select 1 from case_kept_away x where x.company_id = c.company_id and x.case_id = c.id
      and x.who = any(${[reader.personId, ...reader.unitIds]}::uuid[])))`;
}

/** Of the row `c` of cases: the ids of all that `keptAway` holds of some reader, as one sorted text. */
export function allKeptAway(): Sql {
  return sql`array_to_string(array(select distinct w.who from (select c.accused_unit_id as who
    union all select x.who from case_kept_away x where x.company_id = c.company_id and x.case_id = c.id) w
    where w.who is not null order by w.who), ',')`;
}

/**
 * Of the row `c`: it does not exist for this reader, although he may know of others that he sees nothing of: he is to keep
 * away from it, or it has a closed list without him. Figures about units leave it out, and no work of it passes to him.
 */
export function withheld(reader: Asking): Sql {
  return sql`(${keptAway(reader)} or (c.closed_to is not null and not exists (select 1 from case_access a
    where a.company_id = c.company_id and a.case_id = c.id and a.until is null and a.unit_id = any(c.closed_to)
      and a.unit_id = any(${reader.unitIds}::uuid[]))))`;
}

/**
 * Why no work and no question of these cases goes to a unit, or to the person named in it: the unit or the one above it is
 * complained about or was found liable, or he is recused (`accused`); or the case has a closed list and the unit is not on
 * it (`case.closed-list`). Undefined: it may.
 */
export async function keptOut(
  db: Db,
  companyId: string,
  of: { readonly caseIds: readonly string[]; readonly unitId: string; readonly personId: string | null },
  accused: string,
): Promise<Refusal | undefined> {
  const { away, closed } = await db.one<{ away: boolean | null; closed: boolean | null }>(sql`
    select bool_or(c.accused_unit_id in (u.id, u.parent_id)
        or exists (select 1 from case_kept_away k where k.company_id = c.company_id and k.case_id = c.id
          and k.who in (u.id, u.parent_id, ${of.personId}::uuid))) as away,
      bool_or(c.closed_to is not null and not c.closed_to && array[u.id, u.parent_id]) as closed
    from cases c join units u on u.company_id = c.company_id and u.id = ${of.unitId}
    where c.company_id = ${companyId} and c.id = any(${of.caseIds}::uuid[])`);
  if (away === true) return refuse(accused);
  return closed === true ? refuse('case.closed-list') : undefined;
}

import { timestamp, type Tx } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';

/** A clock that says something: its level is the number of the warning, the last one the breach. */
type Speaking = {
  readonly id: string;
  readonly orderId: string;
  readonly caseId: string | null;
  readonly role: string;
  readonly level: number;
};

export type Receiver = {
  readonly clockId: string;
  readonly personId: string;
  /** The case that the message is about, by its number. */
  readonly caseId: string;
  readonly no: string;
};

/** Who leads those who do the work. */
const TEAM_LEADS = ['station-lead', 'hall-lead', 'repair-lead', 'department-head'];

/**
 * From the third warning on the department, with the fourth (the breach) the control centre are told, and the deputy
 * manager where a promise or the law was broken (R108: four levels). Whoever is told must be able to look: their
 * units get access, except the accused unit, what belongs to it, and what it belongs to. A closed list stays as it is.
 */
export async function openEyes(tx: Tx, companyId: string, speaking: readonly Speaking[]): Promise<void> {
  const high = speaking.filter((one) => one.level >= 3);
  if (high.length === 0) return;
  await tx.run(sql`
    insert into case_access (company_id, unit_id, case_id, since)
    select distinct ${companyId}::uuid, u.id, c.id, ${timestamp(tx.now)}::timestamptz
    from ${spoken(high)}
    join orders o on o.company_id = ${companyId} and o.id = f."orderId"
    join case_orders l on l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null
      and (f."caseId" is null or l.case_id = f."caseId")
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    join units u on u.company_id = o.company_id and (u.id = o.lead_unit_id
      or (f.level >= 4 and (u.code = 'control-centre' or (u.code = 'leading-group' and f.role in ('promise', 'law')))))
    left join units accused on accused.company_id = c.company_id and accused.id = c.accused_unit_id
    where not exists (select 1 from case_access a
      where a.company_id = c.company_id and a.unit_id = u.id and a.case_id = c.id and a.until is null)
      and u.id is distinct from accused.id and u.id is distinct from accused.parent_id
      and u.parent_id is distinct from accused.id and c.closed_to is null
    on conflict (company_id, unit_id, case_id, since) do update set until = null`);
}

/**
 * Whom a speaking clock tells: the holder of the work, then the team lead too (at once where nobody holds it), then the
 * head of the department, then control centre and deputy manager. Only who may see the case (design rule 2).
 */
export async function listReceivers(
  tx: Tx,
  companyId: string,
  speaking: readonly Speaking[],
): Promise<readonly Receiver[]> {
  if (speaking.length === 0) return [];
  return await tx.rows<Receiver>(sql`
    with fired as (select f.* from ${spoken(speaking)}),
    work as (
      select f.id, f.level, t.holder_id, t.unit_id, u.parent_id, o.lead_unit_id
      from fired f
      join orders o on o.company_id = ${companyId} and o.id = f."orderId"
      join tasks t on t.company_id = o.company_id and t.order_id = o.id and t.state = 'open'
        and (f."caseId" is null or t.case_id is null or t.case_id = f."caseId")
      join units u on u.company_id = t.company_id and u.id = t.unit_id
    ),
    told as (
      select w.id, w.holder_id as person_id from work w where w.holder_id is not null
      union
      select w.id, a.person_id from work w
      join assignments a on a.company_id = ${companyId} and a.unit_id = w.unit_id and a.until is null
        and a.post = any(${TEAM_LEADS}::text[])
      where w.level >= 2 or w.holder_id is null
      union
      select w.id, a.person_id from work w
      join assignments a on a.company_id = ${companyId} and a.until is null and a.post = 'department-head'
        and a.unit_id in (w.unit_id, w.parent_id, w.lead_unit_id)
      where w.level >= 3
      union
      select f.id, a.person_id from fired f
      join units u on u.company_id = ${companyId} and u.code in ('control-centre', 'leading-group')
      join assignments a on a.company_id = u.company_id and a.unit_id = u.id and a.until is null
        and (a.post = 'control-officer' or (a.post = 'deputy-manager' and f.role in ('promise', 'law')))
      where f.level >= 4
    )
    select distinct on (told.id, told.person_id) told.id as "clockId", told.person_id as "personId", c.id as "caseId", c.no
    from told
    join fired f on f.id = told.id
    join case_orders l on l.company_id = ${companyId} and l.order_id = f."orderId" and l.unlinked_at is null
      and (f."caseId" is null or l.case_id = f."caseId")
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    where exists (select 1 from assignments a
        join units own on own.company_id = a.company_id and own.id = a.unit_id
        join case_access x on x.company_id = a.company_id and x.case_id = c.id and x.until is null
          and x.since <= ${timestamp(tx.now)} and x.unit_id in (own.id, own.parent_id)
          and (c.closed_to is null or x.unit_id = any(c.closed_to))
        where a.company_id = c.company_id and a.person_id = told.person_id and a.until is null)
      and not exists (select 1 from assignments a
        join units own on own.company_id = a.company_id and own.id = a.unit_id
        where a.company_id = c.company_id and a.person_id = told.person_id and a.until is null
          and (c.accused_unit_id in (own.id, own.parent_id)
            or exists (select 1 from case_kept_away k where k.company_id = c.company_id and k.case_id = c.id
              and k.who in (a.person_id, own.id, own.parent_id))))
    order by told.id, told.person_id, l.linked_at, c.id`);
}

function spoken(speaking: readonly Speaking[]): Sql {
  const rows = speaking.map(({ id, orderId, caseId, role, level }) => ({ id, orderId, caseId, role, level }));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f (id uuid, "orderId" uuid, "caseId" uuid,
    role text, level integer)`;
}

import { type Refusal, refuse } from '#kernel/result.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { checkGrant, checkRevoke } from './domain/index.ts';
import { lockPerson, note, type OrgActor, rolesOf } from './org-actor.ts';

type RoleRequest = { readonly personId: string; readonly role: string };

/** Refusals: `http.not-found` and those of `checkGrant`. The new right holds from the person's next request. */
export async function grantRole(
  tx: Tx,
  actor: OrgActor,
  { personId, role }: RoleRequest,
): Promise<{ readonly roles: readonly string[] } | Refusal> {
  const { companyId } = actor;
  if (!(await lockPerson(tx, companyId, personId))) return refuse('http.not-found');
  const held = await rolesOf(tx, companyId, personId);
  const fault = checkGrant({ role, held, own: personId === actor.personId });
  if (fault !== undefined) return fault;
  await tx.run(sql`insert into role_grants (company_id, person_id, role, granted_at, granted_by)
    values (${companyId}, ${personId}, ${role}, ${timestamp(tx.now)}, ${actor.personId})`);
  await note(tx, actor, 'role.granted', { type: 'person', id: personId }, { role });
  return { roles: [...held, role] };
}

/** Refusals: `http.not-found` and those of `checkRevoke`. The right is gone at the person's next request. */
export async function revokeRole(
  tx: Tx,
  actor: OrgActor,
  { personId, role }: RoleRequest,
): Promise<{ readonly roles: readonly string[] } | Refusal> {
  const { companyId } = actor;
  if (!(await lockPerson(tx, companyId, personId))) return refuse('http.not-found');
  const held = await rolesOf(tx, companyId, personId);
  const others = await othersWith(tx, companyId, { personId, role });
  const fault = checkRevoke({ role, held, own: personId === actor.personId, others });
  if (fault !== undefined) return fault;
  await tx.run(sql`delete from role_grants
    where role_grants.company_id = ${companyId} and role_grants.person_id = ${personId} and role_grants.role = ${role}`);
  await note(tx, actor, 'role.revoked', { type: 'person', id: personId }, { role });
  return { roles: held.filter((one) => one !== role) };
}

/** Locks the others' grants: of two who take the last two auditors' roles at once, the second is refused. */
async function othersWith(tx: Tx, companyId: string, { personId, role }: RoleRequest): Promise<number> {
  const rows = await tx.rows(sql`
    select g.person_id from role_grants g
    join accounts a on a.company_id = g.company_id and a.person_id = g.person_id and a.disabled_at is null
    join people p on p.company_id = g.company_id and p.id = g.person_id and p.left_at is null
    where g.company_id = ${companyId} and g.role = ${role} and g.person_id <> ${personId}
    order by g.person_id for update of g`);
  return rows.length;
}

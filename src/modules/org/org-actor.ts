import { auditWriter } from '#modules/audit/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Who administers. */
export type OrgActor = { readonly companyId: string; readonly personId: string };

/** Every act of administration is audited, with codes and ids only. */
export async function note(
  tx: Tx,
  actor: OrgActor,
  action: string,
  object: { readonly type: 'person' | 'account' | 'unit' | 'company' | 'session'; readonly id: string },
  detail: Readonly<Record<string, string>> = {},
): Promise<void> {
  await auditWriter(tx, actor.companyId).write({
    actorId: actor.personId,
    action,
    outcome: 'done',
    objectType: object.type,
    objectId: object.id,
    detail,
  });
}

/** Locks the person, so that of two acts on him the second sees the first. False: no such person of this company. */
export async function lockPerson(tx: Tx, companyId: string, personId: string): Promise<boolean> {
  const found = await tx.maybe(sql`
    select 1 from people p where p.company_id = ${companyId} and p.id = ${personId} and p.left_at is null for update`);
  return found !== undefined;
}

export async function rolesOf(db: Db, companyId: string, personId: string): Promise<readonly string[]> {
  const rows = await db.rows<{ role: string }>(sql`
    select g.role from role_grants g
    where g.company_id = ${companyId} and g.person_id = ${personId} order by g.role`);
  return rows.map((row) => row.role);
}

export async function endSessions(tx: Tx, companyId: string, personId: string): Promise<number> {
  return await tx.run(sql`update sessions set ended_at = now()
    where sessions.company_id = ${companyId} and sessions.person_id = ${personId} and sessions.ended_at is null`);
}

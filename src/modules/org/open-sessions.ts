import { type Refusal, refuse } from '#kernel/result.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { SessionRow } from './admin-api.ts';
import { note, type OrgActor } from './org-actor.ts';

/** More than this nobody reads; the newest come first. */
const MOST = 500;

/** Sessions that can still be used, the newest first: one person's, or everybody's. */
export async function listSessions(
  db: Db,
  who: { readonly companyId: string; readonly sessionId: string },
  personId: string | null,
): Promise<readonly SessionRow[]> {
  return await db.rows<SessionRow>(sql`
    select s.id, p.name as person, p.staff_no as "staffNo", u.name as unit, s.device, s.created_at as "createdAt",
      s.seen_at as "seenAt", s.locked_at is not null as locked, s.id = ${who.sessionId} as current
    from sessions s
    join people p on p.company_id = s.company_id and p.id = s.person_id
    join assignments m on m.company_id = s.company_id and m.person_id = s.person_id and m.main and m.until is null
    join units u on u.company_id = m.company_id and u.id = m.unit_id
    where s.company_id = ${who.companyId} and s.ended_at is null and s.expires_at > now()
      and (${personId}::uuid is null or s.person_id = ${personId}::uuid)
    order by s.created_at desc, s.id limit ${MOST}`);
}

/** Ends a session, one's own or anybody's; whoever sits there is refused at his next request. */
export async function endSession(
  tx: Tx,
  actor: OrgActor,
  request: { readonly sessionId: string; readonly of: 'own' | 'anybody' },
): Promise<{ readonly ended: true } | Refusal> {
  const whose = request.of === 'own' ? sql`sessions.person_id = ${actor.personId}` : sql`true`;
  const ended = await tx.run(sql`update sessions set ended_at = now()
    where sessions.company_id = ${actor.companyId} and sessions.id = ${request.sessionId}
      and sessions.ended_at is null and ${whose}`);
  if (ended === 0) return refuse('http.not-found');
  await note(tx, actor, 'session.ended', { type: 'session', id: request.sessionId });
  return { ended: true };
}

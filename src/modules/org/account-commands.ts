import { type Refusal, refuse } from '#kernel/result.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { IssuedCode } from './admin-api.ts';
import { isAdministrator } from './domain/index.ts';
import { type CodeWay, handOver } from './hand-over-code.ts';
import { endSessions, lockPerson, note, type OrgActor, rolesOf } from './org-actor.ts';
import { hashPassword } from './password-hash.ts';
import { dropFactor } from './second-factor.ts';

/**
 * Gives a person an account and the code with which he sets its password. Refusals: `http.not-found`, `org.has-account`,
 * `org.login-used`.
 */
export async function openAccount(
  tx: Tx,
  way: CodeWay,
  actor: OrgActor,
  request: { readonly personId: string; readonly login: string },
): Promise<IssuedCode | Refusal> {
  const { companyId } = actor;
  const { personId, login } = request;
  if (!(await lockPerson(tx, companyId, personId))) return refuse('http.not-found');
  if ((await loginOf(tx, companyId, personId)) !== undefined) return refuse('org.has-account');
  // A password that nobody knows: the code replaces it.
  const unknown = await hashPassword(crypto.randomUUID());
  const made = await tx.run(sql`
    insert into accounts (company_id, person_id, login, password_hash, password_changed_at)
    values (${companyId}, ${personId}, ${login}, ${unknown}, ${timestamp(tx.now)})
    on conflict (company_id, login) do nothing`);
  if (made === 0) return refuse('org.login-used', { login });
  await note(tx, actor, 'account.opened', { type: 'account', id: personId });
  return { login, ...(await handOver(tx, way, { companyId, personId })) };
}

/**
 * Starts a reset: the code goes to its person, and whoever starts it never learns the password; a second factor begins
 * anew. The accounts of the three administrators are reset at the server's console only, or one of them could make himself another.
 */
export async function resetAccount(
  tx: Tx,
  way: CodeWay,
  actor: OrgActor,
  personId: string,
): Promise<IssuedCode | Refusal> {
  const login = await changeable(tx, actor, personId);
  if (typeof login !== 'string') return login;
  await dropFactor(tx, { companyId: actor.companyId, personId });
  await note(tx, actor, 'account.reset', { type: 'account', id: personId });
  return { login, ...(await handOver(tx, way, { companyId: actor.companyId, personId })) };
}

/** Ends every session of the account at once: the next request is refused. */
export async function disableAccount(
  tx: Tx,
  actor: OrgActor,
  personId: string,
): Promise<{ readonly login: string } | Refusal> {
  const login = await changeable(tx, actor, personId);
  if (typeof login !== 'string') return login;
  await tx.run(sql`update accounts set disabled_at = ${timestamp(tx.now)}
    where accounts.company_id = ${actor.companyId} and accounts.person_id = ${personId}`);
  await endSessions(tx, actor.companyId, personId);
  await note(tx, actor, 'account.disabled', { type: 'account', id: personId });
  return { login };
}

export async function enableAccount(
  tx: Tx,
  actor: OrgActor,
  personId: string,
): Promise<{ readonly login: string } | Refusal> {
  const login = await changeable(tx, actor, personId);
  if (typeof login !== 'string') return login;
  await tx.run(sql`update accounts set disabled_at = null, failures = 0, locked_until = null
    where accounts.company_id = ${actor.companyId} and accounts.person_id = ${personId}`);
  await note(tx, actor, 'account.enabled', { type: 'account', id: personId });
  return { login };
}

/** Opens an account that wrong passwords locked (R101) before its quarter of an hour is over. */
export async function unlockAccount(
  tx: Tx,
  actor: OrgActor,
  personId: string,
): Promise<{ readonly login: string } | Refusal> {
  if (!(await lockPerson(tx, actor.companyId, personId))) return refuse('http.not-found');
  const login = await loginOf(tx, actor.companyId, personId);
  if (login === undefined) return refuse('http.not-found');
  await tx.run(sql`update accounts set failures = 0, locked_until = null
    where accounts.company_id = ${actor.companyId} and accounts.person_id = ${personId}`);
  await note(tx, actor, 'account.unlocked', { type: 'account', id: personId });
  return { login };
}

/** The login of an account that this actor may change: somebody else's, and of no administrator. */
async function changeable(tx: Tx, actor: OrgActor, personId: string): Promise<string | Refusal> {
  if (!(await lockPerson(tx, actor.companyId, personId))) return refuse('http.not-found');
  const login = await loginOf(tx, actor.companyId, personId);
  if (login === undefined) return refuse('http.not-found');
  if (personId === actor.personId) return refuse('org.own');
  const held = await rolesOf(tx, actor.companyId, personId);
  return isAdministrator(held) ? refuse('org.console-only') : login;
}

async function loginOf(tx: Tx, companyId: string, personId: string): Promise<string | undefined> {
  const row = await tx.maybe<{ login: string }>(sql`
    select a.login from accounts a where a.company_id = ${companyId} and a.person_id = ${personId}`);
  return row?.login;
}

import { createHash, randomBytes } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { Vault } from '#platform/vault.ts';
import { checkPassword } from './domain/password-rule.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { checkFactor } from './second-factor.ts';

// Sessions and lock-outs run on real time (`now()` of the database), also where a demo company's clock is scaled.

/** Verified where no account is, so that an unknown login takes as long as a wrong password. */
const NOBODY = 'argon2id$19456$2$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
/** R101: five failures lock an account for a quarter of an hour. R100: none of the last five passwords. */
const FAILURES = 5;
const HISTORY = 5;

type AccountRow = {
  readonly company_id: string;
  readonly person_id: string;
  readonly login: string;
  readonly password_hash: string;
  readonly password_history: readonly string[];
  readonly failures: number;
  readonly locked_until: Instant | null;
  readonly is_locked: boolean;
};

export type Opened = { readonly token: string };

/**
 * Opens a session. Unlike other commands it commits a refusal too: the failure is counted and audited. The caller runs
 * it in a plain transaction. Refusals: `session.wrong` (also for an unknown or disabled account), `session.locked-out`,
 * `session.second-factor` (the password is right, a code is asked for; nothing is counted), `session.wrong-code`.
 */
export async function signIn(
  tx: Tx,
  vault: Vault,
  request: {
    readonly login: string;
    readonly password: string;
    readonly code?: string;
    readonly device: string;
  },
): Promise<Opened | Refusal> {
  const account = await findAccount(tx, sql`a.login = ${request.login}`);
  if (account === undefined) {
    await verifyPassword(request.password, NOBODY);
    return refuse('session.wrong');
  }
  if (account.is_locked) return refuse('session.locked-out', { until: account.locked_until ?? 0 });
  if (!(await verifyPassword(request.password, account.password_hash)))
    return await countFailure(tx, account);
  const factor = await checkFactor(tx, vault, whoOf(account), request.code);
  if (factor === 'missing') return refuse('session.second-factor');
  if (factor === 'wrong') return await countFailure(tx, account, 'session.wrong-code');

  const token = randomBytes(32).toString('base64url');
  const sessionId = newId();
  await tx.run(sql`update accounts set failures = 0, locked_until = null
    where accounts.company_id = ${account.company_id} and accounts.person_id = ${account.person_id}`);
  await tx.run(sql`
    insert into sessions (company_id, token_hash, id, person_id, created_at, seen_at, expires_at, device)
    values (${account.company_id}, ${hashToken(token)}, ${sessionId}, ${account.person_id}, now(), now(),
      now() + interval '12 hours', ${request.device.slice(0, 200)})`);
  await audit(tx, account, 'session.opened', 'done');
  return { token };
}

async function countFailure(
  tx: Tx,
  account: AccountRow,
  said: 'session.wrong' | 'session.wrong-code' = 'session.wrong',
): Promise<Refusal> {
  const { until } = await tx.one<{ until: Instant | null }>(sql`
    update accounts set failures = case when accounts.failures + 1 >= ${FAILURES} then 0 else accounts.failures + 1 end,
      locked_until = case when accounts.failures + 1 >= ${FAILURES} then now() + interval '15 minutes' end
    where accounts.company_id = ${account.company_id} and accounts.person_id = ${account.person_id}
    returning accounts.locked_until as until`);
  await audit(tx, account, until === null ? 'session.wrong-password' : 'session.locked-out', 'refused');
  return until === null ? refuse(said) : refuse('session.locked-out', { until });
}

function whoOf(account: AccountRow) {
  return { companyId: account.company_id, personId: account.person_id };
}

/** He is who he says: the password again, counted like at sign-in. Refusals: `session.none`, `.locked-out`, `.wrong`. */
export async function provePassword(
  tx: Tx,
  who: { readonly companyId: string; readonly personId: string },
  password: string,
): Promise<Refusal | undefined> {
  const account = await findAccount(
    tx,
    sql`a.company_id = ${who.companyId} and a.person_id = ${who.personId}`,
  );
  if (account === undefined) return refuse('session.none');
  if (account.is_locked) return refuse('session.locked-out', { until: account.locked_until ?? 0 });
  return (await verifyPassword(password, account.password_hash))
    ? undefined
    : await countFailure(tx, account);
}

/** Opens a locked screen again with the password; drafts were kept meanwhile (R102). */
export async function unlock(
  tx: Tx,
  who: { readonly companyId: string; readonly personId: string; readonly sessionId: string },
  password: string,
): Promise<{ readonly unlocked: true } | Refusal> {
  const refused = await provePassword(tx, who, password);
  if (refused !== undefined) return refused;
  await tx.run(sql`update sessions set locked_at = null, seen_at = now()
    where sessions.company_id = ${who.companyId} and sessions.id = ${who.sessionId}`);
  return { unlocked: true };
}

export async function signOut(
  tx: Tx,
  who: { readonly companyId: string; readonly sessionId: string },
): Promise<void> {
  await tx.run(sql`update sessions set ended_at = now()
    where sessions.company_id = ${who.companyId} and sessions.id = ${who.sessionId}`);
}

/** Changes the password and ends all other sessions of the person. */
export async function changePassword(
  tx: Tx,
  who: { readonly companyId: string; readonly personId: string; readonly sessionId: string },
  request: { readonly password: string; readonly newPassword: string },
): Promise<{ readonly changed: true } | Refusal> {
  const account = await findAccount(
    tx,
    sql`a.company_id = ${who.companyId} and a.person_id = ${who.personId}`,
  );
  if (account === undefined) return refuse('session.none');
  if (!(await verifyPassword(request.password, account.password_hash))) return refuse('session.wrong');
  const fault = checkPassword(request.newPassword, account.login);
  if (fault !== undefined) return fault;
  for (const old of [account.password_hash, ...account.password_history])
    if (await verifyPassword(request.newPassword, old)) return refuse('session.password-used');
  const history = [account.password_hash, ...account.password_history].slice(0, HISTORY);
  await tx.run(sql`
    update accounts set password_hash = ${await hashPassword(request.newPassword)}, password_history = ${history},
      password_changed_at = ${timestamp(tx.now)}, must_change = false
    where accounts.company_id = ${who.companyId} and accounts.person_id = ${who.personId}`);
  await tx.run(sql`update sessions set ended_at = now()
    where sessions.company_id = ${who.companyId} and sessions.person_id = ${who.personId}
      and sessions.id <> ${who.sessionId} and sessions.ended_at is null`);
  await audit(tx, account, 'session.password-changed', 'done');
  return { changed: true };
}

/** Only this is stored: whoever reads the database cannot act as anybody. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

async function findAccount(db: Db, where: ReturnType<typeof sql>): Promise<AccountRow | undefined> {
  return await db.maybe<AccountRow>(sql`
    select a.company_id, a.person_id, a.login, a.password_hash, a.password_history, a.failures, a.locked_until,
      coalesce(a.locked_until > now(), false) as is_locked
    from accounts a where ${where} and a.disabled_at is null for update`);
}

async function audit(
  tx: Tx,
  account: AccountRow,
  action: string,
  outcome: 'done' | 'refused',
): Promise<void> {
  await auditWriter(tx, account.company_id).write({
    actorId: account.person_id,
    action,
    outcome,
    objectType: 'account',
    objectId: account.person_id,
  });
}

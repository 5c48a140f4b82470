import { createHash, randomInt } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { checkPassword } from './domain/password-rule.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';

/** Without letters and digits that are mistaken for each other: the code is read out and copied by hand. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
/** 20 letters of 30 are 98 bits: not to be guessed, so the code alone names its person. */
const GROUPS = 4;
const GROUP = 5;
const HISTORY = 5;

export type CodePurpose = 'first-administrator' | 'password-reset';

/**
 * A code with which its person, once and within the hours, sets a password of his own. An earlier code of his ends. Real
 * time, like sessions. Only the hash is kept: whoever has the answer of this call has the code, and nobody else.
 */
export async function issueCode(
  tx: Tx,
  request: {
    readonly companyId: string;
    readonly personId: string;
    readonly purpose: CodePurpose;
    readonly hours: number;
  },
): Promise<{ readonly code: string; readonly until: Instant }> {
  const { companyId, personId, purpose, hours } = request;
  const code = newCode();
  await tx.run(sql`update one_time_codes set used_at = now()
    where one_time_codes.company_id = ${companyId} and one_time_codes.person_id = ${personId}
      and one_time_codes.used_at is null`);
  const { until } = await tx.one<{ until: Instant }>(sql`
    insert into one_time_codes (company_id, code_hash, purpose, person_id, expires_at)
    values (${companyId}, ${hashCode(code)}, ${purpose}, ${personId}, now() + make_interval(hours => ${hours}))
    returning one_time_codes.expires_at as until`);
  return { code, until };
}

type CodeRow = {
  readonly company_id: string;
  readonly person_id: string;
  readonly login: string;
  readonly password_hash: string;
  readonly password_history: readonly string[];
};

/**
 * Sets the password that a code stands for, and ends the person's sessions. Refusals: `code.wrong` (unknown, used,
 * expired, account disabled: which of them, is nobody's business) and those of the password rule.
 */
export async function redeemCode(
  tx: Tx,
  request: { readonly code: string; readonly newPassword: string },
): Promise<{ readonly login: string } | Refusal> {
  const row = await tx.maybe<CodeRow>(sql`
    select a.company_id, a.person_id, a.login, a.password_hash, a.password_history
    from one_time_codes c
    join accounts a on a.company_id = c.company_id and a.person_id = c.person_id and a.disabled_at is null
    where c.code_hash = ${hashCode(request.code)} and c.used_at is null and c.expires_at > now()
    for update`);
  if (row === undefined) return refuse('code.wrong');
  const fault = checkPassword(request.newPassword, row.login);
  if (fault !== undefined) return fault;
  const old = [row.password_hash, ...row.password_history].slice(0, HISTORY);
  for (const hash of old)
    if (await verifyPassword(request.newPassword, hash)) return refuse('session.password-used');
  await tx.run(sql`
    update accounts set password_hash = ${await hashPassword(request.newPassword)}, password_history = ${old},
      password_changed_at = ${timestamp(tx.now)}, must_change = false, failures = 0, locked_until = null
    where accounts.company_id = ${row.company_id} and accounts.person_id = ${row.person_id}`);
  await tx.run(sql`update one_time_codes set used_at = now()
    where one_time_codes.company_id = ${row.company_id} and one_time_codes.code_hash = ${hashCode(request.code)}`);
  await tx.run(sql`update sessions set ended_at = now()
    where sessions.company_id = ${row.company_id} and sessions.person_id = ${row.person_id}
      and sessions.ended_at is null`);
  await auditWriter(tx, row.company_id).write({
    actorId: row.person_id,
    action: 'account.code-used',
    outcome: 'done',
    objectType: 'account',
    objectId: row.person_id,
  });
  return { login: row.login };
}

function newCode(): string {
  return Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP }, () => LETTERS[randomInt(LETTERS.length)] ?? '').join(''),
  ).join('-');
}

/** However it was typed: small letters, with or without hyphens and blanks. */
function hashCode(code: string): string {
  return createHash('sha256')
    .update(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
    .digest('hex');
}

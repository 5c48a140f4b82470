import { createHash, randomInt } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { Vault } from '#platform/vault.ts';
import { ADMINISTRATORS } from './domain/index.ts';
import { newSecret, otpauthOf, stepOfCode } from './totp.ts';

/** For when the telephone is lost: each once. */
const RECOVERY_CODES = 10;
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const LENGTH = 10;

export type Who = { readonly companyId: string; readonly personId: string };

export type FactorView = {
  readonly since: Instant | null;
  readonly recoveryLeft: number;
  /** The company wants it of this person. */
  readonly required: boolean;
};

/** Of the account `a`, its company `c`: the company wants a second factor of these roles, and there is none yet. */
export const lacksFactor: Sql = sql`(c.second_factor
  and exists (select 1 from role_grants g where g.company_id = a.company_id and g.person_id = a.person_id
    and g.role = any(${ADMINISTRATORS}::text[]))
  and not exists (select 1 from second_factors f where f.company_id = a.company_id and f.person_id = a.person_id
    and f.confirmed_at is not null))`;

export async function factorView(db: Db, who: Who): Promise<FactorView> {
  return await db.one<FactorView>(sql`
    select (select f.confirmed_at from second_factors f
        where f.company_id = c.company_id and f.person_id = ${who.personId}) as since,
      (select count(*) from recovery_codes r where r.company_id = c.company_id and r.person_id = ${who.personId}
        and r.used_at is null) as "recoveryLeft",
      c.second_factor and exists (select 1 from role_grants g where g.company_id = c.company_id
        and g.person_id = ${who.personId} and g.role = any(${ADMINISTRATORS}::text[])) as required
    from companies c where c.company_id = ${who.companyId}`);
}

/**
 * A new secret, to be typed into an app or read by it. It counts when a code of it was shown to work (`confirmFactor`). Its
 * person has just proved himself by his password. Refusal: `factor.there-already`.
 */
export async function beginFactor(
  tx: Tx,
  vault: Vault,
  who: Who,
): Promise<{ readonly secret: string; readonly otpauth: string } | Refusal> {
  const { since } = await factorView(tx, who);
  if (since !== null) return refuse('factor.there-already');
  const secret = newSecret();
  await tx.run(sql`
    insert into second_factors (company_id, person_id, secret, begun_at)
    values (${who.companyId}, ${who.personId}, ${vault.seal(secret, placeOf(who))}, now())
    on conflict (company_id, person_id) do update set secret = excluded.secret, begun_at = excluded.begun_at, last_step = 0`);
  const of = await tx.one<{ company: string; login: string }>(sql`
    select c.short_name as company, a.login from accounts a join companies c on c.company_id = a.company_id
    where a.company_id = ${who.companyId} and a.person_id = ${who.personId}`);
  return { secret, otpauth: otpauthOf(secret, of) };
}

/** From now on sign-in asks for a code. The recovery codes are told here, once. Refusals: `factor.none`, `factor.wrong`. */
export async function confirmFactor(
  tx: Tx,
  vault: Vault,
  who: Who,
  code: string,
): Promise<{ readonly recoveryCodes: readonly string[] } | Refusal> {
  const row = await findFactor(tx, vault, who);
  if (row === undefined || row.confirmed) return refuse('factor.none');
  if (!(await takeStep(tx, who, row, code))) return refuse('factor.wrong');
  await tx.run(sql`update second_factors set confirmed_at = now()
    where second_factors.company_id = ${who.companyId} and second_factors.person_id = ${who.personId}`);
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  await tx.run(sql`delete from recovery_codes
    where recovery_codes.company_id = ${who.companyId} and recovery_codes.person_id = ${who.personId}`);
  await tx.run(sql`
    insert into recovery_codes (company_id, person_id, code_hash)
    select ${who.companyId}, ${who.personId}, h from unnest(${codes.map(hashOf)}::text[]) h`);
  await audit(tx, who, 'account.second-factor-on');
  return { recoveryCodes: codes };
}

/** Its person, proved by password and code, does without again. Refusals: `factor.none`, `factor.wrong`, `factor.required`. */
export async function endFactor(
  tx: Tx,
  vault: Vault,
  who: Who,
  code: string,
): Promise<{ readonly ended: true } | Refusal> {
  const { required } = await factorView(tx, who);
  if (required) return refuse('factor.required');
  const row = await findFactor(tx, vault, who);
  if (row?.confirmed !== true) return refuse('factor.none');
  if (!(await isCode(tx, who, row, code))) return refuse('factor.wrong');
  await dropFactor(tx, who);
  await audit(tx, who, 'account.second-factor-off');
  return { ended: true };
}

/** A reset of the account: whoever lost the telephone begins anew. */
export async function dropFactor(tx: Tx, who: Who): Promise<void> {
  await tx.run(sql`delete from second_factors
    where second_factors.company_id = ${who.companyId} and second_factors.person_id = ${who.personId}`);
  await tx.run(sql`delete from recovery_codes
    where recovery_codes.company_id = ${who.companyId} and recovery_codes.person_id = ${who.personId}`);
}

/** After the right password: nothing more is asked for, a code is missing, it is right, or it is wrong. */
export async function checkFactor(
  tx: Tx,
  vault: Vault,
  who: Who,
  code: string | undefined,
): Promise<'not-asked' | 'missing' | 'right' | 'wrong'> {
  const row = await findFactor(tx, vault, who);
  if (row?.confirmed !== true) return 'not-asked';
  if (code === undefined) return 'missing';
  return (await isCode(tx, who, row, code)) ? 'right' : 'wrong';
}

type Factor = {
  readonly secret: string;
  readonly lastStep: number;
  readonly confirmed: boolean;
  readonly now: Instant;
};

async function findFactor(tx: Tx, vault: Vault, who: Who): Promise<Factor | undefined> {
  const row = await tx.maybe<Factor>(sql`
    select f.secret, f.last_step::float8 as "lastStep", f.confirmed_at is not null as confirmed,
      clock_timestamp() as now
    from second_factors f where f.company_id = ${who.companyId} and f.person_id = ${who.personId} for update`);
  return row && { ...row, secret: vault.open(row.secret, placeOf(who)) };
}

/** The row that a sealed secret belongs to. */
export function placeOf({ companyId, personId }: Who): string {
  return `second_factors ${companyId} ${personId}`;
}

async function isCode(tx: Tx, who: Who, row: Factor, code: string): Promise<boolean> {
  if (/^\d{6}$/.test(code.trim())) return await takeStep(tx, who, row, code);
  const used = await tx.run(sql`update recovery_codes set used_at = now()
    where recovery_codes.company_id = ${who.companyId} and recovery_codes.person_id = ${who.personId}
      and recovery_codes.code_hash = ${hashOf(code)} and recovery_codes.used_at is null`);
  if (used === 1) await audit(tx, who, 'account.recovery-code-used');
  return used === 1;
}

async function takeStep(tx: Tx, who: Who, row: Factor, code: string): Promise<boolean> {
  const step = stepOfCode(row.secret, code.trim(), row);
  if (step === undefined) return false;
  await tx.run(sql`update second_factors set last_step = ${step}
    where second_factors.company_id = ${who.companyId} and second_factors.person_id = ${who.personId}`);
  return true;
}

function newRecoveryCode(): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)] ?? '').join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** However it was typed. */
function hashOf(code: string): string {
  return createHash('sha256')
    .update(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
    .digest('hex');
}

async function audit(tx: Tx, who: Who, action: string): Promise<void> {
  await auditWriter(tx, who.companyId).write({
    actorId: who.personId,
    action,
    outcome: 'done',
    objectType: 'account',
    objectId: who.personId,
  });
}

export type FactorRule = {
  readonly required: boolean;
  readonly without: readonly { readonly name: string; readonly role: string }[];
};

/** Whether the three administrators must have one, and who of them has none. */
export async function factorRule(db: Db, companyId: string): Promise<FactorRule> {
  const { required } = await db.one<{ required: boolean }>(sql`
    select c.second_factor as required from companies c where c.company_id = ${companyId}`);
  const without = await db.rows<{ name: string; role: string }>(sql`
    select p.name, g.role from role_grants g join people p on p.company_id = g.company_id and p.id = g.person_id
    where g.company_id = ${companyId} and g.role = any(${ADMINISTRATORS}::text[]) and p.left_at is null
      and not exists (select 1 from second_factors f where f.company_id = g.company_id and f.person_id = g.person_id
        and f.confirmed_at is not null)
    order by g.role, p.name`);
  return { required, without };
}

export async function setFactorRule(
  tx: Tx,
  who: Who,
  required: boolean,
): Promise<{ readonly required: boolean }> {
  await tx.run(
    sql`update companies set second_factor = ${required} where companies.company_id = ${who.companyId}`,
  );
  await audit(tx, who, required ? 'company.second-factor-required' : 'company.second-factor-free');
  return { required };
}

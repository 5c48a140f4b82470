import { createHash, randomBytes } from 'node:crypto';
import { DAY, type Instant } from '#kernel/instant.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** How long a link opens its case: well beyond the longest promise of the handbook, short enough to be forgotten. */
const LINK_LASTS = 90 * DAY;
const COMPANY_BYTES = 16;
const RANDOM_BYTES = 16;

/** Makes a link to a case; see `mintLinks`. */
export async function mintLink(tx: Tx, companyId: string, caseId: string): Promise<string> {
  const [token] = await mintLinks(tx, companyId, [caseId]);
  if (token === undefined) throw new Error('one case gives one token');
  return token;
}

/**
 * Makes a link to each case: the token is the company and 128 random bits, and only its hash is stored. A message that is
 * sent again carries a new one; both work.
 */
export async function mintLinks(
  tx: Tx,
  companyId: string,
  caseIds: readonly string[],
): Promise<readonly string[]> {
  if (caseIds.length === 0) return [];
  const company = Buffer.from(companyId.replaceAll('-', ''), 'hex');
  const tokens = caseIds.map(() => Buffer.concat([company, randomBytes(RANDOM_BYTES)]).toString('base64url'));
  await tx.run(sql`
    insert into case_links (company_id, token_hash, case_id, made_at, expires_at)
    select ${companyId}, t.hash, t.case_id, ${timestamp(tx.now)}, ${timestamp(tx.now + LINK_LASTS)}
    from unnest(${tokens.map(hashOf)}::text[], ${caseIds}::uuid[]) as t (hash, case_id)`);
  return tokens;
}

export type OpenLink = { readonly companyId: string; readonly caseId: string };

/** What a token opens; undefined for one that never was, is broken, or has expired: they look the same. */
export async function findLink(db: Db, token: string, now: Instant): Promise<OpenLink | undefined> {
  if (!/^[\w-]{43}$/.test(token)) return undefined;
  const hex = Buffer.from(token, 'base64url').subarray(0, COMPANY_BYTES).toString('hex');
  const companyId = hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
  return await db.maybe<OpenLink>(sql`
    select l.company_id as "companyId", l.case_id as "caseId" from case_links l
    where l.company_id = ${companyId} and l.token_hash = ${hashOf(token)} and l.expires_at > ${timestamp(now)}`);
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

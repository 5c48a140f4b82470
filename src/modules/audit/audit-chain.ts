import { createHash } from 'node:crypto';
import type { Db, Tx } from '#platform/db/db.ts';
import { timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';

/** Before the first seal. */
export const GENESIS = '0'.repeat(64);

/** An entry as it is hashed: every column as the database writes it, so that nothing about it can change unseen. */
type ChainedEntry = { readonly id: string; readonly canonical: string };

/** hash = SHA-256(hash before ‖ canonical text), in hexadecimal. */
export function chainHash(before: string, canonical: string): string {
  return createHash('sha256').update(before).update(canonical).digest('hex');
}

/** The canonical text of `audit_entries e`: a JSON array of all columns, times in UTC to the microsecond. */
export const CANONICAL: Sql = sql`jsonb_build_array(e.company_id, e.id,
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_id, e.session_id, e.action, e.outcome,
  e.object_type, e.object_id, e.detail)::text`;

/**
 * How far back of the last sealed entry a straggler is looked for. Ids begin with the time at which they were made; a
 * transaction that lives longer than a few seconds is rare, and none longer than its time-outs allow, so the deep look comes
 * seldom: ten minutes of a storm are two hundred thousand rows, which nobody should read every second.
 */
const STRAGGLER_MS = { near: 5000, deep: 10 * 60_000 };
/** Every so many turns; what is unsealed is believed for a minute (audit-verify.ts). */
export const DEEP_EVERY = 20;
/** Sealed in one turn: a second's entries, or a backlog in pieces. */
const BATCH = 5000;

/**
 * Chains what was committed and is not sealed yet. One sealer a company: others find the lock taken and do nothing. The
 * last second is unsealed; that is stated in docs/operations.md. Answers how many were sealed.
 */
export async function sealAudit(tx: Tx, companyId: string, look: keyof typeof STRAGGLER_MS): Promise<number> {
  const { got } = await tx.one<{ got: boolean }>(sql`
    select pg_try_advisory_xact_lock(hashtextextended('audit:' || ${companyId}::text, 0)) as got`);
  if (!got) return 0;
  const last = await tx.maybe<{ seq: number; hash: string; entry_id: string }>(sql`
    select s.seq, s.hash, s.entry_id from audit_seals s
    where s.company_id = ${companyId} order by s.seq desc limit 1`);
  const entries = await tx.rows<ChainedEntry>(sql`
    select e.id, ${CANONICAL} as canonical from audit_entries e
    left join audit_seals s on s.company_id = e.company_id and s.entry_id = e.id
    where e.company_id = ${companyId} and e.id >= ${last === undefined ? FIRST_ID : idBefore(last.entry_id, STRAGGLER_MS[look])}
      and s.seq is null order by e.id limit ${BATCH}`);
  if (entries.length === 0) return 0;
  let hash = last?.hash ?? GENESIS;
  const rows = entries.map(({ id, canonical }, i) => {
    hash = chainHash(hash, canonical);
    return { seq: (last?.seq ?? 0) + 1 + i, entryId: id, hash };
  });
  await tx.run(sql`
    insert into audit_seals (company_id, seq, entry_id, hash, sealed_at)
    select ${companyId}, r.seq, r."entryId", r.hash, ${timestamp(tx.now)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (seq bigint, "entryId" uuid, hash text)`);
  return rows.length;
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** The smallest UUIDv7 that was made so long before this one. */
function idBefore(id: string, by: number): string {
  const made = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  const hex = Math.max(0, made - by)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

export type Head = { readonly seq: number; readonly hash: string };

/** The last seal of a company. */
export async function lastSeal(db: Db, companyId: string): Promise<Head | undefined> {
  return await db.maybe<Head>(sql`
    select s.seq, s.hash from audit_seals s where s.company_id = ${companyId} order by s.seq desc limit 1`);
}

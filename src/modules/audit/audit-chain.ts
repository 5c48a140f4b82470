import { createHash } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
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

/** Ids begin with the time at which a program made them; its clock and the database's may differ by so much. */
const MARGIN_MS = 5000;
/** Sealed in one turn: a second's entries, or a backlog in pieces. */
const BATCH = 5000;

/**
 * Chains what was committed and is not sealed yet. One sealer a company: others find the lock taken and do nothing. The
 * last second is unsealed; that is stated in docs/operations.md. `openSince`: what `oldestOpen` said at the look before, for what a
 * long transaction commits late carries an id older than the last seal. Answers how many were sealed.
 */
export async function sealAudit(tx: Tx, companyId: string, openSince: Instant): Promise<number> {
  const { got } = await tx.one<{ got: boolean }>(sql`
    select pg_try_advisory_xact_lock(hashtextextended('audit:' || ${companyId}::text, 0)) as got`);
  if (!got) return 0;
  const last = await tx.maybe<{ seq: number; hash: string; entry_id: string }>(sql`
    select s.seq, s.hash, s.entry_id from audit_seals s
    where s.company_id = ${companyId} order by s.seq desc limit 1`);
  const entries = await tx.rows<ChainedEntry>(sql`
    select e.id, ${CANONICAL} as canonical from audit_entries e
    left join audit_seals s on s.company_id = e.company_id and s.entry_id = e.id
    where e.company_id = ${companyId} and e.id >= ${last === undefined ? FIRST_ID : firstIdOf(Math.min(madeAt(last.entry_id), openSince) - MARGIN_MS)}
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

function madeAt(id: string): Instant {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}

/** The smallest UUIDv7 of a moment. */
function firstIdOf(moment: Instant): string {
  const hex = Math.max(0, moment).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/**
 * Since when the oldest transaction is open, in the real time of the database; now, when none is. Reading ten minutes of entries
 * every so often instead took half a second of a core in a storm (measured).
 */
export async function oldestOpen(db: Db): Promise<Instant> {
  const { since } = await db.one<{ since: Instant }>(sql`
    select coalesce(min(a.xact_start), now()) as since from pg_stat_activity a
    where a.datname = current_database() and a.backend_type = 'client backend'`);
  return since;
}

export type Head = { readonly seq: number; readonly hash: string };

/** The last seal of a company. */
export async function lastSeal(db: Db, companyId: string): Promise<Head | undefined> {
  return await db.maybe<Head>(sql`
    select s.seq, s.hash from audit_seals s where s.company_id = ${companyId} order by s.seq desc limit 1`);
}

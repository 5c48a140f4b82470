import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { lastSeal } from './audit-chain.ts';

/** One exported head: whoever rewrites the whole chain in the database still has this line against him. */
export type ExportedHead = {
  readonly company: string;
  readonly day: string;
  readonly seq: number;
  readonly hash: string;
};

/**
 * Once a business day the head of the chain is appended to `<folder>/<company>.jsonl`, outside the database. Copy that
 * folder to another machine (docs/operations.md). Answers whether a head was exported.
 */
export async function exportHead(
  tx: Tx,
  company: { id: string; code: string },
  folder: string,
): Promise<boolean> {
  const head = await lastSeal(tx, company.id);
  if (head === undefined) return false;
  const day = new Date(tx.now + 8 * 3_600_000).toISOString().slice(0, 10);
  const isNew = await tx.run(sql`
    insert into audit_heads (company_id, day, seq, hash, exported_at)
    values (${company.id}, ${day}, ${head.seq}, ${head.hash}, ${timestamp(tx.now)}) on conflict do nothing`);
  if (isNew === 0) return false;
  const line: ExportedHead = { company: company.id, day, ...head };
  await mkdir(folder, { recursive: true });
  await appendFile(headFile(folder, company.code), `${JSON.stringify(line)}\n`, { flush: true });
  return true;
}

/** The exported heads of a company, oldest first; none where the file does not exist. */
export async function readHeads(folder: string, code: string): Promise<readonly ExportedHead[]> {
  const text = await readFile(headFile(folder, code), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ExportedHead);
}

/** Exported heads that the chain does not hold: each proves that it was cut off or written anew. Reads no entry. */
export async function lostHeads(
  db: Db,
  companyId: string,
  heads: readonly ExportedHead[],
): Promise<readonly ExportedHead[]> {
  const seals = await db.rows<{ seq: number; hash: string }>(sql`
    select s.seq, s.hash from audit_seals s
    where s.company_id = ${companyId} and s.seq = any(${heads.map((head) => head.seq)}::bigint[])`);
  const held = new Map(seals.map((seal) => [seal.seq, seal.hash]));
  return heads.filter((head) => held.get(head.seq) !== head.hash);
}

function headFile(folder: string, code: string): string {
  return join(folder, `${code}.jsonl`);
}

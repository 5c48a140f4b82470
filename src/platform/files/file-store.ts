import { createHash } from 'node:crypto';
import type { Db, Tx } from '../db/db.ts';
import { sql } from '../db/sql.ts';

/**
 * Contents by their hash, once each, as rows: written in the transaction of whatever they belong to, so none is lost by a
 * kill and none is left over (decision record `files.md`). Answers the hash.
 */
export async function putContent(tx: Tx, companyId: string, bytes: Buffer): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  await tx.run(sql`
    insert into file_contents (company_id, hash, bytes) values (${companyId}, ${hash}, ${bytes})
    on conflict do nothing`);
  return hash;
}

/** Undefined: no such content, or it was erased. */
export async function findContent(db: Db, companyId: string, hash: string): Promise<Buffer | undefined> {
  const row = await db.maybe<{ bytes: Buffer }>(sql`
    select f.bytes from file_contents f where f.company_id = ${companyId} and f.hash = ${hash}`);
  return row?.bytes;
}

/** Deletes a content to which nothing points any more; one that another case holds too stays. */
export async function dropContent(tx: Tx, companyId: string, hash: string): Promise<void> {
  await tx.run(sql`
    delete from file_contents where file_contents.company_id = ${companyId} and file_contents.hash = ${hash}
      and not exists (select 1 from case_files f where f.company_id = ${companyId} and f.hash = ${hash})`);
}

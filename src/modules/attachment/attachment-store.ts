import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CleanFile } from '#platform/files/clean-file.ts';

export type FileRow = {
  readonly id: string;
  readonly hash: string | null;
  readonly name: string | null;
  readonly kind: CleanFile['kind'];
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly source: 'staff' | 'customer';
  readonly by_person_id: string | null;
  readonly by: string | null;
  readonly at: Instant;
};

export type NewFile = {
  readonly id: string;
  readonly caseId: string;
  readonly hash: string;
  readonly name: string;
  readonly clean: CleanFile;
  readonly personId: string | null;
};

export async function listFiles(db: Db, companyId: string, caseId: string): Promise<FileRow[]> {
  return await db.rows<FileRow>(sql`
    select f.id, f.hash, f.name, f.kind, f.bytes, f.width, f.height, f.source, f.by_person_id, p.name as by, f.at
    from case_files f left join people p on p.company_id = f.company_id and p.id = f.by_person_id
    where f.company_id = ${companyId} and f.case_id = ${caseId} order by f.at, f.id`);
}

export function attachmentStore(tx: Tx, companyId: string) {
  return {
    async findByHash(caseId: string, hash: string): Promise<string | undefined> {
      const row = await tx.maybe<{ id: string }>(sql`
        select f.id from case_files f
        where f.company_id = ${companyId} and f.case_id = ${caseId} and f.hash = ${hash}`);
      return row?.id;
    },

    /** Files of a case, and how many of them the customer sent himself. */
    async count(caseId: string): Promise<{ all: number; customer: number }> {
      return await tx.one(sql`
        select count(*) as all, count(*) filter (where f.source = 'customer') as customer from case_files f
        where f.company_id = ${companyId} and f.case_id = ${caseId}`);
    },

    async blank(id: string): Promise<void> {
      await tx.run(sql`
        update case_files set hash = null, name = null, blanked_at = ${timestamp(tx.now)}
        where case_files.company_id = ${companyId} and case_files.id = ${id}`);
    },

    async insert({ id, caseId, hash, name, clean, personId }: NewFile): Promise<void> {
      await tx.run(sql`
        insert into case_files (company_id, id, case_id, hash, kind, name, bytes, width, height, source, by_person_id, at)
        values (${companyId}, ${id}, ${caseId}, ${hash}, ${clean.kind}, ${name}, ${clean.bytes.length}, ${clean.width},
          ${clean.height}, ${personId === null ? 'customer' : 'staff'}, ${personId}, ${timestamp(tx.now)})`);
    },
  };
}

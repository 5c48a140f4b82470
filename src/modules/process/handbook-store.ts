import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

export type HandbookVersionRow = {
  readonly companyId: string;
  readonly id: string;
  readonly hash: string;
  readonly content: string;
  readonly publishedAt: Instant;
  readonly publishedBy: string | null;
};

export function handbookStore(db: Db) {
  return {
    /** Inserts the version unless the same text is there already; gives back the id of the one that stands. */
    async insert(row: HandbookVersionRow): Promise<string> {
      await db.run(sql`
        insert into handbook_versions (company_id, id, hash, content, published_at, published_by)
        values (${row.companyId}, ${row.id}, ${row.hash}, ${row.content},
                ${timestamp(row.publishedAt)}, ${row.publishedBy})
        on conflict (company_id, hash) do nothing`);
      const found = await db.one<{ id: string }>(sql`
        select handbook_versions.id from handbook_versions
        where handbook_versions.company_id = ${row.companyId} and handbook_versions.hash = ${row.hash}`);
      return found.id;
    },

    /** Makes a version the one in force; false when it was already. */
    async activate(companyId: string, versionId: string): Promise<boolean> {
      const changed = await db.run(sql`
        update companies set handbook_version_id = ${versionId}
        where companies.company_id = ${companyId}
          and companies.handbook_version_id is distinct from ${versionId}`);
      return changed === 1;
    },

    findCompany(by: { readonly code: string } | { readonly companyId: string }) {
      const key =
        'code' in by ? sql`companies.code = ${by.code}` : sql`companies.company_id = ${by.companyId}`;
      return db.maybe<{ company_id: string; demo: boolean }>(sql`
        select companies.company_id, companies.demo from companies where ${key}`);
    },
  };
}

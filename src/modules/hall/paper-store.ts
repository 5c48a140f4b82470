import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

export type PaperRow = {
  readonly paper: string;
  readonly words: string | null;
  readonly until: string;
  readonly again: boolean;
  readonly toldAt: Instant;
  readonly receivedAt: Instant | null;
};

export async function listPapers(db: Db, companyId: string, caseId: string): Promise<PaperRow[]> {
  return await db.rows<PaperRow>(sql`
    select p.paper, x.body as words, p.until_step as until, p.again, p.told_at as "toldAt",
      p.received_at as "receivedAt"
    from case_papers p left join case_texts x on x.company_id = p.company_id and x.id = p.text_id
    where p.company_id = ${companyId} and p.case_id = ${caseId} order by p.told_at, p.paper`);
}

export function paperStore(tx: Tx, companyId: string) {
  return {
    async insert(
      caseId: string,
      by: string,
      papers: readonly {
        readonly id: string;
        readonly until: string;
        readonly again: boolean;
        readonly textId: string | null;
      }[],
    ): Promise<void> {
      if (papers.length === 0) return;
      await tx.run(sql`
        insert into case_papers (company_id, case_id, paper, text_id, until_step, again, told_at, told_by)
        select ${companyId}, ${caseId}, p.id, p."textId", p.until, p.again, ${timestamp(tx.now)}, ${by}
        from jsonb_to_recordset(${JSON.stringify(papers)}::jsonb)
          as p (id text, until text, again boolean, "textId" uuid)`);
    },

    /** True when it was missing until now. */
    async receive(caseId: string, paper: string, by: string): Promise<boolean> {
      const changed = await tx.run(sql`
        update case_papers set received_at = ${timestamp(tx.now)}, received_by = ${by}
        where case_papers.company_id = ${companyId} and case_papers.case_id = ${caseId}
          and case_papers.paper = ${paper} and case_papers.received_at is null`);
      return changed === 1;
    },

    async has(caseId: string, paper: string): Promise<boolean> {
      const row = await tx.maybe(sql`
        select p.paper from case_papers p
        where p.company_id = ${companyId} and p.case_id = ${caseId} and p.paper = ${paper}`);
      return row !== undefined;
    },
  };
}

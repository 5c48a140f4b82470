import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { DraftContent, DraftView } from './hall-api.ts';

type Owner = { readonly companyId: string; readonly personId: string };

/** The parked drafts of one person, oldest first: the order of the tabs. Nobody else's are ever read here. */
export async function listDrafts(db: Db, owner: Owner): Promise<DraftView[]> {
  return await db.rows<DraftView>(sql`
    select d.id, d.seq, d.content, d.saved_at as "savedAt" from intake_drafts d
    where d.company_id = ${owner.companyId} and d.person_id = ${owner.personId} order by d.created_at, d.id`);
}

export function draftStore(tx: Tx, owner: Owner) {
  const { companyId, personId } = owner;
  return {
    async count(): Promise<number> {
      return (
        await tx.one<{ n: number }>(sql`
        select count(*) as n from intake_drafts d where d.company_id = ${companyId} and d.person_id = ${personId}`)
      ).n;
    },

    async find(id: string): Promise<{ personId: string; seq: number } | undefined> {
      return await tx.maybe(sql`
        select d.person_id as "personId", d.seq from intake_drafts d
        where d.company_id = ${companyId} and d.id = ${id} for update`);
    },

    async insert(draft: { id: string; unitId: string; content: DraftContent }): Promise<void> {
      await tx.run(sql`
        insert into intake_drafts (company_id, id, person_id, unit_id, content, seq, created_at, saved_at)
        values (${companyId}, ${draft.id}, ${personId}, ${draft.unitId}, ${JSON.stringify(draft.content)}, 1,
          ${timestamp(tx.now)}, ${timestamp(tx.now)})`);
    },

    async update(id: string, content: DraftContent): Promise<void> {
      await tx.run(sql`
        update intake_drafts set content = ${JSON.stringify(content)}, seq = intake_drafts.seq + 1,
          saved_at = ${timestamp(tx.now)}
        where intake_drafts.company_id = ${companyId} and intake_drafts.id = ${id}
          and intake_drafts.person_id = ${personId}`);
    },

    async remove(id: string): Promise<void> {
      await tx.run(sql`
        delete from intake_drafts where intake_drafts.company_id = ${companyId} and intake_drafts.id = ${id}
          and intake_drafts.person_id = ${personId}`);
    },

    /** Another person's drafts become this one's (shift hand-over). */
    async takeOver(fromPersonId: string): Promise<number> {
      return await tx.run(sql`
        update intake_drafts set person_id = ${personId}
        where intake_drafts.company_id = ${companyId} and intake_drafts.person_id = ${fromPersonId}`);
    },
  };
}

/** How many drafts somebody has parked, and since when: all that a shift hand-over tells of them. */
export async function countParked(
  db: Db,
  owner: Owner,
): Promise<{ readonly count: number; readonly since: Instant | null }> {
  return await db.one(sql`
    select count(*) as count, min(d.created_at) as since from intake_drafts d
    where d.company_id = ${owner.companyId} and d.person_id = ${owner.personId}`);
}

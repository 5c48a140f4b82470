import { hashOfRow } from '#modules/order/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** A text that is not what it was when its event was written, or is gone without having been blanked. */
export type ChangedText = { readonly textId: string; readonly streamId: string; readonly seq: number };

/**
 * Holds every text against the salted hash that its event kept (design rule 8). One that was blanked is left out: its salt
 * went with it, and nobody can tell any more.
 */
export async function changedTexts(db: Db, companyId: string): Promise<readonly ChangedText[]> {
  return await db.rows<ChangedText>(sql`
    select h.key as "textId", e.stream_id as "streamId", e.seq from (
      select x.company_id, x.stream_id, x.seq, x.data from case_events x
      where x.company_id = ${companyId} and x.data ? 'textHashes'
      union all
      select x.company_id, x.stream_id, x.seq, x.data from order_events x
      where x.company_id = ${companyId} and x.data ? 'textHashes') e
    cross join lateral jsonb_each_text(e.data -> 'textHashes') h
    left join case_texts x on x.company_id = e.company_id and x.id = h.key::uuid
    where x.id is null or (x.blanked_at is null and (x.body is null or x.salt is null or ${hashOfRow} <> h.value))
    order by e.stream_id, e.seq limit 1000`);
}

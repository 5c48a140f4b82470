import type { Instant } from '#kernel/instant.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { visibleCase } from './case-reads.ts';
import type { PendingPause } from './clock-api.ts';
import type { LedgerDeps } from './clock-reads.ts';
import type { PauseReader } from './pause-reads.ts';

/** As many as one screen can take; the oldest come first. */
const MOST = 100;

type Row = Omit<PendingPause, 'reason' | 'process' | 'allowed' | 'refusal'> & {
  readonly reason: string;
  readonly process: string;
  readonly versionId: string;
  readonly askedById: string;
};

/** Pauses of visible cases that wait for somebody's yes or no, the oldest first. */
export async function pendingPauses(
  db: Db,
  deps: Pick<LedgerDeps, 'version'>,
  reader: PauseReader,
  now: Instant,
): Promise<readonly PendingPause[]> {
  const rows = await db.rows<Row>(sql`
    select p.id, p.order_id as "orderId", o.seq, first.id as "caseId", first.no, o.process,
      o.handbook_version_id as "versionId", p.reason, p.evidence, p.state, p.from_at as "from", p.to_at as "to",
      a.name as "askedBy", p.asked_by as "askedById", p.asked_at as "askedAt", x.body as note
    from clock_pauses p
    join orders o on o.company_id = p.company_id and o.id = p.order_id
    join people a on a.company_id = p.company_id and a.id = p.asked_by
    join lateral (select c.id, c.no from case_orders l
      join cases c on c.company_id = l.company_id and c.id = l.case_id
      where l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null and ${visibleCase(reader, now)}
      order by l.linked_at, c.id limit 1) first on true
    left join case_texts x on x.company_id = p.company_id and x.id = p.note_text_id
    where p.company_id = ${reader.companyId} and p.state in ('asked', 'provisional')
      and (p.state = 'provisional' or o.state = 'open')
    order by p.asked_at limit ${MOST}`);
  return await Promise.all(
    rows.map(async ({ versionId, askedById, ...row }) => {
      const version = await deps.version(db, reader.companyId, versionId);
      const named = version.handbook.pauses.reasons.find((one) => one.id === row.reason)?.name;
      const own = askedById === reader.personId;
      return {
        ...row,
        reason: named ?? { zh: row.reason, en: row.reason },
        process: version.process(row.process)?.name ?? { zh: row.process, en: row.process },
        allowed: !own,
        refusal: own ? 'pause.own-request' : null,
      };
    }),
  );
}

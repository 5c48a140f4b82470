import { HOUR } from '#kernel/instant.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { type Database, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Cases whose personal data one person opens within an hour; beyond this the entry is an alarm (reliability §3h). */
const CASES_PER_HOUR = 200;
/** Pairs of person and case that this process has seen noted: a page asks again every few seconds. */
const KEPT = 50_000;

/**
 * Notes once a person and case that he saw personal data because the case is his task or his intake (design rule 2), with
 * an audit entry in the same transaction.
 */
export function readerNotes(database: Database) {
  const known = new Set<string>();

  return async (who: { companyId: string; personId: string }, caseId: string): Promise<void> => {
    const key = `${who.personId}:${caseId}`;
    if (known.has(key)) return;
    await database.transaction(async (tx) => {
      const isNew = await tx.run(sql`
        insert into case_readers (company_id, case_id, person_id, at)
        values (${who.companyId}, ${caseId}, ${who.personId}, ${timestamp(tx.now)}) on conflict do nothing`);
      if (isNew === 0) return;
      const { n: inLastHour } = await tx.one<{ n: number }>(sql`
        select count(*) as n from case_readers r where r.company_id = ${who.companyId}
          and r.person_id = ${who.personId} and r.at > ${timestamp(tx.now - HOUR)}`);
      await auditWriter(tx, who.companyId).write({
        actorId: who.personId,
        action: 'case.personal-data-seen',
        outcome: 'done',
        objectType: 'case',
        objectId: caseId,
        detail: { inLastHour, alarm: inLastHour > CASES_PER_HOUR },
      });
    });
    if (known.size >= KEPT) known.clear();
    known.add(key);
  };
}

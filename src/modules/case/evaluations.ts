import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { recordOnCase } from './case-events.ts';
import type { Evaluation } from './domain/index.ts';

/** The customer's word in this round of a case: each time that it was opened again begins another. */
export async function findEvaluation(
  db: Db,
  companyId: string,
  caseId: string,
  round: number,
): Promise<Evaluation | undefined> {
  return await db.maybe<Evaluation>(sql`
    select e.solved, e.satisfied, e.source, e.at from case_evaluations e
    where e.company_id = ${companyId} and e.case_id = ${caseId} and e.round = ${round}`);
}

/**
 * Keeps the customer's word, whichever way it came; the caller holds the lock of the case. False: he had given it in this
 * round already, and the first counts.
 */
export async function keepEvaluation(
  tx: Tx,
  companyId: string,
  said: Pick<Evaluation, 'source' | 'solved' | 'satisfied'> & {
    readonly caseId: string;
    readonly round: number;
    /** The row with his words. */
    readonly textId: string | null;
    /** Who handed him the key, or rang him. */
    readonly byPersonId: string | null;
  },
): Promise<boolean> {
  const { caseId, round, source, solved, satisfied, textId, byPersonId } = said;
  const inserted = await tx.run(sql`
    insert into case_evaluations (company_id, case_id, round, source, solved, satisfied, text_id, by_person_id, at)
    values (${companyId}, ${caseId}, ${round}, ${source}, ${solved}, ${satisfied}, ${textId}, ${byPersonId},
      ${timestamp(tx.now)}) on conflict do nothing`);
  if (inserted === 0) return false;
  const data = { source, solved, satisfied, round, textIds: textId === null ? [] : [textId] };
  await recordOnCase(tx, { companyId, personId: byPersonId }, caseId, { type: 'case.evaluated', data });
  return true;
}

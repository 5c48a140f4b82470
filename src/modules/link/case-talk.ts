import type { Evaluation } from '#modules/case/domain/index.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, customerFieldsSeen } from '#modules/case/index.ts';
import type { CaseMessage } from '#modules/notice/domain/index.ts';
import { messagesTo } from '#modules/notice/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseTalk } from './link-api.ts';

/** What was said to the customer and what he said, newest first; his words only for whoever sees the customer's words. */
export async function caseTalk(
  db: Db,
  library: ReturnType<typeof handbookLibrary>,
  reader: CaseActor,
  caseId: string,
  now: Instant,
): Promise<CaseTalk | Refusal> {
  const seen = await customerFieldsSeen(db, library.version, reader, caseId, now);
  if (seen === undefined) return refuse('http.not-found');
  const { companyId } = reader;
  const said = await messagesTo(db, library, companyId, caseId);
  const heard = await listHeard(db, companyId, caseId, seen.has('words'));
  const evaluations = await db.rows<Evaluation & { round: number }>(sql`
    select e.round, e.solved, e.satisfied, e.source, e.at from case_evaluations e
    where e.company_id = ${companyId} and e.case_id = ${caseId} order by e.round desc`);
  const { open } = await db.one<{ open: boolean }>(sql`
    select c.state = 'closed' and c.ended_as is null and c.process is not null and not exists (
      select 1 from case_evaluations e
      where e.company_id = c.company_id and e.case_id = c.id and e.round = c.reopened) as open
    from cases c where c.company_id = ${companyId} and c.id = ${caseId}`);
  return {
    messages: [...said, ...heard].toSorted((a, b) => b.at - a.at),
    evaluations,
    mayEvaluate: open,
  };
}

async function listHeard(
  db: Db,
  companyId: string,
  caseId: string,
  seesWords: boolean,
): Promise<readonly CaseMessage[]> {
  const rows = await db.rows<{ id: string; field: string; body: string | null; at: Instant }>(sql`
    select x.id, x.field, x.body, x.at from case_texts x
    where x.company_id = ${companyId} and x.case_id = ${caseId} and x.kind = 'note'
      and x.field in ('customer.page', 'customer.sms', 'customer.counter')`);
  return rows.map(({ id, field, body, at }) => ({
    id,
    at,
    direction: 'in',
    way: field.slice('customer.'.length) as CaseMessage['way'],
    name: null,
    text: seesWords && body !== null ? { zh: body, en: body } : null,
    state: null,
  }));
}

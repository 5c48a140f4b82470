import { maskEmail, maskPhone } from '#modules/customer/domain/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { listCaseFacts } from './message-reads.ts';

/** Where the message that a case was accepted goes; null: nowhere, so that it must be printed or said. */
export async function receiptTo(
  db: Db,
  companyId: string,
  caseId: string,
): Promise<{ readonly channel: 'sms' | 'mail'; readonly to: string } | null> {
  const row = await db.maybe<{ channel: 'sms' | 'mail' }>(sql`
    select o.channel from outbox o
    where o.company_id = ${companyId} and o.case_id = ${caseId} and o.template = 'case-accepted'
      and o.state in ('waiting', 'sending', 'sent') limit 1`);
  const facts = (await listCaseFacts(db, companyId, [caseId])).get(caseId);
  const to = row?.channel === 'mail' ? facts?.email : facts?.phone;
  if (row === undefined || !to) return null;
  return { channel: row.channel, to: row.channel === 'mail' ? maskEmail(to) : maskPhone(to) };
}

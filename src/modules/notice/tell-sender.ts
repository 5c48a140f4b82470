import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';

export type SenderMessage = {
  readonly template: string;
  readonly phone: string;
  readonly language: 'zh' | 'en';
  /** Ids, codes and numbers only (design rule 8). */
  readonly data: Readonly<Record<string, string | number>>;
  /** The very same is not said again before so long, in milliseconds. */
  readonly notWithin: number;
};

/**
 * Answers an SMS that has no case behind it, by the number that it came from: he need not be a customer. The number stands where it can be
 * blanked. The caller keeps messages of one number apart.
 */
export async function tellSender(tx: Tx, companyId: string, message: SenderMessage): Promise<void> {
  const { template, phone, language, notWithin } = message;
  const data = JSON.stringify(message.data);
  const said = await tx.maybe<{ id: string }>(sql`
    select s.id from sms_senders s join outbox o on o.company_id = s.company_id and o.sender_id = s.id
      and o.template = ${template} and o.data = ${data}::jsonb
    where s.company_id = ${companyId} and s.phone = ${phone} and s.heard_at > ${timestamp(tx.now - notWithin)} limit 1`);
  if (said !== undefined) return;
  const id = newId();
  await tx.run(sql`
    insert into sms_senders (company_id, id, phone, language, heard_at)
    values (${companyId}, ${id}, ${phone}, ${language}, ${timestamp(tx.now)})`);
  await tx.run(sql`
    insert into outbox (company_id, id, key, channel, template, sender_id, data, run_at, created_at, state)
    values (${companyId}, ${newId()}, ${`sms-answer:${id}`}, 'sms', ${template}, ${id}, ${data}::jsonb, ${timestamp(tx.now)},
      ${timestamp(tx.now)}, 'waiting')`);
}

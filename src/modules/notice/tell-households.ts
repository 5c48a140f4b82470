import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';

/** To a household that asked for nothing, and has no case: that it will be, or is, without supply. */
export type HouseholdMessage = {
  /** One message a key: repeating the cause never doubles it. */
  readonly key: string;
  readonly template: string;
  readonly householdId: string;
  /** Ids, codes and numbers only (design rule 8). */
  readonly data?: Readonly<Record<string, string | number | boolean>>;
};

/**
 * Puts messages to households into the outbox in the caller's transaction, thousands in one statement; what is for an SMS becomes mail where
 * the customer wants it so. A key that is there already is left alone.
 */
export async function tellHouseholds(
  tx: Tx,
  companyId: string,
  messages: readonly HouseholdMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map(({ data = {}, ...message }) => ({ ...message, data, id: newId() }));
  await tx.run(sql`
    insert into outbox (company_id, id, key, channel, template, household_id, data, run_at, created_at, state)
    select ${companyId}, m.id, m.key, case when c.reach_by = 'mail' then 'mail' else 'sms' end, m.template, h.id, m.data,
      ${timestamp(tx.now)}, ${timestamp(tx.now)}, 'waiting'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m (id uuid, key text, template text, "householdId" uuid,
      data jsonb)
    join households h on h.company_id = ${companyId} and h.id = m."householdId"
    join customers c on c.company_id = h.company_id and c.id = h.customer_id
    on conflict do nothing`);
}

import type { Instant } from '#kernel/instant.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';

/** To a customer through one of his cases, or to a person of the staff. */
type Receiver = { readonly caseId: string } | { readonly personId: string };

export type NewMessage = {
  /** One message a key: repeating the cause never doubles it. */
  readonly key: string;
  /** `desk` is the bell of the staff's screen. */
  readonly channel: 'sms' | 'mail' | 'desk';
  readonly template: string;
  readonly to: Receiver;
  /** Ids, codes and numbers only (design rule 8); the text is put together when it is sent. */
  readonly data?: Readonly<Record<string, string | number | boolean>>;
  /** Not before; default now. */
  readonly runAt?: Instant;
};

/**
 * How the household's customer wants to be reached; null where somebody else left a number with the case. A value and no
 * `exists`: that one was answered by a walk through all customers first, 40 ms a message at 300,000 (measured).
 */
const wantedWay = (companyId: string) => sql`(select u.reach_by from cases c
  join households h on h.company_id = c.company_id and h.id = c.household_id
  join customers u on u.company_id = h.company_id and u.id = h.customer_id
  where c.company_id = ${companyId} and c.id = m."caseId" and not exists (select 1 from case_texts x
    where x.company_id = c.company_id and x.case_id = c.id and x.kind = 'contact-phone' and x.body <> u.phone))`;

/**
 * Puts messages into the outbox in the caller's transaction; a key that is there already is left alone. No bell rings about
 * a case with a closed list for whoever is not on it, whoever was asked first included (design rule 2). What is for an SMS
 * becomes mail where the customer wants it so.
 */
export async function enqueue(tx: Tx, companyId: string, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map((message) => ({
    id: newId(),
    key: message.key,
    channel: message.channel,
    template: message.template,
    caseId: 'caseId' in message.to ? message.to.caseId : null,
    personId: 'personId' in message.to ? message.to.personId : null,
    data: message.data ?? {},
    runAt: timestamp(message.runAt ?? tx.now),
  }));
  await tx.run(sql`
    insert into outbox (company_id, id, key, channel, template, case_id, person_id, data, run_at, created_at, state)
    select ${companyId}, m.id, m.key, case when m.channel = 'sms' and ${wantedWay(companyId)} = 'mail' then 'mail' else m.channel end, m.template, m."caseId", m."personId", m.data, m."runAt",
      ${timestamp(tx.now)}, 'waiting'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m (id uuid, key text, channel text, template text,
      "caseId" uuid, "personId" uuid, data jsonb, "runAt" timestamptz)
    where m."personId" is null or m.data ->> 'caseId' is null or not exists (select 1 from cases c
      where c.company_id = ${companyId} and c.id = (m.data ->> 'caseId')::uuid and c.closed_to is not null
        and not exists (select 1 from assignments a
          join units u on u.company_id = a.company_id and u.id = a.unit_id
          join case_access x on x.company_id = c.company_id and x.case_id = c.id and x.until is null
            and x.unit_id = any(c.closed_to) and x.unit_id in (u.id, u.parent_id)
          where a.company_id = c.company_id and a.person_id = m."personId" and a.until is null))
    on conflict do nothing`);
}

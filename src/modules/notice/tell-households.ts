import type { Instant } from '#kernel/instant.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';

/** To a household that asked for nothing, and has no case: that it will be, or is, without supply. */
export type HouseholdMessage = {
  /** One message a key: repeating the cause never doubles it. */
  readonly key: string;
  readonly template: string;
  readonly householdId: string;
  /** Ids, codes and numbers only (design rule 8). */
  readonly data?: Readonly<Record<string, string | number | boolean>>;
  /** Not before; without it, now. What goes to thousands is spread, so that whoever asked is never behind them. */
  readonly runAt?: Instant;
};

/**
 * Puts messages to households into the outbox in the caller's transaction, thousands in one statement; what is for an SMS becomes mail where
 * the customer wants it so. A key that is there already is left alone. Answers the rows that were put in.
 */
export async function tellHouseholds(
  tx: Tx,
  companyId: string,
  messages: readonly HouseholdMessage[],
): Promise<readonly { readonly id: string; readonly householdId: string }[]> {
  if (messages.length === 0) return [];
  const rows = messages.map(({ data = {}, runAt = tx.now, ...message }) => ({
    ...message,
    data,
    runAt: timestamp(runAt),
    id: newId(),
  }));
  return await tx.rows<{ id: string; householdId: string }>(sql`
    insert into outbox (company_id, id, key, channel, template, household_id, data, run_at, created_at, state)
    select ${companyId}, m.id, m.key, case when c.reach_by = 'mail' then 'mail' else 'sms' end, m.template, h.id, m.data,
      m."runAt", ${timestamp(tx.now)}, 'waiting'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m (id uuid, key text, template text, "householdId" uuid,
      data jsonb, "runAt" timestamptz)
    join households h on h.company_id = ${companyId} and h.id = m."householdId"
    join customers c on c.company_id = h.company_id and c.id = h.customer_id
    on conflict do nothing
    returning outbox.id, outbox.household_id as "householdId"`);
}

/** Takes back what waits and is no longer so: newer news is on its way. Answers how many. */
export async function takeBack(tx: Tx, companyId: string, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  return await tx.run(sql`
    update outbox set state = 'withdrawn', fault = 'overtaken'
    where outbox.company_id = ${companyId} and outbox.id = any(${ids}::uuid[]) and outbox.state = 'waiting'`);
}

/** Messages to households that asked for nothing and whose turn has not come: `o`. */
const spreadOut = (
  companyId: string,
  now: Instant,
) => sql`o.company_id = ${companyId} and o.channel in ('sms', 'mail')
  and o.state = 'waiting' and o.run_at >= ${timestamp(now)} and o.household_id is not null and starts_with(o.template, 'neighbour-')
  and not coalesce((o.data -> 'asked')::boolean, false)`;

/** How many these are, as a column. */
export function countSpread(companyId: string, now: Instant): Sql {
  return sql`(select count(*) from outbox o where ${spreadOut(companyId, now)})`;
}

/** Those that wait for their turn go at another pace from now on, in the same order. Answers how many. */
export async function spreadAgain(tx: Tx, companyId: string, pace: number): Promise<number> {
  return await tx.run(sql`
    update outbox set run_at = ${timestamp(tx.now)}::timestamptz + floor((turn.n - 1) * 60000.0 / ${pace}) * interval '1 millisecond'
    from (select o.id, row_number() over (order by o.run_at, o.id) as n from outbox o where ${spreadOut(companyId, tx.now)}) turn
    where outbox.company_id = ${companyId} and outbox.id = turn.id and outbox.state = 'waiting'`);
}

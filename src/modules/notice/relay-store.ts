import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { MessageData } from './domain/index.ts';

export type Channel = 'sms' | 'mail';

export type Claimed = {
  readonly companyId: string;
  readonly id: string;
  readonly channel: Channel;
  readonly template: string;
  readonly caseId: string | null;
  readonly personId: string | null;
  readonly data: MessageData;
  /** Counts this attempt too; with the id it is the fence: whoever lost his lease writes nothing. */
  readonly attempts: number;
  /** Somebody had it and was never heard of again: it may have been sent. */
  readonly inDoubt: boolean;
};

/** How long a relay may keep a message: longer than any gateway's time-out. */
const LEASE = '2 minutes';
/** While a gateway is down, one message at this interval tries whether it is back. */
const PROBE_EVERY = '20 seconds';

/** The bell: staff messages are there as soon as they are due. Answers how many. */
export async function ringBells(tx: Tx): Promise<number> {
  return await tx.run(sql`
    update outbox set state = 'sent', sent_at = ${timestamp(tx.now)}
    from companies c cross join lateral (select o.company_id, o.id from outbox o
      where o.company_id = c.company_id and o.channel = 'desk' and o.state = 'waiting' and o.run_at <= ${timestamp(tx.now)}
      order by o.run_at, o.id limit 500 for update skip locked) due
    where outbox.company_id = due.company_id and outbox.id = due.id`);
}

/**
 * Companies for which something of this channel is due: the first row of each tells, however many wait behind it. (`exists` may be
 * answered by reading all that wait.)
 */
export async function listDueCompanies(db: Db, channel: Channel, now: Instant): Promise<string[]> {
  const rows = await db.rows<{ companyId: string }>(sql`
    select c.company_id as "companyId" from companies c cross join lateral (select 1 from outbox o
      where o.company_id = c.company_id and o.channel = ${channel} and o.state = 'waiting'
        and o.run_at <= ${timestamp(now)} and (o.next_try_at is null or o.next_try_at <= now())
      order by o.run_at, o.id limit 1) due
    union
    select o.company_id from outbox o
    where o.channel = ${channel} and o.state = 'sending' and o.lease_until < now()`);
  return rows.map((row) => row.companyId);
}

/** Puts off which SMS may not disturb now. */
export async function postpone(tx: Tx, companyId: string, until: Instant, which: Sql): Promise<void> {
  await tx.run(sql`
    update outbox set run_at = ${timestamp(until)}
    where outbox.company_id = ${companyId} and outbox.channel = 'sms' and outbox.state = 'waiting'
      and outbox.run_at <= ${timestamp(tx.now)} and ${which}`);
}

/** How many may be claimed: all there is room for, or one probe now and then while the gateway is down. */
export async function takeRoom(tx: Tx, companyId: string, channel: Channel, room: number): Promise<number> {
  const row = await tx.maybe<{ down: boolean; probing: boolean }>(sql`
    select g.alarmed_at is not null as down, g.next_probe_at > now() as probing from gateways g
    where g.company_id = ${companyId} and g.channel = ${channel} for update`);
  if (row?.down !== true) return room;
  if (row.probing) return 0;
  await tx.run(sql`
    update gateways set next_probe_at = now() + ${PROBE_EVERY}::interval
    where gateways.company_id = ${companyId} and gateways.channel = ${channel}`);
  return 1;
}

/**
 * Takes what is due, the oldest first; two relays never take the same. Two questions, each along an index: asked in one, with
 * `or`, it read and sorted all that waited, 60 ms for sixteen of 28,000 (measured).
 */
export async function claim(
  tx: Tx,
  companyId: string,
  channel: Channel,
  limit: number,
): Promise<readonly Claimed[]> {
  return await tx.rows<Claimed>(sql`
    with lost as materialized (select o.id from outbox o
      where o.company_id = ${companyId} and o.channel = ${channel} and o.state = 'sending' and o.lease_until < now()
      order by o.lease_until limit ${limit} for update skip locked),
    waiting as materialized (select o.id from outbox o
      where o.company_id = ${companyId} and o.channel = ${channel} and o.state = 'waiting'
        and o.run_at <= ${timestamp(tx.now)} and (o.next_try_at is null or o.next_try_at <= now())
      order by o.run_at, o.id limit ${limit} for update skip locked),
    due as (select l.id, true as in_doubt from lost l union all select w.id, false from waiting w limit ${limit})
    update outbox set state = 'sending', attempts = outbox.attempts + 1, lease_until = now() + ${LEASE}::interval
    from due where outbox.company_id = ${companyId} and outbox.id = due.id
    returning outbox.company_id as "companyId", outbox.id, outbox.channel, outbox.template,
      outbox.case_id as "caseId", outbox.person_id as "personId", outbox.data, outbox.attempts,
      due.in_doubt as "inDoubt"`);
}

/** What became of one try. */
export type Attempt = {
  readonly state: 'sent' | 'failed' | 'withdrawn' | 'waiting';
  readonly fault: string | null;
  readonly gatewayId: string | null;
  readonly retrySeconds: number | null;
  readonly said: MessageData;
};

/** Writes what became of attempts; answers the ids of those whose lease was not lost meanwhile. */
export async function settle(
  tx: Tx,
  attempts: readonly (Attempt & { readonly row: Claimed })[],
): Promise<ReadonlySet<string>> {
  const rows = attempts.map(({ row, ...attempt }) => ({
    ...attempt,
    companyId: row.companyId,
    id: row.id,
    attempts: row.attempts,
  }));
  const settled = await tx.rows<{ id: string }>(sql`
    update outbox set state = a.state, fault = a.fault, gateway_id = a."gatewayId",
      sent_at = case when a.state = 'sent' then ${timestamp(tx.now)}::timestamptz end, lease_until = null,
      data = outbox.data || a.said, next_try_at = now() + a."retrySeconds" * interval '1 second'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as a ("companyId" uuid, id uuid, attempts integer,
      state text, fault text, "gatewayId" text, "retrySeconds" double precision, said jsonb)
    where outbox.company_id = a."companyId" and outbox.id = a.id and outbox.state = 'sending'
      and outbox.attempts = a.attempts
    returning outbox.id`);
  return new Set(settled.map((row) => row.id));
}

/** What a demo's gateway would have sent, for the queue page. */
export async function keepDemo(
  tx: Tx,
  messages: readonly {
    readonly row: Claimed;
    readonly message: { readonly to: string; readonly text: string };
  }[],
): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map(({ row, message }) => ({ companyId: row.companyId, id: row.id, ...message }));
  await tx.run(sql`
    insert into demo_messages (company_id, outbox_id, receiver, body)
    select m."companyId", m.id, m."to", m.text
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m ("companyId" uuid, id uuid, "to" text, text text)
    on conflict do nothing`);
}

/** Counts a failure of the gateway; answers since when it is down, once: when the alarm is to be given. */
export async function countFailure(
  tx: Tx,
  row: Claimed,
  alarmAfter: number,
  gaveUp: boolean,
): Promise<Instant | undefined> {
  const now = timestamp(tx.now);
  const gateway = await tx.one<{ failures: number; since: Instant; alarmed: boolean }>(sql`
    insert into gateways (company_id, channel, failures, failed_since)
    values (${row.companyId}, ${row.channel}, 1, ${now})
    on conflict (company_id, channel) do update set failures = gateways.failures + 1,
      failed_since = coalesce(gateways.failed_since, ${now})
    returning gateways.failures, gateways.failed_since as since, gateways.alarmed_at is not null as alarmed`);
  if (gateway.alarmed || (gateway.failures < alarmAfter && !gaveUp)) return undefined;
  await tx.run(sql`
    update gateways set alarmed_at = ${now}, next_probe_at = now() + ${PROBE_EVERY}::interval
    where gateways.company_id = ${row.companyId} and gateways.channel = ${row.channel}`);
  return gateway.since;
}

/** The gateway works. Answers since when it was down if the alarm had been given; what it made wait is due at once. */
export async function countSuccess(tx: Tx, row: Claimed): Promise<Instant | undefined> {
  const gateway = await tx.maybe<{ since: Instant; alarmed: boolean }>(sql`
    select g.failed_since as since, g.alarmed_at is not null as alarmed from gateways g
    where g.company_id = ${row.companyId} and g.channel = ${row.channel} and g.failures > 0 for update`);
  if (gateway === undefined) return undefined;
  await tx.run(sql`
    update gateways set failures = 0, failed_since = null, alarmed_at = null, next_probe_at = null
    where gateways.company_id = ${row.companyId} and gateways.channel = ${row.channel}`);
  if (!gateway.alarmed) return undefined;
  await tx.run(sql`
    update outbox set next_try_at = null
    where outbox.company_id = ${row.companyId} and outbox.channel = ${row.channel} and outbox.state = 'waiting'
      and outbox.next_try_at is not null`);
  return gateway.since;
}

/** Who looks after gateways: administrators and the officers of the control centre. */
export async function listKeepers(db: Db, companyId: string): Promise<string[]> {
  const rows = await db.rows<{ personId: string }>(sql`
    select distinct g.person_id as "personId" from role_grants g
    join people p on p.company_id = g.company_id and p.id = g.person_id and p.left_at is null
    where g.company_id = ${companyId} and g.role in ('administrator', 'control-officer')`);
  return rows.map((row) => row.personId);
}

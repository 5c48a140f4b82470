import { DAY, type Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { maskEmail, maskPhone } from '#modules/customer/domain/index.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { Outside } from '#platform/outside.ts';
import type { Listener, VisibleCase } from './bell-reads.ts';
import { QUEUE_STATES, type QueueState } from './domain/index.ts';
import type { Gateway, Queue, QueueItem } from './notice-api.ts';
import { templates } from './templates.ts';

const PAGE = 50;

type Row = Omit<QueueItem, 'name'> & { readonly template: string };

/**
 * What goes out, newest first. Receivers are masked, and those of cases only shown to whoever may see the case: an
 * administrator sees that a message failed, not to whom it goes. Who reads cases does not meet those that are withheld from
 * him (`leftOut`, of the row `c`), counts included: among receivers in plain sight a hidden one would tell of itself.
 */
export async function queuePage(
  db: Db,
  deps: { readonly outside: Outside; readonly visible: VisibleCase; readonly leftOut: Sql },
  who: Listener,
  filter: { readonly state: QueueState; readonly before: string | null },
  now: Instant,
): Promise<Queue> {
  const isLeft = sql`not exists (select 1 from cases c
    where c.company_id = o.company_id and c.id = o.case_id and ${deps.leftOut})`;
  const rows = await db.rows<Row>(sql`
    select o.id, o.channel, o.template, o.state, o.attempts, o.fault, o.run_at as "runAt", o.next_try_at as "nextTryAt",
      o.created_at as "createdAt", o.sent_at as "sentAt", o.delivered_at as "deliveredAt", o.undelivered_at as "undeliveredAt", v.receiver, v.body as "demoText"
    from outbox o
    left join lateral (select coalesce(d.receiver, case when o.channel = 'mail' then coalesce(m.email, p.email)
        else coalesce(x.body, m.phone, p.phone, s.phone) end) as receiver, d.body
      from (select 1) one
      left join demo_messages d on d.company_id = o.company_id and d.outbox_id = o.id
      left join people p on o.person_id is not null and p.company_id = o.company_id and p.id = o.person_id
      left join cases c on o.case_id is not null and c.company_id = o.company_id and c.id = o.case_id
      left join households h on h.company_id = o.company_id and h.id = coalesce(c.household_id, o.household_id)
      left join sms_senders s on o.sender_id is not null and s.company_id = o.company_id and s.id = o.sender_id
      left join customers m on m.company_id = h.company_id and m.id = h.customer_id
      left join lateral (select t.body from case_texts t where t.company_id = c.company_id and t.case_id = c.id
        and t.kind = 'contact-phone' and t.blanked_at is null order by t.at desc limit 1) x on true
      where o.case_id is null or ${deps.visible(who, now)}) v on true
    where o.company_id = ${who.companyId} and o.channel <> 'desk' and o.state = ${filter.state} and ${isLeft}
      and (${filter.before}::uuid is null or (o.created_at, o.id) < (select b.created_at, b.id from outbox b
        where b.company_id = o.company_id and b.id = ${filter.before}))
    order by o.created_at desc, o.id desc limit ${PAGE + 1}`);
  const shown = rows.slice(0, PAGE);
  return {
    gateways: await gatewaysOf(db, deps.outside, who.companyId),
    counts: await countsOf(db, who.companyId, isLeft, now),
    items: shown.map(({ template, receiver, ...row }) => ({
      ...row,
      name: templates[template]?.name ?? { zh: template, en: template },
      receiver: receiver === null ? null : row.channel === 'mail' ? maskEmail(receiver) : maskPhone(receiver),
    })),
    next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
  };
}

async function countsOf(db: Db, companyId: string, isLeft: Sql, now: Instant): Promise<Queue['counts']> {
  // Two halves, so that each is a range of one index: years of sent messages are not read.
  const rows = await db.rows<{ state: QueueState; n: number }>(sql`
    select o.state, count(*) as n from outbox o
    where o.company_id = ${companyId} and o.channel <> 'desk' and o.state in ('waiting', 'sending', 'failed')
      and ${isLeft}
    group by o.state
    union all
    select o.state, count(*) as n from outbox o
    where o.company_id = ${companyId} and o.channel <> 'desk' and o.state in ('sent', 'withdrawn')
      and o.created_at > ${timestamp(now - DAY)} and ${isLeft}
    group by o.state`);
  const countOf = (state: QueueState) => rows.find((row) => row.state === state)?.n ?? 0;
  return Object.fromEntries(QUEUE_STATES.map((state) => [state, countOf(state)])) as Record<
    QueueState,
    number
  >;
}

async function gatewaysOf(db: Db, outside: Outside, companyId: string): Promise<readonly Gateway[]> {
  const rows = await db.rows<{ channel: string; since: Instant | null }>(sql`
    select g.channel, case when g.alarmed_at is not null then g.failed_since end as since from gateways g
    where g.company_id = ${companyId}`);
  return (['sms', 'mail'] as const).map((channel) => {
    const port = outside[channel];
    const mode = port === null ? 'none' : port.demo ? 'demo' : 'real';
    return { channel, mode, downSince: rows.find((row) => row.channel === channel)?.since ?? null };
  });
}

/** Sends once more at once, with all its tries. Refusal: `outbox.not-there` (sent meanwhile, or taken back). */
export async function retryMessage(
  tx: Tx,
  who: Listener,
  id: string,
): Promise<{ readonly id: string } | Refusal> {
  const touched = await tx.run(sql`
    update outbox set state = 'waiting', attempts = 0, next_try_at = null, fault = null, run_at = ${timestamp(tx.now)}
    where outbox.company_id = ${who.companyId} and outbox.id = ${id} and outbox.channel <> 'desk'
      and outbox.state in ('failed', 'waiting')`);
  return touched === 0 ? refuse('outbox.not-there') : await audited(tx, who, 'outbox.retried', id);
}

/** Takes a message back that did not go out yet. Refusal: `outbox.not-there`. */
export async function withdrawMessage(
  tx: Tx,
  who: Listener,
  id: string,
): Promise<{ readonly id: string } | Refusal> {
  const touched = await tx.run(sql`
    update outbox set state = 'withdrawn', fault = 'by-hand'
    where outbox.company_id = ${who.companyId} and outbox.id = ${id} and outbox.channel <> 'desk'
      and outbox.state in ('failed', 'waiting')`);
  return touched === 0 ? refuse('outbox.not-there') : await audited(tx, who, 'outbox.withdrawn', id);
}

async function audited(tx: Tx, who: Listener, action: string, id: string): Promise<{ readonly id: string }> {
  await auditWriter(tx, who.companyId).write({
    actorId: who.personId,
    action,
    outcome: 'done',
    objectType: 'outbox',
    objectId: id,
  });
  return { id };
}

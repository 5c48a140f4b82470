import { DAY, type Instant } from '#kernel/instant.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import { type Database, type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { MessageData } from './domain/index.ts';
import { listNames, namesFrom, textOf } from './message-reads.ts';
import { type Bell, type BellItem, MOST_READ, type ReadBody } from './notice-api.ts';
import { templates } from './templates.ts';

/** Who asks, as far as a bell needs it. */
export type Listener = {
  readonly companyId: string;
  readonly personId: string;
  readonly unitIds: readonly string[];
};

/** The one visibility predicate, handed in by the application: `case` stands above this module. */
export type VisibleCase = (reader: Listener, now: Instant) => Sql;
/** What must not exist for a reader, figures included; of `order`, handed in likewise. */
export type Withheld = (reader: Listener) => Sql;

const SHOWN = 50;
/** An older message is history: the case itself still shows what is open. */
const KEPT = 30 * DAY;

/** What a clock says; in a storm many of them become one message (R108). */
const DIGESTS: Readonly<Record<string, string>> = {
  'clock-warning': 'clock-warnings',
  'clock-broken': 'clocks-broken',
  'telling-due': 'tellings-due',
};

/** What a digest opens. */
const LISTS: Readonly<Record<string, BellItem['list']>> = {
  'clock-warning': 'week',
  'clock-broken': 'late',
  'telling-due': 'repairs',
};

type Row = {
  readonly ids: readonly string[];
  readonly template: string;
  readonly data: MessageData;
  readonly at: Instant;
  readonly read: boolean;
  readonly count: number;
};

/**
 * Messages on the desk of a person. One about a case that he may no longer see is not there, counts included. Warnings of
 * clocks that came within a quarter of an hour are one message with their number where they are many (R108): a storm must
 * not bury what else is said.
 */
export async function bellOf(
  db: Db,
  library: ReturnType<typeof handbookLibrary>,
  visible: VisibleCase,
  who: Listener,
  now: Instant,
): Promise<Bell> {
  const limits = (await library.active(db, who.companyId))?.handbook.limits ?? [];
  const told = toldIn(mineIn(visible, who, now), digestOf(limits));
  const rows = await db.rows<Row>(sql`
    ${told} select t.ids, t.template, t.data, t.at, t.read, t.count from told t
    order by t.at desc, t.ids desc limit ${SHOWN}`);
  const { unread } = await db.one<{ unread: number }>(sql`
    ${told} select count(*) as unread from told t where not t.read`);
  const names = namesFrom(
    limits,
    await listNames(
      db,
      who.companyId,
      rows.map((row) => row.data),
    ),
  );
  const items = rows.map(({ ids, template, data, at, read, count }): BellItem => {
    const as = count === 1 ? template : (DIGESTS[template] ?? template);
    const said = count === 1 ? data : { count };
    const caseId = count === 1 && typeof data['caseId'] === 'string' ? data['caseId'] : null;
    return {
      ids,
      name: templates[as]?.name ?? { zh: as, en: as },
      text: { zh: textOf(as, said, names, 'zh') ?? as, en: textOf(as, said, names, 'en') ?? as },
      at,
      read,
      caseId,
      alarmId: count === 1 && typeof data['alarmId'] === 'string' ? data['alarmId'] : null,
      householdId:
        count === 1 && caseId === null && typeof data['householdId'] === 'string'
          ? data['householdId']
          : null,
      planId: count === 1 && typeof data['planId'] === 'string' ? data['planId'] : null,
      list: count === 1 ? null : (LISTS[template] ?? null),
    };
  });
  return { unread, items };
}

type Digest = { readonly span: number; readonly from: number };

/** R108 as this handbook has it; without it every message stands alone. */
function digestOf(limits: readonly { readonly id: string; readonly value: number }[]): Digest {
  const value = (id: string) => limits.find((limit) => limit.id === id)?.value;
  const span = (value('R108-digest') ?? 0) * 60;
  return {
    span: Math.max(span, 1),
    from: span === 0 ? Number.MAX_SAFE_INTEGER : (value('R108-digest-from') ?? 2),
  };
}

/** `with told as (…)`, of the latest messages: one row each, or a digest of those that a clock rang within the same span. */
function toldIn(mine: Sql, { span, from }: Digest): Sql {
  return sql`
    with mine as (select o.id, o.template, o.data, o.sent_at, o.read_at is not null as read,
        case when o.template = any(${Object.keys(DIGESTS)}::text[])
          then floor(extract(epoch from o.sent_at) / ${span}::float8) end as span
      from outbox o where ${mine} order by o.sent_at desc, o.id desc limit ${MOST_READ}),
    counted as (select m.*, count(*) over (partition by m.template, m.span) as n from mine m),
    told as (
      select array[m.id] as ids, m.template, m.data, m.sent_at as at, m.read, 1 as count from counted m
      where m.span is null or m.n < ${from}
      union all
      select (array_agg(m.id order by m.sent_at, m.id))[1:${MOST_READ}] as ids, m.template, '{}'::jsonb as data,
        max(m.sent_at) as at, bool_and(m.read) as read, count(*)::integer as count
      from counted m where m.span is not null and m.n >= ${from} group by m.template, m.span)`;
}

/** Marks messages of this person as read; of others nothing happens. */
export async function markRead(tx: Tx, who: Listener, { ids }: ReadBody): Promise<{ readonly read: number }> {
  const read = await tx.run(sql`
    update outbox set read_at = ${timestamp(tx.now)}
    where outbox.company_id = ${who.companyId} and outbox.person_id = ${who.personId} and outbox.channel = 'desk'
      and outbox.state = 'sent' and outbox.read_at is null
      and (${ids}::uuid[] is null or outbox.id = any(${ids}::uuid[]))`);
  return { read };
}

function mineIn(visible: VisibleCase, who: Listener, now: Instant): Sql {
  return sql`o.company_id = ${who.companyId} and o.person_id = ${who.personId} and o.channel = 'desk'
    and o.state = 'sent' and o.sent_at > ${timestamp(now - KEPT)}
    and (o.data ->> 'caseId' is null or exists (select 1 from cases c
      where c.company_id = o.company_id and c.id = (o.data ->> 'caseId')::uuid and ${visible(who, now)}))`;
}

/** Whose bell rang after `since`, each ring by its key. */
export function bellHints(database: Database) {
  return async (since: Instant) => {
    const rows = await database.rows<{ companyId: string; personId: string; at: Instant; key: string }>(sql`
      select o.company_id as "companyId", o.person_id as "personId", o.sent_at as at, o.id as key from outbox o
      where o.channel = 'desk' and o.state = 'sent' and o.sent_at > ${timestamp(since)}`);
    return rows.map((row) => ({ ...row, topic: 'bell' as const, id: '' }));
  };
}

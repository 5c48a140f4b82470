import { DAY, type Instant } from '#kernel/instant.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import { type Database, type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { MessageData } from './domain/index.ts';
import { listNames, namesFrom, textOf } from './message-reads.ts';
import type { Bell, ReadBody } from './notice-api.ts';
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

/** Messages on the desk of a person. One about a case that he may no longer see is not there, counts included. */
export async function bellOf(
  db: Db,
  library: ReturnType<typeof handbookLibrary>,
  visible: VisibleCase,
  who: Listener,
  now: Instant,
): Promise<Bell> {
  const mine = mineIn(visible, who, now);
  const rows = await db.rows<{
    id: string;
    template: string;
    data: MessageData;
    at: Instant;
    read: boolean;
  }>(sql`
    select o.id, o.template, o.data, o.sent_at as at, o.read_at is not null as read from outbox o
    where ${mine} order by o.sent_at desc, o.id desc limit ${SHOWN}`);
  const { unread } = await db.one<{ unread: number }>(sql`
    select count(*) as unread from outbox o where ${mine} and o.read_at is null`);
  const limits = (await library.active(db, who.companyId))?.handbook.limits ?? [];
  const names = namesFrom(
    limits,
    await listNames(
      db,
      who.companyId,
      rows.map((row) => row.data),
    ),
  );
  const items = rows.map(({ id, template, data, at, read }) => ({
    id,
    name: templates[template]?.name ?? { zh: template, en: template },
    text: {
      zh: textOf(template, data, names, 'zh') ?? template,
      en: textOf(template, data, names, 'en') ?? template,
    },
    at,
    read,
    caseId: typeof data['caseId'] === 'string' ? data['caseId'] : null,
  }));
  return { unread, items };
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

/** Whose bell rang after `since`. */
export function bellHints(database: Database) {
  return async (since: Instant) => {
    const rows = await database.rows<{ companyId: string; personId: string; at: Instant }>(sql`
      select o.company_id as "companyId", o.person_id as "personId", max(o.sent_at) as at from outbox o
      where o.channel = 'desk' and o.state = 'sent' and o.sent_at > ${timestamp(since)}
      group by o.company_id, o.person_id limit 1000`);
    return rows.map((row) => ({ ...row, topic: 'bell', id: '' }));
  };
}

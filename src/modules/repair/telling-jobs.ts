import { type Instant, MINUTE } from '#kernel/instant.ts';
import { realOrder } from '#modules/case/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { type Database, type Db, timestamp, type Tx } from '#platform/db/db.ts';
import type { Loop } from '#platform/loop.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseDeps } from '#modules/case/index.ts';
import { type Audience, endOfNight } from './domain/index.ts';
import { repairProcesses } from './five-ones-reads.ts';
import { tellAutomatically } from './telling-automatic.ts';
import { ringOverdue } from './telling-overdue.ts';
import { tellingPolicy } from './telling-policy.ts';
import { type Group, tellingStore } from './telling-store.ts';

type Deps = {
  readonly database: Database;
  readonly handbook: {
    readonly active: (db: Db, companyId: string) => Promise<HandbookVersion | undefined>;
    readonly version: CaseDeps['version'];
  };
};

/** As many at a time; the rest follows two seconds later. */
const AT_ONCE = 300;

/** 停电告知: groups of new repairs begin to wait, restored ones have ten minutes; where a company allows it they are told, and what is overdue rings. */
export function tellingLoop({ database, handbook }: Deps): Loop {
  return {
    name: 'outage-tellings',
    everyMs: 2000,
    async turn() {
      const companies = await database.rows<{ id: string }>(sql`
        select c.company_id as id from companies c where exists (select 1 from orders o
          where o.company_id = c.company_id and o.state = 'open' and o.business = 'repair')
          or exists (select 1 from outage_groups g where g.company_id = c.company_id and g.due_at is not null)`);
      for (const { id } of companies) {
        const active = await handbook.active(database, id);
        if (active === undefined) continue;
        await database.transaction((tx) => followTellings(tx, id, active));
        await tellAutomatically(database, id, { active, version: handbook.version });
        await database.transaction((tx) => ringOverdue(tx, id, active));
      }
    },
  };
}

/** Who waits for news, and until when: one turn for one company. */
export async function followTellings(tx: Tx, companyId: string, version: HandbookVersion): Promise<void> {
  await beginGroups(tx, companyId, version);
  await noteRestored(tx, companyId, version);
  await noteAsked(tx, companyId);
  await beginAgain(tx, companyId, version);
  await noteGrown(tx, companyId, version);
  await tx.run(sql`
    update outage_groups set due_at = null, why = null from orders o
    where outage_groups.company_id = ${companyId} and outage_groups.due_at is not null
      and o.company_id = outage_groups.company_id and o.id = outage_groups.order_id and o.state <> 'open'`);
}

/** The order has no such group yet; `o` is its row. */
function lacks(audience: Audience) {
  return sql`not exists (select 1 from outage_groups g
    where g.company_id = o.company_id and g.order_id = o.id and g.audience = ${audience})`;
}

async function beginGroups(tx: Tx, companyId: string, version: HandbookVersion): Promise<void> {
  const processes = repairProcesses(version).map((one) => one.id);
  const policy = tellingPolicy(version);
  const open = sql`o.company_id = ${companyId} and o.state = 'open' and o.process = any(${processes}::text[])
    and ${realOrder()}`;
  const believed = sql`i.state in ('suspected', 'confirmed') and i.device_id is not null and not i.held and not i.planned
    and (i.state = 'confirmed' or i.posterior >= ${policy.sure})`;
  const wanted = await tx.rows<{ orderId: string; audience: Audience; since: Instant }>(sql`
    select o.id as "orderId", 'reporters' as audience, o.started_at as since from orders o
    where ${open} and ${lacks('reporters')}
    union all
    (select o.id, 'important', min(c.accepted_at) from orders o
    join case_orders l on l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    join households h on h.company_id = c.company_id and h.id = c.household_id and h.important_grade is not null
    where ${open} and ${lacks('important')} group by o.id
    union
    select o.id, 'important', ${timestamp(tx.now)}::timestamptz from households h
    join network_supplies s on s.company_id = h.company_id and s.household_id = h.id and s.until is null
    join outage_incidents i on i.company_id = s.company_id and i.places && array[s.transformer_id, s.device_id] and ${believed}
    join orders o on o.company_id = i.company_id and o.id = i.order_id
    where h.company_id = ${companyId} and h.important_grade is not null and ${open} and ${lacks('important')}
      and not exists (select 1 from network_supplies n where n.company_id = h.company_id and n.household_id = h.id and n.until is null
        and not i.places && array[n.transformer_id, n.device_id]))
    union all
    select o.id, 'households', max(o.started_at) from orders o
    join outage_incidents i on i.company_id = o.company_id and i.order_id = o.id and ${believed}
      and i.households > ${heardFrom}
    where ${open} and ${lacks('households')} group by o.id
    limit ${AT_ONCE}`);
  const store = tellingStore(tx, companyId);
  for (const { orderId, audience, since } of wanted) await store.begin(orderId, audience, since, policy);
}

/** Households of an incident `i` that said themselves that they are dark. */
const heardFrom = sql`(select count(distinct r.household_id) from outage_reports r where r.company_id = i.company_id
  and r.incident_id = i.id and r.source in ('phone', 'counter', 'page', 'sms', 'door'))`;

type Restored = Omit<Group, 'dueAt' | 'why' | 'held'> & {
  readonly orderId: string;
  readonly restoredAt: Instant;
};

/** Supply is back: what waits for news waits for that. */
async function noteRestored(tx: Tx, companyId: string, version: HandbookVersion): Promise<void> {
  const restored = await tx.rows<Restored>(sql`
    select g.order_id as "orderId", g.audience, g.since, g.last_told_at as "lastToldAt", g.last_news as "lastNews",
      g.told_estimate as "toldEstimate", max(k.stopped_at) as "restoredAt"
    from outage_groups g
    join clocks k on k.company_id = g.company_id and k.order_id = g.order_id
      and k.clock = any(${restorationClocks(version)}::text[]) and k.state = 'met' and k.stopped_at >= g.since
    where g.company_id = ${companyId} and g.restored_at is null and g.due_at is not null
    group by g.company_id, g.order_id, g.audience
    limit ${AT_ONCE}`);
  const store = tellingStore(tx, companyId);
  for (const { orderId, ...group } of restored)
    await store.keep(orderId, { ...group, estimate: null }, tellingPolicy(version));
}

/**
 * Whoever reported was asked when supply came back whether he has it (outage, `askReporters`): that is the last word, and nobody says it to
 * him twice.
 */
async function noteAsked(tx: Tx, companyId: string): Promise<void> {
  const asked = await tx.rows<{ orderId: string; at: Instant; dueAt: Instant; messages: number }>(sql`
    select g.order_id as "orderId", max(i.asked_at) as at, g.due_at as "dueAt", sum(o.messages)::integer as messages
    from outage_groups g
    join outage_incidents i on i.company_id = g.company_id and i.order_id = g.order_id and i.asked_at >= g.since
    cross join lateral (select count(*) as messages from outbox m where m.company_id = i.company_id
      and m.key > 'supply-back:' || i.id || ':' and m.key < 'supply-back:' || i.id || ';') o
    where g.company_id = ${companyId} and g.audience = 'reporters' and g.why = 'restored'
    group by g.order_id, g.due_at limit ${AT_ONCE}`);
  const store = tellingStore(tx, companyId);
  for (const { orderId, at, dueAt, messages } of asked) {
    const telling = { orderId, audience: 'reporters', news: 'back', way: 'message', estimate: null } as const;
    const late = dueAt < at;
    const id = await store.insertTelling({ ...telling, by: null, late, automatic: true, unreached: 0, at });
    await store.countMessages(id, messages);
    await store.end(orderId, 'reporters', at);
  }
}

/** Dark again: a repair that was opened again, with the crew back at it, owes news like a new one. */
async function beginAgain(tx: Tx, companyId: string, version: HandbookVersion): Promise<void> {
  await tx.run(sql`
    update outage_groups set since = k.started_at, last_told_at = null, last_news = null, told_estimate = null,
      restored_at = null, due_at = k.started_at + ${tellingPolicy(version).first} * interval '1 minute', why = 'first',
      warned_at = null
    from clocks k
    where outage_groups.company_id = ${companyId} and outage_groups.restored_at is not null
      and k.company_id = outage_groups.company_id and k.order_id = outage_groups.order_id
      and k.clock = any(${restorationClocks(version)}::text[]) and k.state = 'running'
      and k.started_at > outage_groups.restored_at`);
}

/** More are dark than were told: the new ones have the same half hour as the first. A tenth more, and a handful, is nothing. */
async function noteGrown(tx: Tx, companyId: string, version: HandbookVersion): Promise<void> {
  const { first, night } = tellingPolicy(version);
  const dueAt = tx.now + first * MINUTE;
  await tx.run(sql`
    update outage_groups set due_at = ${timestamp(endOfNight(dueAt, night) ?? dueAt)}, why = 'grown', warned_at = null
    from (select i.order_id, sum(i.households - ${heardFrom}) as dark from outage_incidents i
      where i.company_id = ${companyId} and i.state in ('suspected', 'confirmed') and i.device_id is not null and not i.held
        and not i.planned and i.order_id is not null group by i.order_id) now_dark
    where outage_groups.company_id = ${companyId} and outage_groups.audience = 'households'
      and outage_groups.order_id = now_dark.order_id and outage_groups.told_households is not null
      and (outage_groups.due_at is null or outage_groups.due_at > ${timestamp(endOfNight(dueAt, night) ?? dueAt)})
      and outage_groups.last_news is distinct from 'back' and outage_groups.restored_at is null
      and now_dark.dark > outage_groups.told_households * 1.1 + 5`);
}

function restorationClocks(version: HandbookVersion): readonly string[] {
  return repairProcesses(version).flatMap((one) =>
    one.clocks
      .filter((clock) => clock.start === 'arrived' && clock.stop === 'resupplied')
      .map(({ id }) => id),
  );
}

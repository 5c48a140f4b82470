import type { Instant } from '#kernel/instant.ts';
import { enqueue } from '#modules/notice/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { type Database, type Db, timestamp, type Tx } from '#platform/db/db.ts';
import type { Loop } from '#platform/loop.ts';
import { sql } from '#platform/db/sql.ts';
import { type Audience, bringsAbout } from './domain/index.ts';
import { repairProcesses } from './five-ones-reads.ts';
import { tellingPolicy } from './telling-policy.ts';
import { type Group, tellingStore } from './telling-store.ts';

type Deps = {
  readonly database: Database;
  readonly handbook: { readonly active: (db: Db, companyId: string) => Promise<HandbookVersion | undefined> };
};

/** As many at a time; the rest follows two seconds later. */
const AT_ONCE = 300;

/** 停电告知: groups of new repairs begin to wait, restored ones have ten minutes, and what is overdue rings. */
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
        const version = await handbook.active(database, id);
        if (version !== undefined) await database.transaction((tx) => followTellings(tx, id, version));
      }
    },
  };
}

/** One turn for one company. */
export async function followTellings(tx: Tx, companyId: string, version: HandbookVersion): Promise<void> {
  await beginGroups(tx, companyId, version);
  await noteRestored(tx, companyId, version);
  await beginAgain(tx, companyId, version);
  await tx.run(sql`
    update outage_groups set due_at = null, why = null from orders o
    where outage_groups.company_id = ${companyId} and outage_groups.due_at is not null
      and o.company_id = outage_groups.company_id and o.id = outage_groups.order_id and o.state <> 'open'`);
  await ringOverdue(tx, companyId, version);
}

/** The order has no such group yet; `o` is its row. */
function lacks(audience: Audience) {
  return sql`not exists (select 1 from outage_groups g
    where g.company_id = o.company_id and g.order_id = o.id and g.audience = ${audience})`;
}

async function beginGroups(tx: Tx, companyId: string, version: HandbookVersion): Promise<void> {
  const processes = repairProcesses(version).map((one) => one.id);
  const open = sql`o.company_id = ${companyId} and o.state = 'open' and o.process = any(${processes}::text[])`;
  const wanted = await tx.rows<{ orderId: string; audience: Audience; since: Instant }>(sql`
    select o.id as "orderId", 'reporters' as audience, o.started_at as since from orders o
    where ${open} and ${lacks('reporters')}
    union all
    select o.id, 'important', min(c.accepted_at) from orders o
    join case_orders l on l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    join households h on h.company_id = c.company_id and h.id = c.household_id and h.important_grade is not null
    where ${open} and ${lacks('important')} group by o.id
    union all
    select o.id, 'households', max(o.started_at) from orders o
    join outage_incidents i on i.company_id = o.company_id and i.order_id = o.id and i.state in ('suspected', 'confirmed')
      and i.device_id is not null and i.households > i.reports and not i.held
    where ${open} and ${lacks('households')} group by o.id
    limit ${AT_ONCE}`);
  const store = tellingStore(tx, companyId);
  const policy = tellingPolicy(version);
  for (const { orderId, audience, since } of wanted) await store.begin(orderId, audience, since, policy);
}

type Restored = Omit<Group, 'dueAt' | 'why'> & { readonly orderId: string; readonly restoredAt: Instant };

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

function restorationClocks(version: HandbookVersion): readonly string[] {
  return repairProcesses(version).flatMap((one) =>
    one.clocks
      .filter((clock) => clock.start === 'arrived' && clock.stop === 'resupplied')
      .map(({ id }) => id),
  );
}

/** Whoever sends crews is told once for each moment that passed, as far as he may see the case. */
async function ringOverdue(tx: Tx, companyId: string, version: HandbookVersion): Promise<void> {
  const posts = repairProcesses(version).flatMap((one) =>
    one.steps.filter((step) => bringsAbout(step, 'dispatched')).map((step) => step.post),
  );
  const rung = await tx.rows<{ orderId: string; audience: Audience; dueAt: Instant }>(sql`
    update outage_groups set warned_at = ${timestamp(tx.now)}
    from (select g.order_id, g.audience from outage_groups g
      where g.company_id = ${companyId} and g.due_at <= ${timestamp(tx.now)} and g.warned_at is null
      order by g.due_at limit ${AT_ONCE} for update skip locked) late
    where outage_groups.company_id = ${companyId} and outage_groups.order_id = late.order_id
      and outage_groups.audience = late.audience
    returning outage_groups.order_id as "orderId", outage_groups.audience, outage_groups.due_at as "dueAt"`);
  const receivers = await listDispatchers(tx, companyId, { orderIds: rung.map((one) => one.orderId), posts });
  await enqueue(
    tx,
    companyId,
    rung.flatMap(({ orderId, audience, dueAt }) =>
      receivers
        .filter((one) => one.orderId === orderId)
        .map(({ personId, caseId }) => ({
          key: `telling-due:${orderId}:${audience}:${dueAt}:${personId}`,
          channel: 'desk' as const,
          template: 'telling-due',
          to: { personId },
          data: { caseId, dueAt },
        })),
    ),
  );
}

async function listDispatchers(
  tx: Tx,
  companyId: string,
  { orderIds, posts }: { readonly orderIds: readonly string[]; readonly posts: readonly string[] },
) {
  if (orderIds.length === 0) return [];
  return await tx.rows<{ orderId: string; personId: string; caseId: string }>(sql`
    select distinct on (l.order_id, a.person_id) l.order_id as "orderId", a.person_id as "personId", c.id as "caseId"
    from case_orders l
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    join case_access x on x.company_id = c.company_id and x.case_id = c.id and x.until is null
      and (c.closed_to is null or x.unit_id = any(c.closed_to))
    join units u on u.company_id = x.company_id and x.unit_id in (u.id, u.parent_id)
    join assignments a on a.company_id = u.company_id and a.unit_id = u.id and a.until is null
      and a.post = any(${posts}::text[])
    where l.company_id = ${companyId} and l.order_id = any(${orderIds}::uuid[]) and l.unlinked_at is null
      and c.accused_unit_id is distinct from u.id
    order by l.order_id, a.person_id, c.accepted_at`);
}

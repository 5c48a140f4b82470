import type { Instant } from '#kernel/instant.ts';
import { type CaseDeps, litPlaces } from '#modules/case/index.ts';
import { enqueue, type NewMessage } from '#modules/notice/index.ts';
import { type Database, type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Loop } from '#platform/loop.ts';
import type { SupplyLoss } from './incident-api.ts';
import { listDispatchers } from './mass-guard.ts';
import { outagePolicy } from './outage-policy.ts';

/** 重要用户失去一路电源: it has light, calls nobody, and has nothing behind it any more. */
export function secondSupplyLoop(database: Database, deps: Pick<CaseDeps, 'activeHandbook'>): Loop {
  return {
    name: 'second-supply',
    everyMs: 5000,
    async turn() {
      const companies = await database.rows<{ id: string }>(sql`
        select c.company_id as id from companies c where exists (select 1 from outage_incidents i
            where i.company_id = c.company_id and i.state in ('suspected', 'confirmed') and i.device_id is not null)
          or exists (select 1 from supply_losses l where l.company_id = c.company_id and l.returned_at is null)`);
      for (const { id } of companies) {
        const { sure } = await outagePolicy(database, deps, id);
        await database.transaction((tx) => followSecondSupplies(tx, id, sure));
      }
    },
  };
}

/**
 * Tells at once who looks after an important user that an outage has left with fewer supplies, or, by several outages, with none; and again
 * when one is back. An outage that takes all of them is told as such (repair, telling). One that another outage took over says nothing new.
 */
export async function followSecondSupplies(tx: Tx, companyId: string, sure: number): Promise<void> {
  const back = await noteReturned(tx, companyId, sure);
  const handedOver = new Set(back.filter(({ told }) => !told).map(({ householdId }) => householdId));
  const lost = await noteLost(tx, companyId, sure);
  const dispatchers = [...back, ...lost].some(({ managerId }) => managerId === null)
    ? await listDispatchers(tx, companyId)
    : [];
  const say = (one: Moved, template: string): readonly NewMessage[] => messagesOf(one, template, dispatchers);
  await enqueue(tx, companyId, [
    ...back.filter(({ told }) => told).flatMap((one) => say(one, 'important-supply-back')),
    ...lost
      .filter(({ householdId }) => !handedOver.has(householdId))
      .flatMap((one) => say(one, one.remaining > 0 ? 'important-supply-lost' : 'important-no-supply')),
  ]);
  await tx.run(sql`
    update outage_incidents i set changed_at = ${timestamp(tx.now)}
    where i.company_id = ${companyId} and i.id = any(${[...back, ...lost].map(({ incidentId }) => incidentId)}::uuid[])`);
}

type Moved = {
  readonly householdId: string;
  readonly incidentId: string;
  readonly managerId: string | null;
  readonly remaining: number;
};

/** What is believed enough to be told of a house: `i`. */
const believed = (companyId: string, sure: number) => sql`i.company_id = ${companyId}
  and i.state in ('suspected', 'confirmed') and i.device_id is not null and not i.held and not i.planned
  and (i.state = 'confirmed' or i.posterior >= ${sure})`;

/** `own`: important users with several supplies, and `out`: which of these an outage has taken, and which one. */
const supplies = (companyId: string, sure: number) => sql`
  own as materialized (
    select h.id, h.account_manager_id as manager_id, count(*) as supplies from households h
    join network_supplies s on s.company_id = h.company_id and s.household_id = h.id and s.until is null
    where h.company_id = ${companyId} and h.important_grade is not null and h.closed_on is null
    group by h.id, h.account_manager_id having count(*) > 1
  ), out as materialized (
    select s.household_id, s.meter_id, s.transformer_id, s.device_id, i.id as incident_id, i.order_id from own
    join network_supplies s on s.company_id = ${companyId} and s.household_id = own.id and s.until is null
    join outage_incidents i on ${believed(companyId, sure)} and i.places && array[s.transformer_id, s.device_id]
  )`;

async function noteLost(tx: Tx, companyId: string, sure: number): Promise<readonly Moved[]> {
  return await tx.rows<Moved>(sql`
    with ${supplies(companyId, sure)}, by_incident as (
      select o.household_id, o.incident_id, count(*) as lost from out o group by o.household_id, o.incident_id
    )
    insert into supply_losses (company_id, household_id, incident_id, supplies, lost, remaining, lost_at, manager_id)
    select ${companyId}, own.id, b.incident_id, own.supplies, b.lost, own.supplies - (select count(distinct o.meter_id) from out o
      where o.household_id = own.id), ${timestamp(tx.now)}, own.manager_id
    from by_incident b join own on own.id = b.household_id and b.lost < own.supplies
    on conflict do nothing
    returning household_id as "householdId", incident_id as "incidentId", manager_id as "managerId", remaining`);
}

type Returned = Moved & { readonly told: boolean };

/** The outage is over, is held to lie elsewhere, or has been by-passed for it. `told`: fewer are lost than were. */
async function noteReturned(tx: Tx, companyId: string, sure: number): Promise<readonly Returned[]> {
  const open = await tx.rows<{ incidentId: string; orderId: string }>(sql`
    select distinct l.incident_id as "incidentId", i.order_id as "orderId" from supply_losses l
    join outage_incidents i on i.company_id = l.company_id and i.id = l.incident_id and i.order_id is not null
    where l.company_id = ${companyId} and l.returned_at is null`);
  const lit = [];
  for (const { incidentId, orderId } of open)
    lit.push({
      incidentId,
      ids: (await tx.rows<{ id: string }>(litPlaces(companyId, orderId))).map(({ id }) => id),
    });
  return await tx.rows<Returned>(sql`
    with ${supplies(companyId, sure)}, lit as (
      select x."incidentId" as incident_id, u.id from jsonb_to_recordset(${JSON.stringify(lit)}::jsonb) as x ("incidentId" uuid, ids uuid[])
      cross join unnest(x.ids) u (id)
    )
    update supply_losses set returned_at = ${timestamp(tx.now)}
    from outage_incidents i
    where supply_losses.company_id = ${companyId} and supply_losses.returned_at is null
      and i.company_id = supply_losses.company_id and i.id = supply_losses.incident_id
      and (i.state not in ('suspected', 'confirmed') or not exists (select 1 from network_supplies s
        where s.company_id = i.company_id and s.household_id = supply_losses.household_id and s.until is null
          and i.places && array[s.transformer_id, s.device_id]
          and not exists (select 1 from lit where lit.incident_id = i.id and lit.id in (s.transformer_id, s.device_id))))
    returning supply_losses.household_id as "householdId", supply_losses.incident_id as "incidentId",
      supply_losses.manager_id as "managerId", supply_losses.remaining,
      (select count(distinct o.meter_id) from out o where o.household_id = supply_losses.household_id
        and not exists (select 1 from lit where lit.incident_id = o.incident_id and lit.id in (o.transformer_id, o.device_id)))
        < supply_losses.supplies - supply_losses.remaining as told`);
}

/** On his desk and on his phone; where nobody looks after it, on the desks of the dispatchers. */
function messagesOf(
  { householdId, incidentId, managerId, remaining }: Moved,
  template: string,
  dispatchers: readonly string[],
): readonly NewMessage[] {
  const key = `${template}:${incidentId}:${householdId}`;
  const data = { householdId, remaining };
  if (managerId === null)
    return dispatchers.map((personId) => ({
      key: `${key}:${personId}`,
      channel: 'desk',
      template,
      to: { personId },
      data,
    }));
  return (['desk', 'sms'] as const).map((channel) => ({
    key: `${key}:${channel}`,
    channel,
    template,
    to: { personId: managerId },
    data,
  }));
}

/** The important users that this outage has left with fewer supplies, and who was told. */
export async function listLosses(
  db: Db,
  companyId: string,
  incidentId: string,
): Promise<readonly SupplyLoss[]> {
  return await db.rows<SupplyLoss & { readonly lostAt: Instant }>(sql`
    select l.household_id as "householdId", case when u.kind = 'organisation' then u.name end as name,
      right(h.account_no, 4) as tail, l.lost, l.remaining, l.lost_at as "lostAt", p.name as manager,
      l.returned_at as "returnedAt"
    from supply_losses l
    join households h on h.company_id = l.company_id and h.id = l.household_id
    join customers u on u.company_id = h.company_id and u.id = h.customer_id
    left join people p on p.company_id = l.company_id and p.id = l.manager_id
    where l.company_id = ${companyId} and l.incident_id = ${incidentId} order by l.lost_at, l.household_id`);
}

import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** A device at which earths lie, with the number of the case that they are laid for. */
export type EarthedPlace = {
  readonly orderId: string;
  readonly deviceId: string;
  readonly name: string;
  readonly transformerId: string | null;
  readonly no: string;
  readonly earths: number;
};

/**
 * Where earths lie: at the device that the outage of their order is held to be at and at those of its groups of customers; where nobody
 * knows a device, where its customers hang. An exercise lays none.
 */
export async function earthedPlaces(db: Db, companyId: string): Promise<readonly EarthedPlace[]> {
  return await db.rows<EarthedPlace>(sql`
    with known as (
      select e.order_id, e.earths, i.device_id from laid_earths e
      join outage_incidents i on i.company_id = e.company_id and i.order_id = e.order_id and i.device_id is not null
      where e.company_id = ${companyId} and e.lifted_at is null
      union
      select e.order_id, e.earths, g.device_id from laid_earths e
      join supply_groups g on g.company_id = e.company_id and g.order_id = e.order_id and g.device_id is not null
      where e.company_id = ${companyId} and e.lifted_at is null),
    placed as (
      select k.order_id, k.earths, k.device_id from known k
      union
      select e.order_id, e.earths, s.device_id from laid_earths e
      join case_orders l on l.company_id = e.company_id and l.order_id = e.order_id and l.unlinked_at is null
      join cases c on c.company_id = l.company_id and c.id = l.case_id
      join network_supplies s on s.company_id = c.company_id and s.household_id = c.household_id and s.until is null
      where e.company_id = ${companyId} and e.lifted_at is null
        and not exists (select 1 from known k where k.order_id = e.order_id))
    select x.order_id as "orderId", d.id as "deviceId", d.name, p.transformer_id as "transformerId", w.no, x.earths from placed x
    join network_devices d on d.company_id = ${companyId} and d.id = x.device_id
    join network_places p on p.company_id = d.company_id and p.device_id = d.id and p.until is null
    cross join lateral (select c.no from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
      where l.company_id = ${companyId} and l.order_id = x.order_id and l.unlinked_at is null and c.drill_id is null
      order by c.accepted_at, c.id limit 1) w
    order by d.code, w.no`);
}

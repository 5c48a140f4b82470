import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { NamedDevice } from './incident-api.ts';

/** What can fail: a section operates nothing, a substation is not one device. */
const OPERATES = sql`d.kind not in ('section', 'substation')`;
const MOST_BELOW = 200;

/** The devices above one in the normal state, nearest first. */
export async function listAbove(
  db: Db,
  companyId: string,
  deviceId: string,
): Promise<readonly NamedDevice[]> {
  return await db.rows<NamedDevice>(sql`
    with recursive up (id, n) as (
      select p.parent_id, 1 from network_places p
      where p.company_id = ${companyId} and p.device_id = ${deviceId} and p.until is null
      union all
      select p.parent_id, up.n + 1 from up join network_places p
        on p.company_id = ${companyId} and p.device_id = up.id and p.until is null where up.n < 200
    )
    select d.id, d.name, d.kind from up join network_devices d on d.company_id = ${companyId} and d.id = up.id
    where ${OPERATES} order by up.n`);
}

/** The devices below one in the normal state, nearest first. */
export async function listBelow(
  db: Db,
  companyId: string,
  deviceId: string,
): Promise<readonly NamedDevice[]> {
  return await db.rows<NamedDevice>(sql`
    with recursive down (id, n) as (
      select p.device_id, 1 from network_places p
      where p.company_id = ${companyId} and p.parent_id = ${deviceId} and p.until is null
      union all
      select p.device_id, down.n + 1 from down join network_places p
        on p.company_id = ${companyId} and p.parent_id = down.id and p.until is null where down.n < 200
    )
    select d.id, d.name, d.kind from down join network_devices d on d.company_id = ${companyId} and d.id = down.id
    where ${OPERATES} order by down.n, d.code limit ${MOST_BELOW}`);
}

import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

/** Station of the crew that the demonstration's sign-in `repair-lead` belongs to. */
const STATION = 'station-05';

/**
 * The small county has four households a transformer, which is too few to infer from: two transformers of one feeder are given those of
 * others, each with the boxes that they hang on, and all of them belong to one station.
 */
export async function fillTransformers(database: Database, companyId: string, sizes: readonly number[]) {
  const feeder = await database.one<{ id: string }>(sql`
    select p.feeder_id as id from network_supplies s join network_places p on p.company_id = s.company_id
      and p.device_id = s.transformer_id and p.until is null
    where s.company_id = ${companyId} group by p.feeder_id order by count(distinct s.transformer_id) desc, 1 limit 1`);
  const keepers = await database.rows<{ id: string }>(sql`
    select s.transformer_id as id from network_supplies s join network_places p on p.company_id = s.company_id
      and p.device_id = s.transformer_id and p.until is null
    where s.company_id = ${companyId} and p.feeder_id = ${feeder.id}
    group by s.transformer_id order by count(*) desc, s.transformer_id limit ${sizes.length}`);
  const keeping = keepers.map(({ id }) => id);
  const donors = await database.rows<{ id: string; n: number }>(sql`
    select s.transformer_id as id, count(*) as n from network_supplies s
    where s.company_id = ${companyId} and s.transformer_id <> all(${keeping}::uuid[])
      and not exists (select 1 from network_supplies o where o.company_id = s.company_id and o.household_id = s.household_id
        and o.meter_id <> s.meter_id)
    group by s.transformer_id having count(*) >= 3 order by s.transformer_id`);
  for (const [i, to] of keeping.entries()) {
    let missing = (sizes[i] ?? 0) - 4;
    while (missing > 0) {
      const donor = donors.shift();
      if (donor === undefined) throw new Error('the small county has no more households');
      missing -= donor.n;
      await rehang(database, companyId, donor.id, to);
    }
  }
}

async function rehang(database: Database, companyId: string, from: string, to: string): Promise<void> {
  const own = sql`company_id = ${companyId} and transformer_id = ${from}`;
  await database.run(sql`
    update households h set station_id = (select u.id from units u where u.company_id = h.company_id and u.code = ${STATION})
    from network_supplies s where s.company_id = h.company_id and s.household_id = h.id and h.company_id = ${companyId}
      and s.transformer_id = any(array[${from}, ${to}]::uuid[])`);
  await database.run(sql`
    update network_places set parent_id = case when parent_id = ${from} then ${to}::uuid else parent_id end,
      transformer_id = ${to} where ${own}`);
  await database.run(sql`update network_supplies set transformer_id = ${to} where ${own}`);
}

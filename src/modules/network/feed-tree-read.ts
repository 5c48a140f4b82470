import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type FeedTree, feedTree } from './domain/index.ts';
import { gridAt } from './grid-reads.ts';

export type CompanyFeedTree = {
  readonly devices: FeedTree['devices'];
  /** `id` of the meter; `device` on which it hangs. */
  readonly customers: readonly { readonly id: string; readonly device: string }[];
};

/** The whole grid of a company as it is switched now, in the form that `dafuwu infer` reads. */
export async function companyFeedTree(db: Db, companyId: string): Promise<CompanyFeedTree> {
  const transformers = await db.rows<{ id: string }>(sql`
    select d.id from network_devices d where d.company_id = ${companyId} and d.kind = 'transformer'`);
  const grid = await gridAt(
    db,
    companyId,
    null,
    transformers.map(({ id }) => id),
  );
  const tree = feedTree(grid.devices, grid.open);
  const supplies = await db.rows<{ id: string; device: string }>(sql`
    select s.meter_id as id, s.device_id as device from network_supplies s
    where s.company_id = ${companyId} and s.until is null order by s.meter_id`);
  return {
    devices: tree.devices,
    customers: supplies.flatMap(({ id, device }) => {
      const carrier = tree.deviceOf(device);
      return carrier === undefined ? [] : [{ id, device: carrier }];
    }),
  };
}

/**
 * Another one when `companyFeedTree` is another one: after an import, and with every switching while something is transferred. As long as
 * all ties stand open, what opens and closes turns no parent round: what is dark keeps its normal place.
 */
export async function feedTreeMark(db: Db, companyId: string): Promise<string> {
  const { mark } = await db.one<{ mark: string }>(sql`
    with states as (
      select n.device_id, n.open, p.normally_open from network_states n
      join network_places p on p.company_id = n.company_id and p.device_id = n.device_id and p.until is null
      where n.company_id = ${companyId})
    select concat_ws(' ', (select max(m.at) from network_imports m where m.company_id = ${companyId}),
      (select md5(string_agg(concat(s.device_id, s.open), ',' order by s.device_id)) from states s
        where s.open <> s.normally_open and exists (select 1 from states t where t.normally_open and not t.open))) as mark`);
  return mark;
}

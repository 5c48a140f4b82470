import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Coverage } from './crew-api.ts';
import { arrivalLimits } from './dispatch-policy.ts';
import { kilometres, type TravelModel, travelMinutes } from './domain/travel-time.ts';
import { travelModel } from './travel-fit.ts';

type Village = {
  readonly village: string;
  readonly town: string;
  readonly zone: 'city' | 'rural' | 'remote';
  readonly lon: number;
  readonly lat: number;
  readonly households: number;
};
type Point = { readonly name: string; readonly lon: number; readonly lat: number };

/**
 * 布点覆盖率: households of villages whose centre a point's crew reaches within the promised arrival (R004 to R006), of all. By the
 * centre of the village, because that is where a way is known to; a point without a crew covers nothing.
 */
export async function coverageOf(
  db: Db,
  companyId: string,
  version: HandbookVersion | undefined,
): Promise<Coverage> {
  const villages = await db.rows<Village>(sql`
    select v.name as village, v.town_name as town, v.area_class as zone, v.lon, v.lat, p.households
    from (select r.division_code, count(*) as households from premises r
      join households h on h.company_id = r.company_id and h.premises_id = r.id and h.closed_on is null
      where r.company_id = ${companyId} group by r.division_code) p
    join service_areas v on v.company_id = ${companyId} and v.division_code = p.division_code
    order by p.households desc, v.division_code`);
  const points = await db.rows<Point>(sql`
    select g.name, g.lon, g.lat from grid_points g
    where g.company_id = ${companyId} and exists (select 1 from crews c
      where c.company_id = g.company_id and c.grid_point_id = g.id and c.closed_at is null)`);
  const limits = arrivalLimits(version);
  const model = await travelModel(db, companyId);
  const all = villages.reduce((sum, village) => sum + village.households, 0);
  const outside = villages.flatMap((village) => {
    const near = nearest(model, points, village);
    const limit = limits[village.zone];
    if (near !== undefined && near.minutes <= limit) return [];
    const { village: name, town, zone, households } = village;
    const nearestPoint = near && { name: near.point, minutes: Math.round(near.minutes) };
    return [{ village: name, town, zone, households, limit, nearest: nearestPoint ?? null }];
  });
  const missed = outside.reduce((sum, village) => sum + village.households, 0);
  return { households: all, within: all - missed, outside };
}

function nearest(
  model: TravelModel,
  points: readonly Point[],
  village: Village,
): { readonly point: string; readonly minutes: number } | undefined {
  const here = { longitude: village.lon, latitude: village.lat };
  const at = (point: Point) => ({ longitude: point.lon, latitude: point.lat });
  let best: Point | undefined;
  for (const point of points)
    if (best === undefined || kilometres(at(point), here) < kilometres(at(best), here)) best = point;
  if (best === undefined) return undefined;
  return {
    point: best.name,
    minutes: travelMinutes(model, at(best), { position: here, zone: village.zone }),
  };
}

import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { realOrder } from '#modules/case/index.ts';
import { type Database, type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Loop } from '#platform/loop.ts';
import type { TravelFitView } from './dispatch-api.ts';
import { type Drive, fitTravel, type TravelFit } from './domain/fit-travel.ts';
import { kilometres, type TravelModel, usualTravel, type Zone } from './domain/travel-time.ts';

/** Ways of so many days: long enough for every hour, short enough to notice a new road. */
const LEARNT_FROM = 180 * DAY;
const ZONE = 8 * HOUR;

/** The newest model of a company; until it has learnt one, the usual. */
export async function travelModel(db: Db, companyId: string): Promise<TravelModel> {
  const row = await db.maybe<{ model: TravelModel }>(sql`
    select f.model from travel_fits f where f.company_id = ${companyId} order by f.at desc limit 1`);
  return row?.model ?? usualTravel;
}

/** The newest fit with how far it is from the arrivals; null until one was made. */
export async function travelFitView(db: Db, companyId: string): Promise<TravelFitView | null> {
  const row = await db.maybe<{ at: Instant; model: TravelModel; zones: TravelFit['zones'] }>(sql`
    select f.at, f.model, f.zones from travel_fits f where f.company_id = ${companyId} order by f.at desc limit 1`);
  if (row === undefined) return null;
  const zones = (['city', 'rural', 'remote'] as const).map((zone) => ({
    zone,
    ...row.zones[zone],
    accessMinutes: row.model.accessMinutes[zone],
    kmPerHour: row.model.kmPerHour[zone],
  }));
  return { at: row.at, zones };
}

/** Every night each company learns from its own arrivals how long ways take. */
export function travelLoops(database: Database): readonly Loop[] {
  return [{ name: 'learn-travel', everyMs: DAY, turn: async () => await learnTravel(database) }];
}

export async function learnTravel(database: Database): Promise<void> {
  const companies = await database.rows<{ id: string }>(sql`select c.company_id as id from companies c`);
  for (const { id } of companies) await learnOf(database, id);
}

async function learnOf(database: Database, companyId: string): Promise<void> {
  const now = await database.now();
  const drives = await drivesOf(database, companyId, now);
  if (drives.length === 0) return;
  const { model, zones } = fitTravel(drives, usualTravel);
  // Every process runs the loop; the second finds the row of this hour there.
  const at = Math.floor(now / HOUR) * HOUR;
  await database.run(sql`
    insert into travel_fits (company_id, at, model, zones)
    values (${companyId}, ${timestamp(at)}, ${JSON.stringify(model)}, ${JSON.stringify(zones)})
    on conflict (company_id, at) do update set model = excluded.model, zones = excluded.zones`);
}

/** From being sent to arriving, of crews that arrived. An arrival entered as before the sending teaches nothing. */
async function drivesOf(db: Db, companyId: string, now: Instant): Promise<readonly Drive[]> {
  const rows = await db.rows<{
    readonly sentAt: Instant;
    readonly arrivedAt: number;
    readonly zone: Zone;
    readonly fromLon: number;
    readonly fromLat: number;
    readonly toLon: number;
    readonly toLat: number;
  }>(sql`
    select a.sent_at as "sentAt", (o.process_state #>> array['steps', a.arrive_step, 'at'])::float8 as "arrivedAt", a.zone,
      a.from_lon as "fromLon", a.from_lat as "fromLat", a.to_lon as "toLon", a.to_lat as "toLat"
    from crew_assignments a join orders o on o.company_id = a.company_id and o.id = a.order_id
    where a.company_id = ${companyId} and a.ended_at is null and a.sent_at >= ${timestamp(now - LEARNT_FROM)}
      and o.process_state #>> array['steps', a.arrive_step, 'status'] = 'done'
      and (o.process_state #>> array['steps', a.arrive_step, 'at'])::float8 > extract(epoch from a.sent_at) * 1000
      and ${realOrder()}`);
  return rows.map((row) => ({
    km: kilometres(
      { longitude: row.fromLon, latitude: row.fromLat },
      { longitude: row.toLon, latitude: row.toLat },
    ),
    minutes: (row.arrivedAt - row.sentAt) / MINUTE,
    zone: row.zone,
    hour: Math.floor(((row.sentAt + ZONE) % DAY) / HOUR),
  }));
}

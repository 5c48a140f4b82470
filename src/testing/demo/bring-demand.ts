import type { Instant } from '#kernel/instant.ts';
import { type Accepted, acceptCase } from '#modules/case/index.ts';
import type { Database, Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { actorOf, type Cast, must } from './carry-order.ts';
import type { DemoCompany } from './demo-company.ts';
import { type Demand, pickDemand } from './demands.ts';
import type { Random } from './seeded.ts';
import type { DemoPerson } from './staff.ts';

/** An order of the demonstration: what was wanted, and when. */
export type Begun = { readonly orderId: string; readonly at: Instant; readonly demand: Demand };

export type Home = { readonly id: string; readonly station_id: string };

export async function listHouseholds(db: Db): Promise<readonly Home[]> {
  return await db.rows<Home>(sql`
    select h.id, h.station_id from households h where h.use_class = 'residential'
    order by h.account_no limit 2000`);
}

/** Somebody comes or rings: one of the households with one of the demands. */
export async function bringDemand(
  cast: Cast,
  database: Database,
  households: readonly Home[],
  random: Random,
): Promise<Omit<Begun, 'at'> | undefined> {
  const demand = pickDemand(random);
  const accepted = await bringThis(cast, database, demand, random.pick(households), random);
  return accepted.orderId === null ? undefined : { orderId: accepted.orderId, demand };
}

export async function bringThis(
  cast: Cast,
  database: Database,
  demand: Demand,
  household: Home,
  random: Random,
): Promise<Accepted> {
  const actor = actorOf(cast.company, receiverOf(cast.company, demand.channel, random));
  return await must(database, (tx) => acceptCase(tx, cast.deps, actor, intakeOf(demand, household, random)));
}

export function receiverOf(company: DemoCompany, channel: Demand['channel'], random: Random): DemoPerson {
  return random.pick(receivers(company, channel));
}

function receivers(company: DemoCompany, channel: Demand['channel']): readonly DemoPerson[] {
  const post = channel === 'phone' ? 'call-taker' : 'clerk';
  return company.staff.filter(
    (person) => person.post === post && (post === 'call-taker' || person.unit.code === 'hall-centre'),
  );
}

function intakeOf(demand: Demand, household: Home, random: Random) {
  return {
    channel: demand.channel,
    process: demand.process,
    quickItem: null,
    caseType: null,
    householdId: household.id,
    area: null,
    words: demand.words,
    contactName: null,
    contactPhone: `164${String(random.int(100_000_000)).padStart(8, '0')}`,
    place: null,
    accusedUnitId: demand.accusesStation === true ? household.station_id : null,
    mood: demand.mood ?? ('calm' as const),
    escalationRisk: demand.mood === 'furious',
    anonymous: false,
    noCallBack: random.chance(0.1),
    papers: ['identity', 'promise', 'property', 'old-consent', 'purchase-proof'],
    promiseSigned: true,
  };
}

import { type Instant, MINUTE } from '#kernel/instant.ts';
import { acceptCase } from '#modules/case/index.ts';
import { intakeWith } from '#modules/case/testing/intake-with.ts';
import { readUnasked, takeUnasked } from '#modules/link/index.ts';
import { switchDevice } from '#modules/network/index.ts';
import { absorbMeterEvents, reportHazard } from '#modules/outage/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { actorOf, must } from './carry-order.ts';
import type { Stage } from './carry-to.ts';

/** A transformer with enough customers that several ring, and the fuse or switch above it. */
type Area = {
  readonly id: string;
  readonly households: readonly string[];
  readonly meters: readonly string[];
};

const WORDS = ['家里没电了，邻居也没有', '整个村都黑了', '停电了，什么时候来', '一排都没电'] as const;
/** Nobody checks clocks of meters in the demonstration. */
const METERS = { fast: MINUTE, oldest: 60 * MINUTE };

/**
 * What is out on the first morning, lived through the commands: a transformer whose customers ring and whose meters gasp, a branch that
 * only meters have told of, a device that tripped and was recorded, and a line that lies on the road. What is made of them is inferred.
 */
export async function bringOutages(stage: Stage): Promise<void> {
  let now = stage.now;
  const database = stage.openAt(() => now);
  try {
    const [ringing, silent, tripped] = await areas(database);
    if (ringing === undefined || silent === undefined || tripped === undefined) return;
    const at = async (ago: number, what: () => Promise<void>) => {
      now = stage.now - ago;
      await what();
    };
    await at(26 * MINUTE, () => trip(stage, database, tripped));
    await at(24 * MINUTE, () => ring(stage, database, tripped.households[3] ?? '', 0));
    for (const [i, household] of ringing.households.slice(0, 7).entries())
      await at((19 - 2 * i) * MINUTE, () => ring(stage, database, household, i));
    await at(18 * MINUTE, () => gasp(stage, database, ringing.meters.slice(5, 17), now));
    await at(9 * MINUTE, () => danger(stage, database));
    const texter = await phoneOf(database, silent.households[2] ?? '');
    if (texter !== undefined)
      await at(7 * MINUTE, () => text(stage, database, texter, '家里没电了，麻烦来看看'));
    await at(6 * MINUTE, () => text(stage, database, STRANGER, '停电了'));
    await at(5 * MINUTE, () => gasp(stage, database, silent.meters.slice(0, 9), now));
  } finally {
    await database.close();
  }
}

/** One a feeder, of ordinary size, in the order of their ids: the same each time. */
async function areas(database: Database): Promise<readonly Area[]> {
  return await database.rows<Area>(sql`
    select distinct on (p.feeder_id) s.transformer_id as id, array_agg(s.household_id order by s.meter_id) as households,
      array_agg(m.meter_no order by s.meter_id) as meters
    from network_supplies s
    join network_places p on p.company_id = s.company_id and p.device_id = s.transformer_id and p.until is null
    join meters m on m.company_id = s.company_id and m.id = s.meter_id
    where s.until is null and p.feeder_id is not null
      and (select count(*) from network_supplies o where o.company_id = s.company_id and o.household_id = s.household_id) = 1
    group by p.feeder_id, s.transformer_id having count(*) between 20 and 110
    order by p.feeder_id, count(*) desc, s.transformer_id limit 3`);
}

/** Who signs in by this name in the demonstration. */
export function person(stage: Stage, login: string) {
  const found = stage.company.logins.find((one) => one.login === login);
  if (found === undefined) throw new Error(`no demonstration sign-in ${login}`);
  return actorOf(stage.company, found.person);
}

async function ring(stage: Stage, database: Database, householdId: string, i: number): Promise<void> {
  const intake = intakeWith({
    process: 'repair-low',
    channel: 'phone',
    householdId,
    words: WORDS[i % WORDS.length] ?? WORDS[0],
    contactPhone: `1640000${String(500 + i).padStart(4, '0')}`,
    mood: i % 3 === 2 ? 'upset' : 'calm',
  });
  await must(database, (tx) => acceptCase(tx, stage.deps, person(stage, 'call-taker'), intake));
}

async function gasp(stage: Stage, database: Database, meters: readonly string[], at: Instant): Promise<void> {
  const lines = meters.map((meter) => ({ meter, kind: 'last_gasp' as const, at }));
  await must(database, (tx) =>
    absorbMeterEvents(tx, { companyId: stage.company.id, keyId: null }, lines, METERS),
  );
}

async function trip(stage: Stage, database: Database, area: Area): Promise<void> {
  const actor = person(stage, 'grid-dispatcher');
  await must(database, (tx) =>
    switchDevice(tx, actor, area.id, { open: true, planned: false, reason: 'trip', note: '高压侧跌落' }),
  );
}

/** His number belongs to nobody: he is told how to name the place. */
const STRANGER = '16400009999';

/** The mobile of a customer whom it belongs to alone. */
async function phoneOf(database: Database, householdId: string): Promise<string | undefined> {
  const row = await database.maybe<{ phone: string }>(sql`
    select s.phone from household_search s where s.household_id = ${householdId} and s.phone is not null
      and not exists (select 1 from household_search o where o.company_id = s.company_id and o.phone = s.phone
        and o.household_id <> s.household_id)`);
  return row?.phone;
}

/** An SMS that nobody asked for. */
async function text(stage: Stage, database: Database, from: string, words: string): Promise<void> {
  const unasked = await readUnasked(database, stage.deps, { from, text: words });
  if (unasked !== undefined) await must(database, (tx) => takeUnasked(tx, stage.deps, unasked));
}

async function danger(stage: Stage, database: Database): Promise<void> {
  const body = {
    hazard: 'line-down',
    householdId: null,
    deviceCode: null,
    place: '10kV文米线 17 号杆，村口路边',
    area: 'rural',
    words: '110 转来：大风把线刮断，垂在路上，有人围观。',
    contactName: '110 指挥中心',
    contactPhone: '110',
    source: 'phone',
  } as const;
  await must(database, (tx) =>
    reportHazard(tx, stage.deps, person(stage, 'dispatcher'), body, 'demonstration'),
  );
}

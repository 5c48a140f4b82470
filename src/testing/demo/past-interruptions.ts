import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { switchDevice } from '#modules/network/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { must } from './carry-order.ts';
import type { Stage } from './carry-to.ts';
import { person } from './outages.ts';

type Past = {
  /** Days before today; none within the sixty days in which outages are counted as repeated. */
  readonly ago: number;
  readonly minutes: number;
  readonly planned: boolean;
  /** Which of the transformers; the whole feeder of the first, where a storm took it. */
  readonly where: number | 'feeder';
};

/** Enough of last year to say which day is a major event day, and one of this year that is. */
const PAST: readonly Past[] = [
  { ago: 620, minutes: 95, planned: false, where: 0 },
  { ago: 560, minutes: 240, planned: true, where: 1 },
  { ago: 500, minutes: 60, planned: false, where: 2 },
  { ago: 430, minutes: 130, planned: false, where: 1 },
  { ago: 210, minutes: 110, planned: false, where: 2 },
  { ago: 115, minutes: 11 * 60, planned: false, where: 'feeder' },
];

/** Interruptions of the years before, so that reliability has something to compare with and a storm to leave out. */
export async function bringPastInterruptions(stage: Stage): Promise<void> {
  let now = stage.now;
  const database = stage.openAt(() => now);
  try {
    const places = await placesOf(database);
    for (const past of PAST) {
      const place = places[past.where === 'feeder' ? 0 : past.where];
      if (place === undefined) return;
      const began = stage.now - past.ago * 24 * HOUR;
      const device = past.where === 'feeder' ? place.feeder : place.transformer;
      await outage(stage, database, { ...past, device, began }, (at) => (now = at));
    }
  } finally {
    await database.close();
  }
}

async function outage(
  stage: Stage,
  database: Database,
  past: Past & { readonly device: string; readonly began: Instant },
  setClock: (at: Instant) => void,
): Promise<void> {
  const actor = person(stage, 'grid-dispatcher');
  const { device, planned } = past;
  setClock(past.began);
  const reason = planned ? 'maintenance' : 'trip';
  await must(database, (tx) => switchDevice(tx, actor, device, { open: true, planned, reason }));
  setClock(past.began + past.minutes * MINUTE);
  await must(database, (tx) =>
    switchDevice(tx, actor, device, { open: false, planned, reason: 'restoration' }),
  );
}

async function placesOf(
  database: Database,
): Promise<readonly { readonly transformer: string; readonly feeder: string }[]> {
  return await database.rows(sql`
    select distinct on (p.feeder_id) p.device_id as transformer, p.feeder_id as feeder from network_places p
    join network_supplies s on s.company_id = p.company_id and s.transformer_id = p.device_id and s.until is null
    where p.until is null and p.feeder_id is not null
    group by p.feeder_id, p.device_id having count(*) > 90
    order by p.feeder_id desc, p.device_id limit 3`);
}

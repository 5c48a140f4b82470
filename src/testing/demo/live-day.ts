import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import type { Database } from '#platform/db/db.ts';
import type { Loop } from '#platform/loop.ts';
import { sql } from '#platform/db/sql.ts';
import { type Begun, bringDemand, listHouseholds } from './bring-demand.ts';
import { type Cast, doNextStep } from './carry-order.ts';
import { nextAt, paceOf } from './demo-days.ts';
import { hallAtWork } from './hall-at-work.ts';
import { type Random, seeded } from './seeded.ts';

const ZONE = 8 * HOUR;
const DAY = 24 * HOUR;
/** Demands an hour by the hour of the day: the hall fills on a Monday at half past eight, nights are for faults. */
const AN_HOUR = [1, 1, 1, 1, 1, 2, 3, 6, 22, 20, 16, 12, 6, 8, 14, 14, 12, 8, 6, 5, 4, 3, 2, 1];
/** When the hall is open (the calendar `hall`), and numbers drawn a minute where most come. */
const HALL_OPEN = [
  [8.5, 12],
  [13.5, 17.5],
] as const;
const DRAWN_A_MINUTE = 0.5;
/** So many at most in one turn: a clock that runs fast must not pile up what nobody could watch. */
const MOST = 20;

type Carried = Begun & { pace: number; dueAt: Instant };

/**
 * A day of the demonstration while it runs: customers come and colleagues work, at business time. A task that somebody
 * who is signed in has taken is left to him.
 */
export function liveDay(cast: Cast, database: Database): Loop {
  const random = seeded(cast.company.seed, 'live');
  const hall = hallAtWork(cast, database);
  const carried = new Map<string, Carried>();
  let last: Instant | undefined;
  let households: Awaited<ReturnType<typeof listHouseholds>> = [];

  async function turn(): Promise<void> {
    const now = await database.now();
    if (last === undefined) households = await listHouseholds(database);
    const since = last ?? now;
    last = now;
    for (let i = arrivalsBetween(since, now, random); i > 0; i--) {
      const begun = await bringDemand(cast, database, households, random);
      if (begun === undefined) continue;
      const pace = paceOf(random);
      const dueAt = await nextAt(database, begun, now, pace, random);
      carried.set(begun.orderId, { ...begun, at: now, pace, dueAt });
    }
    for (let i = drawnBetween(since, now, random); i > 0; i--) await hall.draw(random);
    await hall.workAtWindows(now, random);
    for (const order of [...carried.values()].filter((one) => one.dueAt <= now)) await step(order, now);
  }

  async function step(order: Carried, now: Instant): Promise<void> {
    order.dueAt = await nextAt(database, order, now, order.pace, random);
    if (await isSomebodysOwn(database, order.orderId)) return;
    const done = await doNextStep(cast, database, { ...order, mayReturn: random.chance(0.03) }, random);
    if (done === 'nothing-open') carried.delete(order.orderId);
  }

  return { name: 'live-day', everyMs: 1000, turn };
}

/** How many came between two instants: the rate of the hour, rounded by chance. */
function arrivalsBetween(from: Instant, to: Instant, random: Random): number {
  return byChance((rateAt(to) * (to - from)) / HOUR, random);
}

/** Numbers drawn in the hall: most on a morning, none while it is closed. */
function drawnBetween(from: Instant, to: Instant, random: Random): number {
  const hour = ((to + ZONE) % DAY) / HOUR;
  const weekday = new Date(to + ZONE).getUTCDay();
  const open = weekday % 6 !== 0 && HALL_OPEN.some(([opens, closes]) => hour >= opens && hour < closes);
  const share = rateAt(to) / Math.max(...AN_HOUR);
  return open ? byChance((DRAWN_A_MINUTE * share * (to - from)) / MINUTE, random) : 0;
}

function rateAt(at: Instant): number {
  return AN_HOUR[Math.floor(((at + ZONE) % DAY) / HOUR)] ?? 0;
}

function byChance(expected: number, random: Random): number {
  return Math.min(MOST, Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0));
}

/** Somebody at a screen took a step of this order. */
async function isSomebodysOwn(database: Database, orderId: string): Promise<boolean> {
  const row = await database.maybe(sql`
    select 1 from tasks t
    join sessions s on s.company_id = t.company_id and s.person_id = t.holder_id and s.ended_at is null
      and s.expires_at > now()
    where t.order_id = ${orderId} and t.state = 'open' limit 1`);
  return row !== undefined;
}

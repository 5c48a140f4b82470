import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import type { Database } from '#platform/db/db.ts';
import { type Begun, bringDemand, listHouseholds } from './bring-demand.ts';
import { doNextStep } from './carry-order.ts';
import type { Stage } from './carry-to.ts';
import type { Demand } from './demands.ts';
import { openHall } from './hall-morning.ts';
import { bringOutsideOrders } from './outside-orders.ts';
import { bringPlannedOutages } from './planned-outages.ts';
import { bringOutages } from './outages.ts';
import { bringPastInterruptions } from './past-interruptions.ts';
import { type Random, seeded } from './seeded.ts';
import { bringStandingWork } from './standing-work.ts';
import { tightestClock } from './tightest-clock.ts';

/** Days of work that a new demonstration has behind it, and demands a working day: enough to fill every page. */
const DAYS = 8;
const A_DAY = { working: 16, rest: 4 };
/** Orders carried side by side; each has a clock of its own. */
const LANES = 4;
const ZONE = 8 * HOUR;
const DAY = 24 * HOUR;

/**
 * The last days of the demonstration, lived through the program's own commands with the clock of the time: demands come
 * in, travel, are answered, some late, some sent back; what is not done by `now` is open. The same for the same seed.
 */
export async function playDemoDays(days: Stage): Promise<{ readonly cases: number }> {
  const random = seeded(days.company.seed, 'days');
  await bringPastInterruptions(days);
  const begun = await acceptAll(days, random);
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    carryAll(
      days,
      begun.filter((_one, i) => i % LANES === lane),
      lane,
    ),
  );
  const [standing] = await Promise.all([bringStandingWork(days), bringPlannedOutages(days), ...lanes]);
  const database = days.openAt(() => days.now);
  try {
    const outside = await bringOutsideOrders(days, database);
    await openHall(days);
    await bringOutages(days);
    return { cases: begun.length + standing + outside };
  } finally {
    await database.close();
  }
}

async function acceptAll(days: Stage, random: Random): Promise<readonly Begun[]> {
  let now = days.now;
  const database = days.openAt(() => now);
  try {
    const households = await listHouseholds(database);
    const begun: Begun[] = [];
    for (const at of arrivals(days.now, random)) {
      now = at;
      const one = await bringDemand(days, database, households, random);
      if (one !== undefined) begun.push({ ...one, at });
    }
    return begun;
  } finally {
    await database.close();
  }
}

/** When somebody comes or rings, oldest first: between 08:30 and 17:30, none in the last ten minutes. */
function arrivals(now: Instant, random: Random): readonly Instant[] {
  const today = Math.floor((now + ZONE) / DAY) * DAY - ZONE;
  const all = Array.from({ length: DAYS }, (_, back) => {
    const midnight = today - back * DAY;
    const weekday = new Date(midnight + ZONE).getUTCDay();
    const count = weekday === 0 || weekday === 6 ? A_DAY.rest : A_DAY.working;
    return Array.from({ length: count }, () => midnight + 8.5 * HOUR + random.int(9 * 60) * MINUTE);
  });
  return all
    .flat()
    .filter((at) => at < now - 10 * MINUTE)
    .toSorted((a, b) => a - b);
}

async function carryAll(days: Stage, orders: readonly Begun[], lane: number): Promise<void> {
  let now = days.now;
  const random = seeded(days.company.seed, `days:${lane}`);
  const database = days.openAt(() => now);
  try {
    for (const order of orders) await carry(days, database, order, random, (at) => (now = at));
  } finally {
    await database.close();
  }
}

/** Does one step after the other at the pace of this order until its story reaches the present. */
async function carry(
  days: Stage,
  database: Database,
  order: Begun,
  random: Random,
  setClock: (at: Instant) => void,
): Promise<void> {
  const pace = paceOf(random);
  let at = order.at;
  let mayReturn = random.chance(0.2);
  for (;;) {
    at = await nextAt(database, order, at, pace, random);
    if (at >= days.now) return;
    setClock(at);
    const done = await doNextStep(days, database, { ...order, mayReturn }, random);
    if (done === 'nothing-open') return;
    if (done === 'not-now') at = inOfficeHours(at);
    if (done === 'returned') mayReturn = false;
  }
}

/**
 * When the next step of an order is done: repairs go on by the minute and by night, everything else in office hours. People
 * look at their deadlines: what is due soon is done before, unless the order crawls.
 */
export async function nextAt(
  database: Database,
  { orderId, demand }: { readonly orderId: string; readonly demand: Demand },
  at: Instant,
  pace: number,
  random: Random,
): Promise<Instant> {
  const next = (minutes: number) => at + Math.round(pace * random.int(minutes) * MINUTE);
  const wished = demand.process.startsWith('repair') ? next(12) : inOfficeHours(next(200));
  const share = 0.3 + 0.6 * random.next();
  const due = pace === CRAWLS ? null : await tightestClock(database, orderId, at);
  return due === null ? wished : Math.min(wished, Math.round(at + share * (due - at)));
}

const CRAWLS = 6;

/** How fast an order goes: one in eight crawls and will be late. */
export function paceOf(random: Random): number {
  return random.chance(0.12) ? CRAWLS : 0.4 + random.next();
}

/** Moves into 08:30–17:30; weekends are worked through, so that the story does not stand still on a Monday. */
function inOfficeHours(at: Instant): Instant {
  const inDay = (at + ZONE) % DAY;
  const midnight = at - inDay;
  if (inDay < 8.5 * HOUR) return midnight + 8.5 * HOUR;
  return inDay > 17.5 * HOUR ? midnight + DAY + 8.5 * HOUR + (inDay % HOUR) : at;
}

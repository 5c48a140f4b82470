import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { intakeWith } from '#modules/case/testing/intake-with.ts';
import { acceptCase } from '#modules/case/index.ts';
import { evaluateAtCounter } from '#modules/link/index.ts';
import { sweepClocks } from '#modules/order/index.ts';
import type { Database, Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { bringThis, type Home, listHouseholds, receiverOf } from './bring-demand.ts';
import { actorOf, type Cast, doNextStep, must } from './carry-order.ts';
import { nextAt, paceOf } from './demo-days.ts';
import { DEMANDS } from './demands.ts';
import { type Random, seeded } from './seeded.ts';
import { type Story, captureStory } from './story-rows.ts';

/** Of a hundred visits so many are quick items, closed at birth: most visits last two minutes (design §2). */
const QUICK_SHARE = 65;
/** Hours at which customers come, the busiest more often. */
const HOURS = [8, 8, 9, 9, 9, 10, 10, 11, 13, 14, 14, 15, 15, 16, 17, 19, 21];
/** Share of the customers who say whether they were content. */
const EVALUATED = 0.4;
/** A story that is not over by then is left out: history is closed. */
const LONGEST = 150 * DAY;

export type StoryOptions = Cast & {
  /** Stories of each kind of demand that are lived through; a million cases are these again at other times and places. */
  readonly ofEachKind: number;
  /** Opens a small pool whose business clock is the given one. */
  readonly openAt: (clock: () => Instant) => Database;
  /** A Monday, 00:00 in Shanghai, long enough ago for every story to end. */
  readonly monday: Instant;
  readonly onProgress: (stories: number) => void;
};

/**
 * Lives every kind of demand through the program's own commands several times, one after the other, with the sweep of
 * clocks at each step; gives back the rows that each left behind, and how often such a thing happens.
 */
export async function liveStories(options: StoryOptions): Promise<readonly Story[]> {
  const random = seeded(options.company.seed, 'history');
  let now = options.monday;
  const database = options.openAt(() => now);
  const setClock = (at: Instant) => (now = at);
  try {
    const homes = await listHouseholds(database);
    const stories: Story[] = [];
    for (let round = 0; round < options.ofEachKind; round++) {
      for (const demand of DEMANDS) {
        setClock(arrival(options.monday, random, stories.length));
        const begun = await bringThis(options, database, demand, random.pick(homes), random);
        if (
          begun.orderId !== null &&
          !(await carry(options, database, begun, demand, random, () => now, setClock))
        )
          continue;
        stories.push(await captureStory(database, begun.caseId, demand.share / options.ofEachKind));
        options.onProgress(stories.length);
      }
      setClock(arrival(options.monday, random, stories.length));
      stories.push(...(await quickStories(options, database, homes, random)));
    }
    return stories;
  } finally {
    await database.close();
  }
}

function arrival(monday: Instant, random: Random, n: number): Instant {
  // One day in seven is a weekend day, when only the phone is answered.
  const day = random.chance(0.12) ? 5 + random.int(2) : n % 5;
  return monday + day * DAY + random.pick(HOURS) * HOUR + random.int(50) * MINUTE + random.int(60) * 1000;
}

type Begun = { readonly caseId: string; readonly orderId: string | null };

/** Does one step after the other until the order is finished; false when it was not over in time. */
async function carry(
  options: StoryOptions,
  database: Database,
  begun: Begun,
  demand: (typeof DEMANDS)[number],
  random: Random,
  now: () => Instant,
  setClock: (at: Instant) => void,
): Promise<boolean> {
  const orderId = begun.orderId ?? '';
  const acceptedAt = now();
  const pace = paceOf(random);
  let mayReturn = random.chance(0.15);
  for (let at = acceptedAt; at < acceptedAt + LONGEST; ) {
    at = (await nextAt(database, { orderId, demand }, at, pace, random)) + random.int(60) * 1000;
    setClock(at);
    await sweepClocks(database);
    const done = await doNextStep(options, database, { orderId, at: acceptedAt, mayReturn }, random);
    if (done === 'nothing-open') {
      if (!(await isClosed(database, begun.caseId))) return false;
      if (random.chance(EVALUATED)) await evaluated(options, database, begun.caseId, random);
      return true;
    }
    if (done === 'returned') mayReturn = false;
  }
  return false;
}

/** The customer's word at the counter, unless he gave it on the phone: most are content, and then nothing more is owed. */
async function evaluated(
  options: StoryOptions,
  database: Database,
  caseId: string,
  random: Random,
): Promise<void> {
  const { first_asked_id: id, said } = await database.one<{ first_asked_id: string; said: boolean }>(sql`
    select c.first_asked_id, exists (select 1 from case_evaluations e
      where e.company_id = c.company_id and e.case_id = c.id) as said
    from cases c where c.id = ${caseId}`);
  if (said) return;
  const clerk =
    options.company.staff.find((person) => person.id === id) ?? receiverOf(options.company, 'hall', random);
  const word = { caseId, solved: true, satisfied: true, words: null };
  await must(database, (tx) => evaluateAtCounter(tx, options.deps, actorOf(options.company, clerk), word));
}

async function isClosed(db: Db, caseId: string): Promise<boolean> {
  return (
    (await db.one<{ state: string }>(sql`select c.state from cases c where c.id = ${caseId}`)).state ===
    'closed'
  );
}

async function quickStories(
  options: StoryOptions,
  database: Database,
  homes: readonly Home[],
  random: Random,
): Promise<readonly Story[]> {
  const { company, deps } = options;
  const version = await deps.activeHandbook(database, company.id);
  const items = version?.handbook.quickItems ?? [];
  const stories: Story[] = [];
  for (const item of items) {
    const actor = actorOf(company, receiverOf(company, 'hall', random));
    const accepted = await must(database, async (tx) => {
      const answer = await acceptCase(
        tx,
        deps,
        actor,
        intakeWith({ quickItem: item.id, householdId: random.pick(homes).id }),
      );
      return isRefusal(answer) ? answer : { caseId: answer.caseId };
    });
    const weight = (QUICK_SHARE / (100 - QUICK_SHARE)) * (100 / (items.length * options.ofEachKind));
    stories.push(await captureStory(database, accepted.caseId, weight));
  }
  return stories;
}

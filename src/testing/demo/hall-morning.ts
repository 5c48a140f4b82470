import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import type { CaseActor } from '#modules/case/index.ts';
import { intakeWith } from '#modules/case/testing/intake-with.ts';
import {
  arrive,
  bookSlot,
  endCall,
  type HallDeps,
  openCall,
  saveDraft,
  setSlots,
} from '#modules/hall/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { actorOf, type Cast, must } from './carry-order.ts';
import { hallAtWork } from './hall-at-work.ts';
import { seeded, seededIds } from './seeded.ts';

const ZONE = 8 * HOUR;
/** The hall has been open for so long when the demonstration begins. */
const OPEN_FOR = 75 * MINUTE;
/** More come than can be served, so that people wait. */
const COME_A_MINUTE = 0.55;
/** Hours that can be booked, in minutes of the day. */
const SLOTS = [510, 540, 570, 600, 630, 660, 690, 810, 840, 870, 900, 930, 960, 990, 1020];
const BOOKED = [
  { from: 540, name: '于建国', phone: '16400000201', process: 'resident-connection' },
  { from: 570, name: '姜秀兰', phone: '16400000202', process: 'account-change' },
  { from: 840, name: '王志强', phone: '16400000203', process: 'meter-test' },
  { from: 900, name: '刘玉芬', phone: '16400000204', process: 'charging' },
] as const;

export type HallMorning = Cast & {
  readonly openAt: (clock: () => Instant) => Database;
  readonly now: Instant;
};

/**
 * The hall as whoever starts the demonstration finds it, brought about by the hall's own commands: numbers drawn and
 * called for an hour, people waiting, appointments, a parked draft, two callers who were cut off.
 */
export async function openHall(morning: HallMorning): Promise<void> {
  let now = morning.now - OPEN_FOR;
  const database = morning.openAt(() => now);
  const hall = stage(morning, database);
  const random = seeded(morning.company.seed, 'hall');
  try {
    await hall.book((at) => (now = at), morning.now);
    const events = [
      { at: morning.now - 50 * MINUTE, run: hall.arriveFirst },
      { at: morning.now - 21 * MINUTE, run: async () => await hall.loseCall('16400000301') },
      { at: morning.now - 9 * MINUTE, run: async () => await hall.loseCall('16400000302') },
      { at: morning.now - 6 * MINUTE, run: hall.parkDraft },
    ];
    for (now = morning.now - OPEN_FOR; now < morning.now; now += MINUTE) {
      for (const event of events) if (event.at === now) await event.run();
      if (random.chance(COME_A_MINUTE)) await hall.draw(random);
      await hall.workAtWindows(now, random);
    }
  } finally {
    await database.close();
  }
}

function stage(cast: HallMorning, database: Database) {
  const deps: HallDeps = {
    handbook: { active: cast.deps.activeHandbook, version: cast.deps.version },
    clockBasis: cast.deps.clockBasis,
  };
  const { company } = cast;
  const actor = (login: string): CaseActor => {
    const found = company.logins.find((one) => one.login === login)?.person;
    if (found === undefined) throw new Error(`the demonstration has no sign-in ${login}`);
    return actorOf(company, found);
  };
  const lead = actor('hall-lead');
  const nextId = seededIds(company.seed, 'hall');

  return {
    ...hallAtWork(cast, database),

    /** Slots, and visits booked the day before. On a day off nobody is expected. */
    async book(setClock: (at: Instant) => void, today: Instant): Promise<void> {
      setClock(today - DAY);
      const slots = SLOTS.map((from) => ({ from, to: from + 30, capacity: 2 }));
      await must(database, (tx) => setSlots(tx, lead, { slots }));
      for (const { from, name, phone, process } of BOOKED) {
        const booking = { hallId: lead.unitId, day: dayName(today), from, name, phone, process };
        const whole = { ...booking, householdId: null, callId: null };
        const booked = await transact(database, (tx) => bookSlot(tx, deps, actor('call-taker'), whole));
        if (isRefusal(booked) && booked.refused !== 'hall.day-off')
          throw new Error(`not booked: ${booked.refused}`);
      }
    },

    async arriveFirst(): Promise<void> {
      const first = await database.maybe<{ id: string }>(sql`
        select a.id from appointments a where a.company_id = ${company.id} and a.state = 'booked'
        order by a.from_minute limit 1`);
      if (first !== undefined) await must(database, (tx) => arrive(tx, deps, lead, first.id));
    },

    /** Somebody rings and is cut off before he could say what it is about. */
    async loseCall(phone: string): Promise<void> {
      const taker = actor('call-taker');
      const { id } = await must(database, (tx) => openCall(tx, taker, { phone }));
      await must(database, (tx) => endCall(tx, cast.deps, taker, { id, outcome: 'dropped' }));
    },

    /** The clerk who can sign in finds what he began: the customer went to fetch his papers. */
    async parkDraft(): Promise<void> {
      const words = '想给新买的房子过户，房产证在家里，回去拿';
      const intake = { ...intakeWith({ words, process: null }), channel: 'hall' as const, papers: [] };
      const content = { intake, callId: null };
      await must(database, (tx) => saveDraft(tx, actor('clerk'), { id: nextId(), seq: 0, content }));
    },
  };
}

function dayName(at: Instant): string {
  return new Date(at + ZONE).toISOString().slice(0, 10);
}

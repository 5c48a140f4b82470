import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import {
  acceptCase,
  type CaseActor,
  type CaseDeps,
  finishStep,
  returnStep,
  takeStep,
} from '#modules/case/index.ts';
import { type StepRef, stepOf } from '#modules/process/domain/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import type { DemoCompany } from './demo-company.ts';
import { type Demand, pickDemand } from './demands.ts';
import { fillStep } from './fill-step.ts';
import { type Random, seeded } from './seeded.ts';
import type { DemoPerson } from './staff.ts';

/** Days of work that a new demonstration has behind it, and demands a working day: enough to fill every page. */
const DAYS = 8;
const A_DAY = { working: 12, rest: 4 };
/** Orders carried side by side; each has a clock of its own. */
const LANES = 4;
const ZONE = 8 * HOUR;
const DAY = 24 * HOUR;

export type DemoDays = {
  /** Opens a small pool whose business clock is the given one. */
  readonly openAt: (clock: () => Instant) => Database;
  readonly deps: CaseDeps;
  readonly company: DemoCompany;
  /** Where the story ends: what would happen later is still open. */
  readonly now: Instant;
};

type Begun = { readonly orderId: string; readonly at: Instant; readonly demand: Demand };

/**
 * The last days of the demonstration, lived through the program's own commands with the clock of the time: demands come
 * in, travel, are answered, some late, some sent back; what is not done by `now` is open. The same for the same seed.
 */
export async function playDemoDays(days: DemoDays): Promise<{ readonly cases: number }> {
  const random = seeded(days.company.seed, 'days');
  const begun = await acceptAll(days, random);
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    carryAll(
      days,
      begun.filter((_one, i) => i % LANES === lane),
      lane,
    ),
  );
  await Promise.all(lanes);
  return { cases: begun.length };
}

async function acceptAll(days: DemoDays, random: Random): Promise<readonly Begun[]> {
  let now = days.now;
  const database = days.openAt(() => now);
  try {
    const households = await database.rows<{ id: string; station_id: string }>(sql`
      select h.id, h.station_id from households h where h.use_class = 'residential'
      order by h.account_no limit 2000`);
    const begun: Begun[] = [];
    for (const at of arrivals(days.now, random)) {
      now = at;
      const demand = pickDemand(random);
      const household = random.pick(households);
      const actor = actorOf(days.company, random.pick(receivers(days.company, demand.channel)));
      const accepted = await must(database, (tx) =>
        acceptCase(tx, days.deps, actor, intakeOf(demand, household, random)),
      );
      if (accepted.orderId !== null) begun.push({ orderId: accepted.orderId, at, demand });
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

function receivers(company: DemoCompany, channel: Demand['channel']): readonly DemoPerson[] {
  const post = channel === 'phone' ? 'call-taker' : 'clerk';
  return company.staff.filter(
    (person) => person.post === post && (post === 'call-taker' || person.unit.code === 'hall-centre'),
  );
}

function intakeOf(demand: Demand, household: { id: string; station_id: string }, random: Random) {
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

async function carryAll(days: DemoDays, orders: readonly Begun[], lane: number): Promise<void> {
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
  days: DemoDays,
  database: Database,
  order: Begun,
  random: Random,
  setClock: (at: Instant) => void,
): Promise<void> {
  const isRepair = order.demand.process.startsWith('repair');
  const pace = random.chance(0.15) ? 4 : 0.4 + random.next();
  let at = order.at;
  let mayReturn = random.chance(0.2);
  for (;;) {
    at = isRepair ? at + pace * random.int(20) * MINUTE : inOfficeHours(at + pace * random.int(420) * MINUTE);
    if (at >= days.now) return;
    setClock(at);
    const task = await nextTask(database, order.orderId);
    if (task === undefined) return;
    const person = personFor(days.company, task, random);
    const back = mayReturn ? await sendBack(days, database, task, person) : false;
    if (back) mayReturn = false;
    else await finish(days, database, { task, person, acceptedAt: order.at, random });
  }
}

type OpenTask = {
  readonly order_id: string;
  readonly seq: number;
  readonly process: string;
  readonly version_id: string;
  readonly step: string;
  readonly case_id: string | null;
  readonly round: number;
  readonly unit_id: string;
  readonly post: string;
  readonly holder_id: string | null;
};

async function nextTask(database: Database, orderId: string): Promise<OpenTask | undefined> {
  return await database.maybe<OpenTask>(sql`
    select t.order_id, o.seq, o.process, o.handbook_version_id as version_id, t.step, t.case_id, t.round, t.unit_id,
      t.post, t.holder_id
    from tasks t join orders o on o.company_id = t.company_id and o.id = t.order_id
    where t.order_id = ${orderId} and t.state = 'open' order by t.ready_at, t.id limit 1`);
}

/** Whoever holds it; else one of those whose task it is, rather one who can sign in, so that his page is not empty. */
function personFor(company: DemoCompany, task: OpenTask, random: Random): DemoPerson {
  const held = company.staff.find((person) => person.id === task.holder_id);
  if (held !== undefined) return held;
  const able = company.staff.filter(
    (person) =>
      person.post === task.post &&
      [person.unit.id, person.unit.parentId, person.alsoIn?.id].includes(task.unit_id),
  );
  const signing = able.filter((person) => company.logins.some((login) => login.person.id === person.id));
  return random.pick(signing.length > 0 && random.chance(0.6) ? signing : able);
}

async function finish(
  days: DemoDays,
  database: Database,
  work: {
    readonly task: OpenTask;
    readonly person: DemoPerson;
    readonly acceptedAt: Instant;
    readonly random: Random;
  },
): Promise<void> {
  const { task, person, acceptedAt, random } = work;
  const actor = actorOf(days.company, person);
  await must(database, async (tx) => {
    const seq = await taken(tx, days, actor, task);
    if (isRefusal(seq)) return seq;
    const version = await days.deps.version(tx, actor.companyId, task.version_id);
    const definition = version.process(task.process);
    const step = definition === undefined ? undefined : stepOf(definition, task.step);
    if (step === undefined) throw new Error(`no step ${task.step} in ${task.process}`);
    const report = fillStep(step, { now: tx.now, acceptedAt, random });
    return await finishStep(tx, days.deps, actor, {
      orderId: task.order_id,
      seq,
      ref: refOf(task),
      ...report,
    });
  });
}

/** Sends the work back once where the step may; says whether it did. */
async function sendBack(
  days: DemoDays,
  database: Database,
  task: OpenTask,
  person: DemoPerson,
): Promise<boolean> {
  const actor = actorOf(days.company, person);
  return await must(database, async (tx) => {
    const version = await days.deps.version(tx, actor.companyId, task.version_id);
    const definition = version.process(task.process);
    const to = definition === undefined ? undefined : stepOf(definition, task.step)?.returnsTo?.[0];
    if (to === undefined || task.step === 'callback') return false;
    const seq = await taken(tx, days, actor, task);
    if (isRefusal(seq)) return seq;
    const request = { orderId: task.order_id, seq, from: refOf(task), to, reason: '回单没有写明原因和时间' };
    const returned = await returnStep(tx, days.deps, actor, request);
    return isRefusal(returned) ? returned : true;
  });
}

async function taken(tx: Tx, days: DemoDays, actor: CaseActor, task: OpenTask): Promise<number | Refusal> {
  if (task.holder_id !== null) return task.seq;
  const result = await takeStep(tx, days.deps, actor, {
    orderId: task.order_id,
    seq: task.seq,
    ref: refOf(task),
  });
  return isRefusal(result) ? result : result.seq;
}

function refOf(task: OpenTask): StepRef {
  return { step: task.step, caseId: task.case_id, round: task.round };
}

/** A refusal means that the story does not fit the handbook: a surprise. */
async function must<T>(database: Database, command: (tx: Tx) => Promise<T | Refusal>): Promise<T> {
  const result = await transact(database, command);
  if (isRefusal(result)) throw new Error(`the demonstration was refused: ${JSON.stringify(result)}`);
  return result;
}

function actorOf(company: DemoCompany, person: DemoPerson): CaseActor {
  const root = company.units.byCode('company').id;
  const above = person.unit.parentId === root ? null : person.unit.parentId;
  const units = [person.unit.id, above, person.alsoIn?.id];
  return {
    companyId: company.id,
    personId: person.id,
    unitId: person.unit.id,
    unitIds: units.filter((id) => typeof id === 'string'),
    posts: [person.post],
    mayReassign: false,
  };
}

/** Moves into 08:30–17:30; weekends are worked through, so that the story does not stand still on a Monday. */
function inOfficeHours(at: Instant): Instant {
  const inDay = (at + ZONE) % DAY;
  const midnight = at - inDay;
  if (inDay < 8.5 * HOUR) return midnight + 8.5 * HOUR;
  return inDay > 17.5 * HOUR ? midnight + DAY + 8.5 * HOUR + (inDay % HOUR) : at;
}

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Signed } from '../company-client.ts';
import { type Cast, nextTask, type OpenTask, tryTask } from '../demo/carry-order.ts';
import type { Random } from '../demo/seeded.ts';
import type { TrueStorm } from './true-storm.ts';

export type Crews = {
  readonly cast: Cast;
  /** On the clock of the program. */
  readonly database: Database;
  readonly dispatcher: Signed;
  readonly truth: TrueStorm;
  readonly random: Random;
  /** Business seconds a real second. */
  readonly speed: number;
  /** Meters of a repaired fault say that they have supply again. */
  readonly onRepaired: (faults: readonly number[], at: Instant) => Promise<void>;
};

export type Restored = {
  visits: number;
  /** Where the program sent the crew: at the device that failed, above or below it, or where nothing was wrong. */
  readonly sentTo: { right: number; above: number; below: number; nothing: number };
  repaired: number;
  refused: Map<string, number>;
};

/** Looked at so often, in real milliseconds. */
const EVERY = 1000;
/** Orders that the desk judges in one look. */
const JUDGED = 40;
/** Crews come a fifth earlier or later than was thought, and work a third shorter or longer. */
const ARRIVES = 0.2;
const WORKS = 0.33;

/**
 * The people of a storm: the desk judges each order, the dispatcher sends whom the program proposes, crews come, look, find what really
 * failed, do every step of the handbook up to the customers' supply, and write their reply. Steps go by the commands themselves; what the
 * dispatcher reads and sends goes over HTTP.
 */
export function restoreStorm(crews: Crews): { stop(): Promise<Restored> } {
  const restored: Restored = {
    visits: 0,
    sentTo: { right: 0, above: 0, below: 0, nothing: 0 },
    repaired: 0,
    refused: new Map(),
  };
  const state = { going: true };
  const out = new Map<string, Promise<void>>();
  const desk = repeat(state, async () => await judge(crews, restored));
  const dispatch = repeat(state, async () => await send(crews, restored));
  const field = repeat(state, async () => {
    for (const job of await listSent(crews.database))
      if (!out.has(job.orderId)) out.set(job.orderId, visit(crews, restored, job, state));
  });
  return {
    async stop() {
      state.going = false;
      await Promise.all([desk, dispatch, field, ...out.values()]);
      return restored;
    },
  };
}

async function repeat(state: { readonly going: boolean }, look: () => Promise<void>): Promise<void> {
  while (state.going) {
    await look();
    await wait(EVERY);
  }
}

async function judge({ cast, database, random }: Crews, restored: Restored): Promise<void> {
  const orders = await database.rows<{ id: string }>(sql`
    select t.order_id as id from tasks t join orders o on o.company_id = t.company_id and o.id = t.order_id
    where t.state = 'open' and t.step = 'judge' and o.business = 'repair' order by t.ready_at, t.id limit ${JUDGED}`);
  for (const { id } of orders) {
    const task = await nextTask(database, id);
    if (task?.step === 'judge') await attempt(cast, database, task, random, restored);
  }
}

type Proposals = {
  readonly proposals: readonly { readonly orderId: string; readonly crewId: string }[];
};

async function send({ dispatcher }: Crews, restored: Restored): Promise<void> {
  const answer = await dispatcher.get('/api/repair/dispatch');
  if (answer.status !== 200) return count(restored, `dispatch ${answer.status}`);
  for (const { orderId, crewId } of (answer.body as Proposals).proposals) {
    const sent = await dispatcher.post(`/api/repair/dispatch/${orderId}`, { crewId }, randomUUID());
    if (sent.status !== 200) count(restored, `sending ${codeOf(sent.body)}`);
  }
}

type Job = {
  readonly orderId: string;
  readonly sentAt: Instant;
  readonly expectedAt: Instant;
  readonly repairMinutes: number;
};

async function listSent(database: Database): Promise<readonly Job[]> {
  return await database.rows<Job>(sql`
    select a.order_id as "orderId", a.sent_at as "sentAt", a.expected_at as "expectedAt", a.repair_minutes as "repairMinutes"
    from crew_assignments a join orders o on o.company_id = a.company_id and o.id = a.order_id and o.state = 'open'
    where a.ended_at is null order by a.sent_at`);
}

/** One order of a crew, step by step, each at its time, up to the reply; what is left when the storm is over stays. */
async function visit(
  crews: Crews,
  restored: Restored,
  job: Job,
  state: { readonly going: boolean },
): Promise<void> {
  const { cast, database, truth, random, speed } = crews;
  const arrives = job.sentAt + (job.expectedAt - job.sentAt) * (1 + ARRIVES * (2 * random.next() - 1));
  const works = job.repairMinutes * MINUTE * (1 + WORKS * (2 * random.next() - 1));
  let fixed = Infinity;
  let found: readonly number[] = [];
  const until = async (at: Instant) => {
    while (state.going && (await database.now()) < at) await wait(Math.min(EVERY, (MINUTE / speed) * 2));
  };
  while (state.going) {
    const task = await nextTask(database, job.orderId);
    if (task === undefined) return;
    if (task.step === 'arrive') await until(arrives);
    if (task.step === 'survey') {
      found = await findFault(crews, restored, job.orderId);
      fixed = (await database.now()) + works;
    }
    if (task.step === 'fix') await until(fixed);
    if (!state.going) return;
    const done = await attempt(cast, database, task, random, restored);
    if (!done) await wait(EVERY);
    if (done && task.step === 'restore') {
      const now = await database.now();
      for (const fault of found) truth.repairedAt[fault] = now;
      restored.repaired += found.length;
      await crews.onRepaired(found, now);
    }
    if (task.step === 'review') return;
  }
}

/** The crew stands there and sees what is wrong; where the device is another one, the dispatcher says so. */
async function findFault(crews: Crews, restored: Restored, orderId: string): Promise<readonly number[]> {
  const { database, truth, dispatcher } = crews;
  const now = await database.now();
  const incident = await database.maybe<{
    id: string;
    version: number;
    deviceId: string | null;
    meterId: string | null;
  }>(sql`
    select i.id, i.version, i.device_id as "deviceId", (select s.meter_id from network_supplies s
      where s.company_id = i.company_id and s.household_id = i.household_id and s.until is null order by s.meter_id limit 1) as "meterId"
    from outage_incidents i where i.order_id = ${orderId} and i.state in ('suspected', 'confirmed') limit 1`);
  restored.visits += 1;
  const { network, plan } = truth;
  const at = network.deviceNamed.get(incident?.deviceId ?? '');
  const customer = network.customerNamed.get(incident?.meterId ?? '');
  const found =
    at !== undefined
      ? truth.foundAt(at, now)
      : customer === undefined
        ? []
        : [truth.faultOf(customer, now) ?? []].flat();
  const [first] = found.map((fault) => plan.faults[fault]?.device ?? -1);
  if (first === undefined) restored.sentTo.nothing += 1;
  else if (at !== undefined && network.customersBelow[at] === network.customersBelow[first])
    restored.sentTo.right += 1;
  else if (at !== undefined && at < first) restored.sentTo.above += 1;
  else {
    restored.sentTo.below += 1;
    const body = { version: incident?.version, deviceId: network.devices[first] };
    const moved = await dispatcher.post(`/api/outage/incidents/${incident?.id}/move`, body, randomUUID());
    if (moved.status !== 200) count(restored, `moving ${codeOf(moved.body)}`);
  }
  return found;
}

/** False: somebody else moved the order meanwhile, or it is not yet time; it is looked at again. */
async function attempt(
  cast: Cast,
  database: Database,
  task: OpenTask,
  random: Random,
  restored: Restored,
): Promise<boolean> {
  const done = await tryTask(cast, database, task, random);
  if (isRefusal(done)) count(restored, `${task.step} ${done.refused}`);
  return !isRefusal(done);
}

function count({ refused }: Restored, what: string): void {
  refused.set(what, (refused.get(what) ?? 0) + 1);
}

function codeOf(body: unknown): string {
  return String((body as { readonly error?: { readonly code?: string } } | null)?.error?.code);
}

import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import {
  type CaseActor,
  type CaseDeps,
  finishStep,
  recordOfReply,
  returnStep,
  takeStep,
} from '#modules/case/index.ts';
import { type Facts, type StepRef, stepOf } from '#modules/process/domain/index.ts';
import { candidatesOf, sendCrew } from '#modules/repair/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import type { DemoCompany } from './demo-company.ts';
import { fillStep } from './fill-step.ts';
import { judgeComplaint } from './judge-complaint.ts';
import type { Random } from './seeded.ts';
import type { DemoPerson } from './staff.ts';

/** The people of the demonstration and what their commands need. */
export type Cast = { readonly deps: CaseDeps; readonly company: DemoCompany };

/** The work goes back to a step, and why one of the five ones is not kept by that. */
export type WayBack = { readonly to: string; readonly exception: string; readonly reason: string };

/** What the reviewer of a reply says of most of those that he sends back. */
const AS_USUAL = { exception: 'wrong-judgement', reason: '回单没有写明原因和时间' };

/**
 * Does the step that an order waits for, as one of those whose task it is would do it; `mayReturn` sends it back where
 * the step allows. `values` and `back` are for a story that wants just this. Says what happened; `nothing-open`: the order is finished; `not-now`: customers are not rung at night.
 */
export async function doNextStep(
  cast: Cast,
  database: Database,
  order: {
    readonly orderId: string;
    readonly at: Instant;
    readonly mayReturn: boolean;
    readonly values?: Facts;
    readonly back?: WayBack;
  },
  random: Random,
): Promise<'done' | 'returned' | 'not-now' | 'nothing-open'> {
  const task = await nextTask(database, order.orderId);
  if (task === undefined) return 'nothing-open';
  const person = personFor(cast.company, task, random);
  const { back, values = {} } = order;
  if ((order.mayReturn || back !== undefined) && (await sendBack(cast, database, { task, person, back })))
    return 'returned';
  const done = await finish(cast, database, { task, person, acceptedAt: order.at, values, random });
  if (isRefusal(done) && done.refused === 'callback.quiet-hours') return 'not-now';
  fits(done);
  return 'done';
}

/** The same of one task, where others move the order meanwhile and a refusal is no surprise. */
export async function tryTask(
  cast: Cast,
  database: Database,
  task: OpenTask,
  random: Random,
): Promise<object | Refusal> {
  const person = personFor(cast.company, task, random);
  return await finish(cast, database, { task, person, acceptedAt: task.started_at, values: {}, random });
}

export type OpenTask = {
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
  /** When the order began. */
  readonly started_at: Instant;
  /** Units complained about. */
  readonly away: readonly string[];
};

/** What an order waits for longest. */
export async function nextTask(database: Database, orderId: string): Promise<OpenTask | undefined> {
  return await database.maybe<OpenTask>(sql`
    select t.order_id, o.seq, o.process, o.handbook_version_id as version_id, t.step, t.case_id, t.round, t.unit_id,
      t.post, t.holder_id, o.started_at, array(select c.accused_unit_id from case_orders l join cases c on c.company_id = l.company_id
        and c.id = l.case_id where l.company_id = t.company_id and l.order_id = t.order_id and l.unlinked_at is null
        and c.accused_unit_id is not null) as away
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
      [person.unit.id, person.unit.parentId, person.alsoIn?.id].includes(task.unit_id) &&
      !task.away.some((unit) => unit === person.unit.id || unit === person.unit.parentId),
  );
  const signing = able.filter((person) => company.logins.some((login) => login.person.id === person.id));
  return random.pick(signing.length > 0 && random.chance(0.6) ? signing : able);
}

async function finish(
  cast: Cast,
  database: Database,
  work: {
    readonly task: OpenTask;
    readonly person: DemoPerson;
    readonly acceptedAt: Instant;
    readonly values: Facts;
    readonly random: Random;
  },
): Promise<object | Refusal> {
  const { task, person, acceptedAt, values, random } = work;
  const actor = actorOf(cast.company, person);
  return await transact(database, async (tx) => {
    const sent = await sentByName(tx, cast, actor, task);
    if (sent !== undefined) return sent;
    const seq = await taken(tx, cast, actor, task);
    if (isRefusal(seq)) return seq;
    const version = await cast.deps.version(tx, actor.companyId, task.version_id);
    const definition = version.process(task.process);
    const step = definition === undefined ? undefined : stepOf(definition, task.step);
    if (step === undefined) throw new Error(`no step ${task.step} in ${task.process}`);
    const { order_id: orderId, round } = task;
    const record = await recordOfReply(tx, cast.deps, actor.companyId, { orderId, step: step.id });
    const report = fillStep(step, {
      now: tx.now,
      acceptedAt,
      random,
      ...(record === undefined ? {} : { record }),
    });
    if (step.judgement !== undefined)
      return await judgeComplaint(tx, cast.deps, actor, { step, orderId, seq, round, random });
    return await finishStep(tx, cast.deps, actor, {
      orderId,
      seq,
      ref: refOf(task),
      ...report,
      values: { ...report.values, ...values },
      // In the stories nobody waits until somebody is qualified: the station finds one.
      ...(isDispatch(task) ? { crewSent: true as const } : {}),
    });
  });
}

/** A repair is dispatched to the crew that would be there first; when none can go its station finds somebody. */
async function sentByName(
  tx: Tx,
  cast: Cast,
  actor: CaseActor,
  task: OpenTask,
): Promise<object | Refusal | undefined> {
  if (!isDispatch(task)) return undefined;
  const { order_id: orderId } = task;
  const crews = await candidatesOf(tx, cast.deps, actor, { orderId, now: tx.now });
  if (isRefusal(crews)) return undefined;
  for (const { crewId, lacks } of crews) {
    if (lacks !== null) break;
    const sent = await sendCrew(tx, cast.deps, actor, { orderId, crewId });
    // Another lane of the story was quicker with this crew.
    if (!isRefusal(sent) || sent.refused !== 'dispatch.crew-busy') return sent;
  }
  return undefined;
}

function isDispatch({ step, process }: OpenTask): boolean {
  return step === 'dispatch' && process.startsWith('repair');
}

/** Sends the work back once where the step may; says whether it did. */
async function sendBack(
  cast: Cast,
  database: Database,
  {
    task,
    person,
    back,
  }: { readonly task: OpenTask; readonly person: DemoPerson; readonly back: WayBack | undefined },
): Promise<boolean> {
  const actor = actorOf(cast.company, person);
  return await must(database, async (tx) => {
    const version = await cast.deps.version(tx, actor.companyId, task.version_id);
    const definition = version.process(task.process);
    const to =
      back?.to ?? (definition === undefined ? undefined : stepOf(definition, task.step)?.returnsTo?.[0]);
    if (to === undefined || task.step === 'callback') return false;
    const seq = await taken(tx, cast, actor, task);
    if (isRefusal(seq)) return seq;
    const returned = await returnStep(tx, cast.deps, actor, {
      orderId: task.order_id,
      seq,
      from: refOf(task),
      to,
      // The reason is asked for where the way back breaks one of the five; the usual one fits any of them.
      exception: back?.exception ?? AS_USUAL.exception,
      reason: back?.reason ?? AS_USUAL.reason,
    });
    return isRefusal(returned) ? returned : true;
  });
}

async function taken(tx: Tx, cast: Cast, actor: CaseActor, task: OpenTask): Promise<number | Refusal> {
  if (task.holder_id !== null) return task.seq;
  const result = await takeStep(tx, cast.deps, actor, {
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
export async function must<T>(database: Database, command: (tx: Tx) => Promise<T | Refusal>): Promise<T> {
  return fits(await transact(database, command));
}

function fits<T>(result: T | Refusal): T {
  if (isRefusal(result)) throw new Error(`the demonstration was refused: ${JSON.stringify(result)}`);
  return result;
}

export function actorOf(company: DemoCompany, person: DemoPerson): CaseActor {
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

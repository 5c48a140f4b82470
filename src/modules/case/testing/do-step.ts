import { isRefusal, type Refusal } from '#kernel/result.ts';
import { fieldStepsOf, stepOf } from '#modules/process/domain/index.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { fillStep } from '#testing/demo/fill-step.ts';
import { seeded } from '#testing/demo/seeded.ts';
import type { CaseActor } from '../case-commands.ts';
import { recordOfReply } from '../reply-record.ts';
import { finishStep, takeStep } from '../step-commands.ts';
import type { StepReport } from '../step-report.ts';
import type { SmallCounty } from './small-county.ts';

type Report = Partial<Omit<StepReport, 'orderId' | 'seq' | 'ref'>> & {
  /** The device does not say where it is. */
  readonly unplaced?: boolean;
};

/** Takes the open round of a step, where nobody has it, and reports it done: filled in where the test names nothing. */
export async function tryStep(
  county: SmallCounty,
  orderId: string,
  actor: CaseActor,
  step: string,
  report: Report = {},
): Promise<{ readonly seq: number } | Refusal> {
  const task = await county.database.one<{
    case_id: string | null;
    round: number;
    seq: number;
    holder_id: string | null;
    process: string;
    version: string;
    at: number;
  }>(sql`
    select t.case_id, t.round, o.seq, t.holder_id, o.process, o.handbook_version_id as version, o.started_at as at
    from tasks t
    join orders o on o.company_id = t.company_id and o.id = t.order_id
    where t.order_id = ${orderId} and t.step = ${step} and t.state = 'open'`);
  const ref = { step, caseId: task.case_id, round: task.round };
  let { seq } = task;
  if (task.holder_id === null && report.enteredFor === undefined) {
    const taken = await transact(county.database, (tx) =>
      takeStep(tx, county.deps, actor, { orderId, seq, ref }),
    );
    if (isRefusal(taken)) return taken;
    seq = taken.seq;
  }
  return await transact(county.database, async (tx) => {
    const version = await county.deps.version(tx, county.companyId, task.version);
    const definition = version.process(task.process);
    const known = definition === undefined ? undefined : stepOf(definition, step);
    if (known === undefined) throw new Error(`no step ${step} in ${task.process}`);
    const record = await recordOfReply(tx, county.deps, county.companyId, { orderId, step });
    const facts = {
      now: tx.now,
      acceptedAt: task.at,
      random: seeded(1, step),
      ...(record === undefined ? {} : { record }),
    };
    const { unplaced, ...told } = report;
    const { position, ...filled } = fillStep(known, facts);
    const placed = position === undefined || unplaced === true ? {} : { position };
    const values = { ...filled.values, ...told.values };
    // Which crew goes is no matter of these tests: those of the dispatching desk send one by name.
    const sends = definition !== undefined && fieldStepsOf(definition)?.dispatch === step;
    const crewSent = sends ? { crewSent: true as const } : {};
    const done = { ...filled, ...placed, ...crewSent, ...told, values, orderId, seq, ref };
    return await finishStep(tx, county.deps, actor, done);
  });
}

/** A refusal fails the test. */
export async function doStep(...given: Parameters<typeof tryStep>): Promise<void> {
  const done = await tryStep(...given);
  if (isRefusal(done)) throw new Error(`step ${given[3]} is refused: ${JSON.stringify(done)}`);
}

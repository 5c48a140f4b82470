import type { Instant } from '#kernel/instant.ts';
import {
  callBackPolicy,
  decideCallBack,
  fieldStepsOf,
  onesBrokenBy,
  type ProcessDefinition,
  type ProcessState,
  type StepDefinition,
  stepOf,
  wayBack,
} from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { listAttempts } from './call-attempts.ts';
import type { StepForm } from './case-api.ts';
import type { TaskOfOrder } from './case-reads.ts';
import { findReplyDraft } from './reply-drafts.ts';
import { replyRecord } from './reply-record.ts';

/** The forms of the open steps of an order, each once. */
export async function stepForms(
  db: Db,
  companyId: string,
  of: {
    readonly definition: ProcessDefinition;
    readonly state: ProcessState;
    readonly version: HandbookVersion;
    readonly open: readonly TaskOfOrder[];
    readonly now: Instant;
    readonly orderId: string;
    /** The case whose page it is. */
    readonly caseId: string;
  },
): Promise<readonly StepForm[]> {
  const tasks = of.open.filter((task, i) => of.open.findIndex((one) => one.step === task.step) === i);
  const forms = await Promise.all(
    tasks.map(async (task): Promise<StepForm | undefined> => {
      const step = stepOf(of.definition, task.step);
      if (step === undefined) return undefined;
      const inField = of.version.handbook.posts.some((post) => post.field === true && post.id === step.post);
      return {
        ...formOf(step),
        sendsCrew: fieldStepsOf(of.definition)?.dispatch === step.id,
        breaks: breaksOf(of.definition, of.state, step),
        record:
          step.replyGate === undefined
            ? null
            : await replyRecord(db, companyId, { ...of, subject: task.caseId ?? of.caseId }),
        draft: step.replyGate === undefined ? null : await findReplyDraft(db, companyId, { ...of, ...task }),
        calls: step.callsCustomer === true ? await callsOf(db, companyId, task, of) : null,
        fieldPeople: inField ? await listFieldPeople(db, companyId, task) : null,
      };
    }),
  );
  return forms.filter((form) => form !== undefined);
}

function formOf(
  step: StepDefinition,
): Omit<StepForm, 'breaks' | 'sendsCrew' | 'calls' | 'fieldPeople' | 'record' | 'draft'> {
  return {
    step: step.id,
    acceptance: step.kind === 'acceptance',
    fields: (step.fields ?? []).map((field) => ({
      id: field.id,
      name: field.name,
      type: field.type,
      required: field.required === true,
      unit: field.unit ?? null,
      ...(field.range === undefined ? {} : { range: field.range }),
      ...(field.band === undefined ? {} : { band: field.band }),
      // That nobody was reached in three calls is counted by the program.
      options: (field.options ?? []).filter(
        (option) => step.callsCustomer !== true || option.id !== 'unreachable',
      ),
    })),
    checklist: (step.checklist ?? []).map(({ id, text, required }) => ({
      id,
      text,
      required: required === true,
    })),
    replyKind: step.replyGate ?? null,
    judgement: step.judgement ?? null,
    risk: step.complaintProne ?? null,
  };
}

/** Of a step that can send the work back by what is reported: which of the five that would break. */
function breaksOf(
  definition: ProcessDefinition,
  state: ProcessState,
  step: StepDefinition,
): StepForm['breaks'] {
  const to = wayBack(step);
  return to === undefined ? [] : onesBrokenBy(definition, state, to);
}

async function callsOf(
  db: Db,
  companyId: string,
  task: TaskOfOrder,
  of: { readonly version: HandbookVersion; readonly now: Instant },
): Promise<StepForm['calls']> {
  const attempts = await listAttempts(db, companyId, { taskId: task.id });
  const policy = callBackPolicy(of.version.handbook.limits);
  const times = attempts.map((one) => one.at);
  const decision = decideCallBack(times, of.now, policy);
  const notBefore = decision.may || decision.reason === 'callback.attempts-used' ? null : decision.earliest;
  return { attempts, most: policy.maxAttempts, notBefore };
}

/** Whose work it is: those on its post in its unit or a crew of it, and he who holds it: a crew's lead may have another post. */
export async function listFieldPeople(
  db: Db,
  companyId: string,
  task: Pick<TaskOfOrder, 'unitId' | 'post' | 'holderId'>,
): Promise<NonNullable<StepForm['fieldPeople']>> {
  return await db.rows(sql`
    select distinct p.id, p.name from assignments a
    join units v on v.company_id = a.company_id and v.id = a.unit_id
    join people p on p.company_id = a.company_id and p.id = a.person_id
    where a.company_id = ${companyId} and a.until is null and (p.id = ${task.holderId}
      or (a.post = ${task.post} and (v.id = ${task.unitId} or v.parent_id = ${task.unitId}))) order by p.name, p.id limit 50`);
}

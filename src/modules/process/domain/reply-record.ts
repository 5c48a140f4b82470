import type { Instant } from '#kernel/instant.ts';
import type { ReplyDraft, ReplyFacts } from './check-reply.ts';
import type { Facts, ProcessDefinition, StepDefinition, StepField } from './definition.ts';
import { factsFor, type ProcessState, type StepState, stepKey } from './engine.ts';

/** What lies beside the state of the process: calls, files, clocks. */
export type BesideProcess = {
  readonly now: Instant;
  readonly acceptedAt: Instant;
  /** Calls at which the customer was reached, of whatever step. */
  readonly reachedAt: readonly Instant[];
  /** When the limit for contacting the customer ends; null where there is none. */
  readonly contactDueAt: Instant | null;
  /** Files and positions that the staff attached. */
  readonly attached: number;
  /** Items of checklists that were reported done, of whatever step. */
  readonly checked: readonly string[];
  /** Posts that work outside (`posts.yaml`). */
  readonly fieldPosts: readonly string[];
};

/**
 * What the record of an order knows when a reply is written (domain-rules §3.6): a reply may not say otherwise. What the
 * process does not record at all stays undefined, and then nothing contradicts it.
 */
export function replyFactsOf(
  definition: ProcessDefinition,
  state: ProcessState,
  subject: string,
  beside: BesideProcess,
): ReplyFacts {
  const { now, acceptedAt, contactDueAt } = beside;
  const contactedAt = contactOf(definition, state, subject, beside);
  const facts = factsFor(state, subject);
  const times = {
    acceptedAt,
    contactedAt: contactedAt ?? undefined,
    contactDueAt: contactDueAt ?? undefined,
    arrivedAt: momentOf(definition, state, subject, facts, 'arrived'),
    repairedAt: momentOf(definition, state, subject, facts, 'repaired'),
    restoredAt: momentOf(definition, state, subject, facts, 'resupplied'),
  };
  const known = {
    contactRecorded: contactedAt === undefined ? undefined : contactedAt !== null,
    siteVisitRecorded: visitOf(definition, state, subject, facts, beside.fieldPosts),
    evidenceRecorded: evidenceOf(definition, facts, beside),
  };
  const given = Object.entries({ ...times, ...known }).filter(([, value]) => value !== undefined);
  return { now, ...Object.fromEntries(given) };
}

/** What the record says is not typed again: the reply begins with it. */
export function replyFromRecord(facts: ReplyFacts): ReplyDraft {
  const { contactRecorded, contactedAt, siteVisitRecorded, repairedAt, restoredAt } = facts;
  return {
    ...(contactRecorded === true ? { contacted: true } : {}),
    ...(contactedAt === undefined ? {} : { contactedAt }),
    ...(siteVisitRecorded === undefined ? {} : { verifiedOnSite: siteVisitRecorded }),
    ...(repairedAt === undefined ? {} : { repairedAt }),
    ...(restoredAt === undefined ? {} : { restoredAt }),
  };
}

/** When the customer was first reached; null: he should have been and was not; undefined: nobody writes it down. */
function contactOf(
  definition: ProcessDefinition,
  state: ProcessState,
  subject: string,
  { reachedAt }: BesideProcess,
): Instant | null | undefined {
  const step = definition.steps.find((one) => one.milestones?.some(({ name }) => name === 'contacted'));
  const of = step === undefined ? undefined : stateOf(state, step, subject);
  const result = factsFor(state, subject)['contactResult'];
  const spoke = of?.status === 'done' && (result === undefined || result === 'reached');
  const times = [...reachedAt, ...(spoke && of.at !== undefined ? [of.at] : [])];
  if (times.length > 0) return Math.min(...times);
  return step === undefined || of?.status === 'skipped' ? undefined : null;
}

/** Where several steps bring it about, by the last that is done: supply first and again after the lasting repair. */
function momentOf(
  definition: ProcessDefinition,
  state: ProcessState,
  subject: string,
  facts: Facts,
  name: string,
): Instant | undefined {
  for (const step of definition.steps.toReversed()) {
    const milestone = step.milestones?.find((one) => one.name === name);
    const of = milestone === undefined ? undefined : stateOf(state, step, subject);
    if (milestone === undefined || of?.status !== 'done') continue;
    const stated = milestone.at === undefined ? undefined : facts[milestone.at];
    return typeof stated === 'number' ? stated : of.at;
  }
  return undefined;
}

/** Somebody was there: he said so, arrived, or did outside what can only be shown there. */
function visitOf(
  definition: ProcessDefinition,
  state: ProcessState,
  subject: string,
  facts: Facts,
  fieldPosts: readonly string[],
): boolean | undefined {
  const outside = definition.steps.filter(
    (step) =>
      step.milestones?.some(({ name }) => name === 'arrived') === true ||
      (fieldPosts.includes(step.post) && asksForEvidence(step)),
  );
  const asked = definition.steps.some((step) => step.fields?.some((field) => field.id === 'siteVisited'));
  if (outside.length === 0 && !asked) return undefined;
  if (facts['siteVisited'] === true) return true;
  return outside.some((step) => stateOf(state, step, subject)?.status === 'done');
}

/** It asks for what is only there: a picture, a signature, a value off an instrument. */
export function asksForEvidence({ checklist = [], fields = [] }: StepDefinition): boolean {
  return (
    checklist.some((item) => item.evidence !== 'tick') || fields.some((field) => field.band !== undefined)
  );
}

/** A tick shows nothing; a measured value is shown by its field, a signature by the item, a picture or file by the file itself. */
function evidenceOf(
  definition: ProcessDefinition,
  facts: Facts,
  { attached, checked }: BesideProcess,
): boolean | undefined {
  const items = definition.steps.flatMap((step) => step.checklist ?? []);
  const measured = measuredFields(definition);
  if (measured.length === 0 && items.every((item) => item.evidence === 'tick')) return undefined;
  const signed = items.filter((item) => item.evidence === 'signature');
  return (
    attached > 0 ||
    measured.some((field) => facts[field.id] !== undefined) ||
    signed.some((item) => checked.includes(item.id))
  );
}

/** Numbers that are read off an instrument, each once. */
export function measuredFields(definition: ProcessDefinition): readonly StepField[] {
  const fields = definition.steps.flatMap((step) => step.fields ?? []);
  return fields.filter(
    (field, i) => field.band !== undefined && fields.findIndex(({ id }) => id === field.id) === i,
  );
}

function stateOf(state: ProcessState, step: StepDefinition, subject: string): StepState | undefined {
  return state.steps[stepKey(step.id, step.on === 'case' ? subject : null)];
}

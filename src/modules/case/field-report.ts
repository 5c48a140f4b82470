import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { FieldNote } from '#modules/order/index.ts';
import {
  countedInstants,
  decideOccurredAt,
  entryDelay,
  type FieldDoubt,
  fieldDelay,
  type StepRef,
} from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseActor, CaseDeps } from './case-commands.ts';
import { lockVisible } from './open-case.ts';
import type { ReportedStep, StepReport } from './step-report.ts';

export type FieldDecision = {
  /** When the step happened, as the clocks count it. */
  readonly at: Instant;
  /** Instants among the values that are not believed. */
  readonly doubtful: readonly string[];
  /** Kept with the event where something else than "now, by myself" was said. */
  readonly note: FieldNote | null;
};

/**
 * What is believed of when it happened: the step as a whole and each instant that a clock counts. Undefined: nothing but
 * "now" was said. Refusals: `field.future`, `field.before-start`, `field.not-there`, `field.yourself`,
 * `field.no-such-file`, `http.not-found`.
 */
export async function decideField(
  tx: Tx,
  actor: CaseActor,
  found: ReportedStep,
): Promise<FieldDecision | undefined | Refusal> {
  const { report, definition, step } = found;
  const instants = countedInstants(definition, step).filter((id) => typeof report.values?.[id] === 'number');
  const forOther = report.enteredFor;
  const files = report.files ?? [];
  if (!(await areShown(tx, actor, report, files))) return refuse('field.no-such-file');
  const nothing = report.occurredAt === undefined && forOther === undefined && instants.length === 0;
  if (nothing && files.length === 0) return undefined;
  if (forOther !== undefined) {
    const fault = await faultOfOther(tx, actor, found, forOther.personId);
    if (fault !== undefined) return fault;
  }
  const decide = (claimed: Instant) => decideClaim(actor, found, tx.now, claimed);
  const whole = decide(report.occurredAt ?? tx.now);
  if (isRefusal(whole)) return whole;
  const stated = instants.map((id) => ({ id, claim: decide(Number(report.values?.[id])) }));
  const refused = stated.map(({ claim }) => claim).find(isRefusal);
  if (refused !== undefined) return refused;

  const doubts = stated.flatMap(({ id, claim }) =>
    isRefusal(claim) || claim.doubt === null ? [] : [{ id, doubt: claim.doubt }],
  );
  const said = report.occurredAt === undefined ? null : whole.doubt;
  const doubt: FieldDoubt | null = said ?? doubts[0]?.doubt ?? null;
  const silent =
    report.occurredAt === undefined && forOther === undefined && doubt === null && files.length === 0;
  const claimed = report.occurredAt ?? tx.now;
  const late = report.queued !== undefined && tx.now - claimed > entryDelay(found.version.handbook.limits);
  const note = {
    claimed,
    doubt,
    enteredFor: forOther ?? null,
    ...(files.length === 0 ? {} : { files }),
    ...(late ? { late } : {}),
  };
  return {
    at: report.occurredAt === undefined ? tx.now : whole.at,
    doubtful: doubts.map(({ id }) => id),
    note: silent ? null : note,
  };
}

/** What is said of a pause that is entered late; undefined: it begins now. Refusals as `decideField`. */
export async function decidePauseStart(
  tx: Tx,
  deps: Pick<CaseDeps, 'version'>,
  actor: CaseActor,
  { subject, ...report }: FieldSaid & { readonly subject: string },
): Promise<{ readonly at: Instant; readonly note: FieldNote } | undefined | Refusal> {
  const { occurredAt: claimed, enteredFor = null, files = [] } = report;
  if (!(await areShown(tx, actor, report, files))) return refuse('field.no-such-file');
  if (claimed === undefined) return undefined;
  const order = await tx.one<{ startedAt: Instant; version: string }>(sql`
    select o.started_at as "startedAt", o.handbook_version_id as version from orders o
    where o.company_id = ${actor.companyId} and o.id = ${report.orderId}`);
  if (enteredFor !== null) {
    const fault = await faultOfOther(tx, actor, { report, subject }, enteredFor.personId);
    if (fault !== undefined) return fault;
  }
  const version = await deps.version(tx, actor.companyId, order.version);
  const claim = decideClaim(actor, { report, version, startedAt: order.startedAt }, tx.now, claimed);
  if (isRefusal(claim)) return claim;
  const shown = files.length === 0 ? {} : { files };
  return { at: claim.at, note: { claimed, doubt: claim.doubt, enteredFor, ...shown } };
}

type FieldSaid = Pick<
  StepReport,
  'orderId' | 'occurredAt' | 'enteredFor' | 'files' | 'position' | 'queued'
> & {
  /** The step that it is said of; absent: the work as a whole. */
  readonly ref?: StepRef;
};
type SaidOf = Pick<ReportedStep, 'version' | 'startedAt'> & { readonly report: FieldSaid };

function decideClaim(actor: CaseActor, found: SaidOf, now: Instant, claimed: Instant) {
  const { report, version } = found;
  const { posts, limits } = version.handbook;
  const claim = {
    claimed,
    now,
    notBefore: found.startedAt,
    fieldPost: posts.some((post) => post.field === true && actor.posts.includes(post.id)),
    // Files were looked up before: each is there.
    evidence: (report.files ?? []).length > 0 || report.position !== undefined,
    enteredFor: report.enteredFor !== undefined,
    ...(report.queued === undefined ? {} : { queued: report.queued }),
  };
  return decideOccurredAt(claim, fieldDelay(limits));
}

/** Every file is there still, at a case of this order, and was added by who was there or who enters it. */
async function areShown(
  tx: Tx,
  actor: CaseActor,
  report: FieldSaid,
  files: readonly string[],
): Promise<boolean> {
  if (files.length === 0) return true;
  const people = [actor.personId, report.enteredFor?.personId ?? actor.personId];
  const { n } = await tx.one<{ n: number }>(sql`
    select count(distinct f.id) as n from case_files f
    join case_orders l on l.company_id = f.company_id and l.case_id = f.case_id and l.unlinked_at is null
    where f.company_id = ${actor.companyId} and l.order_id = ${report.orderId} and f.id = any(${files}::uuid[])
      and f.hash is not null and f.by_person_id = any(${people}::uuid[])`);
  return n === files.length;
}

/** 代录 names somebody whose work this step is: whoever holds it, or one on its post in its unit or a crew of it. */
async function faultOfOther(
  tx: Tx,
  actor: CaseActor,
  { report, subject }: { readonly report: FieldSaid; readonly subject: string },
  personId: string,
): Promise<Refusal | undefined> {
  if (personId === actor.personId) return refuse('field.yourself');
  const seen = await lockVisible(tx, actor, subject);
  if (isRefusal(seen)) return seen;
  const { ref, orderId } = report;
  const ofStep =
    ref === undefined
      ? sql`true`
      : sql`t.step = ${ref.step} and t.round = ${ref.round} and t.case_id is not distinct from ${ref.caseId}::uuid`;
  const there = await tx.maybe(sql`
    select 1 from tasks t
    join assignments a on a.company_id = t.company_id and a.person_id = ${personId} and a.until is null
    join units v on v.company_id = a.company_id and v.id = a.unit_id
      and (t.holder_id = a.person_id or (a.post = t.post and (v.id = t.unit_id or v.parent_id = t.unit_id)))
    where t.company_id = ${actor.companyId} and t.order_id = ${orderId} and ${ofStep} and t.state = 'open'
      and (t.holder_id is null or t.holder_id = ${personId} or t.holder_id = ${actor.personId}) limit 1`);
  return there === undefined ? refuse('field.not-there') : undefined;
}

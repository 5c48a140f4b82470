import { isRefusal, type Refusal } from '#kernel/result.ts';
import { type CaseActor, type CaseDeps, takeStep } from '#modules/case/index.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import type { StepRef } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { FieldAnswer, StepEntry } from './field-api.ts';
import { crewPosts } from './field-crew.ts';

// The round of a step that a phone means, and the crew's hold on it.

export type FieldTask = {
  readonly seq: number;
  readonly version: string;
  readonly state: 'open' | 'done' | 'withdrawn' | 'parked' | null;
  readonly post: string | null;
  readonly holderId: string | null;
};

/** The round that the phone means; null where no task of it is there (yet). The order is locked first: one at a time. */
export async function lockTask(
  tx: Tx,
  companyId: string,
  { orderId, ref }: Pick<StepEntry, 'orderId' | 'ref'>,
): Promise<FieldTask | undefined> {
  const order = await tx.maybe<{ seq: number; version: string }>(sql`
    select o.seq, o.handbook_version_id as version from orders o
    where o.company_id = ${companyId} and o.id = ${orderId} for update`);
  if (order === undefined) return undefined;
  const task = await tx.maybe<Pick<FieldTask, 'state' | 'post' | 'holderId'>>(sql`
    select t.state, t.post, t.holder_id as "holderId" from tasks t
    where t.company_id = ${companyId} and t.order_id = ${orderId} and t.step = ${ref.step}
      and t.round = ${ref.round} and t.case_id is not distinct from ${ref.caseId}::uuid`);
  return { ...order, ...(task ?? { state: null, post: null, holderId: null }) };
}

/** A step that is open for this crew becomes this person's; a lead goes on with what one of his crew has begun. */
export async function takeForCrew(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  of: Pick<FieldTask, 'seq' | 'post' | 'holderId'> & {
    /** Absent: open. */
    readonly state?: FieldTask['state'];
    readonly version: HandbookVersion;
    readonly orderId: string;
    readonly ref: StepRef;
  },
): Promise<{ readonly crew: CaseActor; readonly seq: number } | Refusal> {
  const { version, orderId, ref, seq, post, holderId, state = 'open' } = of;
  const crew = { ...actor, posts: [...new Set([...actor.posts, ...crewPosts(version, actor)])] };
  if (state !== 'open' || holderId === actor.personId) return { crew, seq };
  const led = post !== null && !actor.posts.includes(post) && crew.posts.includes(post);
  const who = { ...crew, mayReassign: crew.mayReassign || led };
  const taken = await takeStep(tx, deps, who, { orderId, seq, ref });
  return isRefusal(taken) ? taken : { crew, seq: taken.seq };
}

/** It was settled before, by the office or another phone: what this one says of it stays beside it. */
export async function second(
  tx: Tx,
  actor: CaseActor,
  {
    orderId,
    ref,
    at,
    clockMoved,
    files = [],
  }: Pick<StepEntry, 'orderId' | 'ref' | 'at' | 'clockMoved' | 'files'>,
): Promise<FieldAnswer> {
  await recordOnOrder(tx, actor, orderId, {
    type: 'field.seconded',
    occurredAt: tx.now,
    data: { ref, claimed: at, clockMoved, files },
  });
  return { outcome: 'already' };
}

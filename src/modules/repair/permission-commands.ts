import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, type CaseDeps, finishStep, returnStep, takeStep } from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import type { StepRef } from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { permissionSteps } from './domain/permission-steps.ts';
import type { PermitBody, RefusePermissionBody } from './permission-api.ts';

/**
 * Records that the grid dispatcher permitted the work. The program grants nothing: it is his word, with its hour and way.
 * Refusals: `permission.none`, those of `takeStep` and `finishStep`; `order.same-person` to whoever asked.
 */
export async function permitWork(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: PermitBody,
): Promise<{ readonly seq: number } | Refusal> {
  const mine = await holding(tx, deps, actor, request);
  if (isRefusal(mine)) return mine;
  const { ref, seq, caseId } = mine;
  const values = { permittedAt: request.permittedAt ?? tx.now, permitWay: request.way };
  const { orderId } = request;
  const done = await finishStep(tx, deps, actor, { orderId, seq, ref, values });
  if (isRefusal(done)) return done;
  const asker = await askerOf(tx, actor.companyId, orderId, mine.sheets);
  if (asker !== undefined)
    await enqueue(tx, actor.companyId, [
      {
        key: `permitted:${orderId}:${ref.step}:${ref.round}`,
        channel: 'desk',
        template: 'work-permitted',
        to: { personId: asker },
        data: { caseId, permittedAt: values.permittedAt },
      },
    ]);
  return done;
}

/** Not permitted: the sheet goes back to whoever asked, with the reason. Refusals: `permission.none`, those of `takeStep` and `returnStep`. */
export async function refusePermission(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: RefusePermissionBody,
): Promise<{ readonly seq: number } | Refusal> {
  const mine = await holding(tx, deps, actor, request);
  if (isRefusal(mine)) return mine;
  const { orderId, reason } = request;
  return await returnStep(tx, deps, actor, {
    orderId,
    seq: mine.seq,
    from: mine.ref,
    to: mine.backTo,
    reason,
  });
}

type Held = {
  readonly ref: StepRef;
  readonly seq: number;
  readonly caseId: string;
  readonly sheets: readonly string[];
  readonly backTo: string;
};

/** The permission's task, taken by whoever decides: at the desk taking and deciding are one click. */
async function holding(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  { orderId, seq, step, round }: PermitBody | RefusePermissionBody,
): Promise<Held | Refusal> {
  const found = await tx.maybe<{
    process: string;
    version: string;
    holderId: string | null;
    caseId: string;
  }>(sql`
    select o.process, o.handbook_version_id as version, t.holder_id as "holderId", l.case_id as "caseId" from orders o
    join tasks t on t.company_id = o.company_id and t.order_id = o.id and t.step = ${step} and t.round = ${round}
      and t.state = 'open'
    join case_orders l on l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null
    where o.company_id = ${actor.companyId} and o.id = ${orderId} order by l.linked_at limit 1`);
  if (found === undefined) return refuse('permission.none');
  const definition = (await deps.version(tx, actor.companyId, found.version)).process(found.process);
  const chain = definition === undefined ? null : permissionSteps(definition);
  const backTo = chain?.permission.returnsTo?.[0];
  if (chain === null || chain.permission.id !== step || backTo === undefined)
    return refuse('permission.none');
  const ref = { step, caseId: null, round };
  const held = { ref, caseId: found.caseId, sheets: chain.sheets, backTo };
  if (found.holderId === actor.personId) return { ...held, seq };
  const taken = await takeStep(tx, deps, actor, { orderId, seq, ref });
  return isRefusal(taken) ? taken : { ...held, seq: taken.seq };
}

async function askerOf(
  tx: Tx,
  companyId: string,
  orderId: string,
  sheets: readonly string[],
): Promise<string | undefined> {
  const row = await tx.maybe<{ id: string | null }>(sql`
    select e.actor_id as id from order_events e
    where e.company_id = ${companyId} and e.stream_id = ${orderId} and e.type = 'step.done'
      and e.data #>> '{ref,step}' = any(${sheets}::text[]) order by e.seq desc limit 1`);
  return row?.id ?? undefined;
}

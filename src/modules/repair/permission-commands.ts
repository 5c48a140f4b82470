import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import {
  type CaseActor,
  type CaseDeps,
  finishStep,
  keepNote,
  returnStep,
  seesOrder,
  takeStep,
} from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { doAgain, recordOnOrder } from '#modules/order/index.ts';
import type { StepRef } from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { permissionSteps } from './domain/permission-steps.ts';
import { whyNot } from './permission-reads.ts';
import type { PermitBody, RefusePermissionBody, WithdrawPermissionBody } from './permission-api.ts';

/**
 * Records that the grid dispatcher permitted the work. The program grants nothing: it is his word, with its hour and way.
 * Refusals: `permission.none`, `permission.device-moved` until somebody says that the sheet fits all the same, those of `takeStep` and
 * `finishStep`; `order.same-person` to whoever asked.
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
  if (mine.movedTo !== null && request.sheetFits !== true)
    return refuse('permission.device-moved', { device: mine.movedTo });
  const values = { permittedAt: request.permittedAt ?? tx.now, permitWay: request.way };
  const { orderId } = request;
  // Nobody heard it repeated: the step refuses, as it does on the page of the case.
  const checked = request.repeated ? mine.checks : [];
  const done = await finishStep(tx, deps, actor, { orderId, seq, ref, values, checked });
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

/**
 * Takes a permission back: work stops, earths stay where they lie, and the sheet waits for permission once more. Whoever asked and whoever
 * has work of it at hand is told. Refusals: `permission.none`, `permission.worked`, `action.other-unit`, `action.other-post`, those of
 * `doAgain`.
 */
export async function withdrawPermission(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  { orderId, reason }: WithdrawPermissionBody,
): Promise<{ readonly withdrawn: true } | Refusal> {
  const out = await findOut(tx, deps, actor, orderId);
  if (isRefusal(out)) return out;
  const { step, round, caseId } = out;
  const told = new Set(out.holders);
  const asker = await askerOf(tx, actor.companyId, orderId, out.sheets);
  if (asker !== undefined) told.add(asker);
  const textId = await keepNote(tx, actor, caseId, { field: 'permission', body: reason });
  const data = { ref: { step, caseId: null, round }, textIds: [textId] };
  await recordOnOrder(tx, actor, orderId, { type: 'permission.withdrawn', occurredAt: tx.now, data });
  const again = await doAgain(tx, deps, actor, { orderId, step, caseId: null });
  if (isRefusal(again)) return again;
  await enqueue(
    tx,
    actor.companyId,
    [...told].map((personId) => ({
      key: `permission-withdrawn:${orderId}:${round}:${personId}`,
      channel: 'desk',
      template: 'permission-withdrawn',
      to: { personId },
      data: { caseId },
    })),
  );
  return { withdrawn: true };
}

type Out = {
  readonly step: string;
  readonly round: number;
  readonly caseId: string;
  readonly sheets: readonly string[];
  /** Who has work of the order at hand. */
  readonly holders: readonly string[];
};

/** The permission of an order that is out while the work is not done. */
async function findOut(tx: Tx, deps: CaseDeps, actor: CaseActor, orderId: string): Promise<Out | Refusal> {
  if (!(await seesOrder(tx, actor, orderId))) return refuse('permission.none');
  const order = await tx.maybe<{
    process: string;
    version: string;
    steps: Readonly<Record<string, { readonly status: string; readonly round: number }>>;
    caseId: string;
    holders: readonly string[];
  }>(sql`
    select o.process, o.handbook_version_id as version, o.process_state -> 'steps' as steps,
      (select l.case_id from case_orders l where l.company_id = o.company_id and l.order_id = o.id
        and l.unlinked_at is null order by l.linked_at limit 1) as "caseId",
      array(select distinct t.holder_id from tasks t where t.company_id = o.company_id and t.order_id = o.id
        and t.state = 'open' and t.case_id is null and t.holder_id is not null) as holders
    from orders o where o.company_id = ${actor.companyId} and o.id = ${orderId} and o.state = 'open' for update`);
  if (order === undefined) return refuse('permission.none');
  const definition = (await deps.version(tx, actor.companyId, order.version)).process(order.process);
  const chain = definition === undefined ? null : permissionSteps(definition);
  const at = chain === null ? undefined : order.steps[chain.permission.id];
  if (chain === null || at?.status !== 'done') return refuse('permission.none');
  if (chain.work !== null && order.steps[chain.work]?.status === 'done') return refuse('permission.worked');
  const step = chain.permission.id;
  const task = await tx.one<{ unitId: string; post: string }>(sql`
    select t.unit_id as "unitId", t.post from tasks t where t.company_id = ${actor.companyId}
      and t.order_id = ${orderId} and t.step = ${step} and t.round = ${at.round}`);
  const not = whyNot(task, actor);
  if (not !== null) return refuse(not);
  const { caseId, holders } = order;
  return { step, round: at.round, caseId, sheets: chain.sheets, holders };
}

type Held = {
  readonly ref: StepRef;
  readonly seq: number;
  readonly caseId: string;
  readonly sheets: readonly string[];
  readonly backTo: string;
  readonly checks: readonly string[];
  /** The device that the fault is held to lie at since the sheet was written; null: it did not move. */
  readonly movedTo: string | null;
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
    movedTo: string | null;
  }>(sql`
    select o.process, o.handbook_version_id as version, t.holder_id as "holderId", l.case_id as "caseId",
      (select coalesce(d.name, '') from outage_incidents i
        join outage_incident_events m on m.company_id = i.company_id and m.incident_id = i.id and m.type = 'moved'
          and m.at > t.ready_at
        left join network_devices d on d.company_id = m.company_id and d.id = m.to_device_id
        where i.company_id = o.company_id and i.order_id = o.id order by m.at desc limit 1) as "movedTo"
    from orders o
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
  const checks = (chain.permission.checklist ?? []).map((item) => item.id);
  const { caseId, movedTo } = found;
  const held = { ref, caseId, sheets: chain.sheets, backTo, checks, movedTo };
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

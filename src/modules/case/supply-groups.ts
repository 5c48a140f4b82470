import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { householdsByDevice } from '#modules/network/index.ts';
import { recordOnOrder, worksOn } from '#modules/order/index.ts';
import {
  decideOccurredAt,
  type ProcessDefinition,
  type Queued,
  type StepDefinition,
} from '#modules/process/domain/index.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import type { CaseActor, CaseDeps } from './case-commands.ts';
import { visibleCase } from './case-reads.ts';
import { earthsLaid } from './laid-earths.ts';
import type { StepReport } from './step-report.ts';
import type { AddGroupBody, RecordSupplyBody, SupplyView } from './supply-api.ts';

/** The moment at which customers have their supply back; a step that brings it about waits for every group. */
const RESUPPLIED = 'resupplied';

/**
 * Names a group of customers that gets its supply back apart from others. Refusals: `http.not-found`, `order.finished`,
 * `supply.not-yours`, `supply.no-outage`, `supply.label-taken`, `supply.group-empty`, `supply.device-unknown`,
 * `supply.device-overlaps`.
 */
export async function addGroup(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: AddGroupBody & {
    readonly orderId: string;
    /** Made by a phone that wants to say more of the group before it hears from us. */
    readonly id?: string;
  },
): Promise<{ readonly id: string } | Refusal> {
  const order = await findWorkable(tx, deps, actor, request.orderId);
  if (isRefusal(order)) return order;
  const { orderId, id = newId() } = request;
  const group = await groupOf(tx, actor.companyId, request);
  if (isRefusal(group)) return group;
  const { label, households, deviceId, otherwiseSupplied } = group;
  const inserted = await tx.run(sql`
    insert into supply_groups (company_id, id, order_id, label, households, device_id, otherwise_supplied, added_by, added_at)
    values (${actor.companyId}, ${id}, ${orderId}, ${label}, ${households}, ${deviceId}, ${otherwiseSupplied},
      ${actor.personId}, ${timestamp(tx.now)})
    on conflict (company_id, order_id, label) do nothing`);
  if (inserted === 0) return refuse('supply.label-taken');
  const data = { groupId: id, households, deviceId };
  await recordOnOrder(tx, actor, orderId, { type: 'supply.group-added', occurredAt: tx.now, data });
  return { id };
}

type NewGroup = {
  readonly label: string;
  readonly households: number;
  readonly deviceId: string | null;
  readonly otherwiseSupplied: number;
};

/** What hangs below a device is counted from the network, each household in one group; other customers somebody counted. */
async function groupOf(
  tx: Tx,
  companyId: string,
  { label, households, deviceId, orderId }: AddGroupBody & { readonly orderId: string },
): Promise<NewGroup | Refusal> {
  if (deviceId === undefined)
    return label === undefined || households === undefined
      ? refuse('supply.group-empty')
      : { label, households, deviceId: null, otherwiseSupplied: 0 };
  const found = await householdsByDevice(tx, companyId, deviceId);
  if (found === undefined) return refuse('supply.device-unknown');
  const near = new Set([...found.up, ...found.below]);
  const others = await listGroups(tx, companyId, orderId);
  const over = others.find(({ device }) => device !== null && near.has(device.id));
  if (over !== undefined) return refuse('supply.device-overlaps', { group: over.label });
  const { dark, otherwiseSupplied, name } = found;
  if (dark === 0) return refuse('supply.group-empty');
  return { label: label ?? name, households: dark, deviceId, otherwiseSupplied };
}

/**
 * A group was energised, or has its supply back. Refusals: those of `addGroup`, `field.future`, `field.before-start`,
 * `supply.recorded-already`, `supply.not-energised`, `supply.earths-placed`: nothing is energised by what was repaired
 * while an earth is recorded as placed there. What a phone
 * kept is refused for no time of its; one that cannot be is replaced by when it came in, and marked.
 */
export async function recordSupply(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: RecordSupplyBody & { readonly orderId: string; readonly queued?: Queued },
): Promise<{ readonly open: number } | Refusal> {
  const order = await findWorkable(tx, deps, actor, request.orderId);
  if (isRefusal(order)) return order;
  const { groupId, what, at: claimed, way = 'repair', queued } = request;
  if (what === 'energised' && way === 'repair' && order.earthed) return refuse('supply.earths-placed');
  const group = await tx.maybe<{ energised: Instant | null; resupplied: Instant | null }>(sql`
    select g.energised_at as energised, g.resupplied_at as resupplied from supply_groups g
    where g.company_id = ${actor.companyId} and g.id = ${groupId} and g.order_id = ${request.orderId} for update`);
  if (group === undefined) return refuse('http.not-found');
  if (group[what] !== null) return refuse('supply.recorded-already');
  const facts = { claimed, now: tx.now, notBefore: order.startedAt };
  const sure = { fieldPost: true, evidence: true, enteredFor: false };
  const kept = queued === undefined ? {} : { queued };
  const decided = decideOccurredAt({ ...facts, ...sure, ...kept }, Number.POSITIVE_INFINITY);
  if (isRefusal(decided)) return decided;
  const { at, doubt } = decided;
  if (what === 'resupplied' && (group.energised === null || group.energised > at))
    return refuse('supply.not-energised');
  const change =
    what === 'energised'
      ? sql`energised_at = ${timestamp(at)}, way = ${way}`
      : sql`resupplied_at = ${timestamp(at)}`;
  await tx.run(sql`
    update supply_groups set ${change}
    where supply_groups.company_id = ${actor.companyId} and supply_groups.id = ${groupId}`);
  const type = what === 'energised' ? 'supply.energised' : 'supply.resupplied';
  const doubted = doubt === null ? {} : { claimed, doubt };
  const data = what === 'energised' ? { groupId, way, ...doubted } : { groupId, ...doubted };
  const event = { type, occurredAt: at, data };
  await recordOnOrder(tx, actor, request.orderId, event);
  const groups = await listGroups(tx, actor.companyId, request.orderId);
  return { open: groups.filter((one) => one.resuppliedAt === null).length };
}

/**
 * Nobody says that supply is back while a group is off, or at a time before the last group had it. Refusals:
 * `supply.group-off`, `supply.before-last-group`.
 */
export async function faultOfGroups(
  tx: Tx,
  companyId: string,
  step: StepDefinition,
  report: StepReport,
): Promise<Refusal | undefined> {
  const milestone = step.milestones?.find((one) => one.name === RESUPPLIED);
  if (milestone === undefined) return undefined;
  const groups = await listGroups(tx, companyId, report.orderId);
  const off = groups.find((group) => group.resuppliedAt === null);
  if (off !== undefined) return refuse('supply.group-off', { group: off.label });
  const stated = milestone.at === undefined ? undefined : report.values?.[milestone.at];
  const last = Math.max(...groups.map((group) => group.resuppliedAt ?? 0));
  return typeof stated === 'number' && stated < last ? refuse('supply.before-last-group') : undefined;
}

/** Undefined: no such order for this reader. A process that restores nobody's supply has no groups. */
export async function supplyView(
  db: Db,
  deps: Pick<CaseDeps, 'version'>,
  actor: CaseActor,
  orderId: string,
  now: Instant,
): Promise<SupplyView | undefined> {
  const order = await findOrder(db, deps, actor, orderId, now);
  if (order === undefined) return undefined;
  if (!order.restores) return { mayRecord: false, groups: [] };
  const groups = await listGroups(db, actor.companyId, orderId);
  return { mayRecord: order.state === 'open' && (await worksHere(db, actor, orderId)), groups };
}

/** A process that gives customers their supply back, and so knows groups of them. */
export function restoresSupply(definition: ProcessDefinition): boolean {
  return definition.steps.some((step) => step.milestones?.some((one) => one.name === RESUPPLIED));
}

type OrderOfGroups = {
  readonly state: string;
  readonly startedAt: Instant;
  readonly restores: boolean;
  /** An earth of this order is recorded as placed. */
  readonly earthed: boolean;
};

async function findOrder(
  db: Db,
  deps: Pick<CaseDeps, 'version'>,
  actor: CaseActor,
  orderId: string,
  now: Instant,
): Promise<OrderOfGroups | undefined> {
  const row = await db.maybe<OrderRow>(sql`
    select o.state, o.started_at as "startedAt", o.process, o.handbook_version_id as version
    from orders o
    where o.company_id = ${actor.companyId} and o.id = ${orderId}
      and exists (select 1 from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
        where l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null
          and ${visibleCase(actor, now)})`);
  if (row === undefined) return undefined;
  const definition = (await deps.version(db, actor.companyId, row.version)).process(row.process);
  return {
    ...row,
    restores: definition !== undefined && restoresSupply(definition),
    earthed: (await earthsLaid(db, actor.companyId, orderId)) > 0,
  };
}

type OrderRow = {
  readonly state: string;
  readonly startedAt: Instant;
  readonly process: string;
  readonly version: string;
};

async function findWorkable(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  orderId: string,
): Promise<OrderOfGroups | Refusal> {
  const order = await findOrder(tx, deps, actor, orderId, tx.now);
  if (order === undefined) return refuse('http.not-found');
  if (!order.restores) return refuse('supply.no-outage');
  if (order.state !== 'open') return refuse('order.finished');
  return (await worksHere(tx, actor, orderId)) ? order : refuse('supply.not-yours');
}

async function worksHere(db: Db, actor: CaseActor, orderId: string): Promise<boolean> {
  const tasks = await db.rows<{ holderId: string | null; unitId: string; post: string }>(sql`
    select t.holder_id as "holderId", t.unit_id as "unitId", t.post from tasks t
    where t.company_id = ${actor.companyId} and t.order_id = ${orderId} and t.state = 'open'`);
  return actor.mayEnterFor === true || tasks.some((task) => worksOn(task, actor));
}

export async function listGroups(db: Db, companyId: string, orderId: string): Promise<SupplyView['groups']> {
  return await db.rows(sql`
    select g.id, g.label, g.households, g.otherwise_supplied as "otherwiseSupplied", g.way,
      case when d.id is null then null else jsonb_build_object('id', d.id, 'name', d.name) end as device,
      g.energised_at as "energisedAt", g.resupplied_at as "resuppliedAt"
    from supply_groups g left join network_devices d on d.company_id = g.company_id and d.id = g.device_id
    where g.company_id = ${companyId} and g.order_id = ${orderId} order by g.added_at, g.id`);
}

/** Rows `id`, `at`: every device below the groups of the order that have their supply again, by repair, transfer or generator, and since when. */
export function litPlaces(companyId: string, orderId: string): Sql {
  return sql`
    with recursive down (id, at) as (
      select g.device_id, g.resupplied_at from supply_groups g
      where g.company_id = ${companyId} and g.order_id = ${orderId} and g.resupplied_at is not null and g.device_id is not null
      union
      select p.device_id, down.at from down
      join network_places p on p.company_id = ${companyId} and p.parent_id = down.id and p.until is null
    ) select down.id, down.at from down`;
}

import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import type { CaseActor } from '#modules/case/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { type PermissionSteps, permissionSteps } from './domain/permission-steps.ts';
import { earthsDesk } from './earths-reads.ts';
import { firstCase } from './first-case.ts';
import type { DecidedPermission, PermissionDesk, WaitingPermission } from './permission-api.ts';
import { saidAtSteps } from './said-at-steps.ts';

/** What waits for the grid dispatcher, what he permitted and is still out, and what was decided in the last day. */
export async function permissionDesk(
  db: Db,
  actor: CaseActor,
  version: HandbookVersion,
  now: Instant,
): Promise<PermissionDesk> {
  const chains = version.handbook.processes.flatMap((one) => permissionSteps(one) ?? []);
  const waiting = await listWaiting(db, actor, chains, now);
  const decided = await listDecided(db, actor, chains, now);
  const { laid: earths, liftedFor } = await earthsDesk(db, actor, version, now);
  const orders = [...waiting, ...decided].map((row) => row.orderId);
  const sheets = chains.flatMap((one) => one.sheets);
  const words = Map.groupBy(await saidAtSteps(db, actor.companyId, orders, sheets), (row) => row.orderId);
  const wordOf = (row: { readonly orderId: string }, field: string) =>
    words.get(row.orderId)?.find((one) => one.field === field)?.body ?? null;
  const workOf = ({ orderId, caseId, no, station, sheetKind, askedBy, askedAt, moved }: Head) => ({
    orderId,
    caseId,
    no,
    station,
    sheetKind,
    ticketNo: wordOf({ orderId }, 'ticketNo'),
    place: wordOf({ orderId }, 'workPlace'),
    leader: wordOf({ orderId }, 'leader'),
    watcher: wordOf({ orderId }, 'watcher'),
    askedBy,
    askedAt,
    moved,
  });
  return {
    waiting: waiting.map((row) => ({ ...workOf(row), ...decisionOf(row, actor) })),
    decided: decided.map((row) => ({
      ...workOf(row),
      outcome: row.outcome,
      decidedAt: row.decidedAt,
      decidedBy: row.decidedBy,
      waited: (row.decidedAt - row.askedAt) / MINUTE,
      why: row.why,
      handedBackAt: row.outcome === 'permitted' ? row.handedBackAt : null,
      earths: earths.find((one) => one.orderId === row.orderId)?.earths ?? 0,
      withdrawn: row.withdrawn,
      mayWithdraw:
        row.outcome === 'permitted' &&
        row.handedBackAt === null &&
        row.withdrawn === null &&
        !isWorked(row, chains) &&
        whyNot(row, actor) === null,
    })),
    earths,
    liftedFor,
  };
}

type Head = {
  readonly orderId: string;
  readonly caseId: string;
  readonly no: string;
  readonly station: string | null;
  readonly sheetKind: 'emergency' | 'ticket' | null;
  readonly askedBy: string | null;
  readonly askedAt: Instant;
  readonly moved: WaitingPermission['moved'];
};

type WaitingRow = Head & {
  readonly seq: number;
  readonly step: string;
  readonly round: number;
  readonly unitId: string;
  readonly post: string;
  readonly askers: readonly (string | null)[];
};

function decisionOf(
  { seq, step, round, askers, ...task }: WaitingRow,
  actor: CaseActor,
): Pick<WaitingPermission, 'seq' | 'step' | 'round' | 'mayDecide' | 'reason'> {
  const reason = whyNot(task, actor) ?? (askers.includes(actor.personId) ? 'order.same-person' : null);
  return { seq, step, round, mayDecide: reason === null, reason };
}

/** Why this person may not decide on permissions of this task's post; null: he may. */
export function whyNot(
  { unitId, post }: { readonly unitId: string; readonly post: string },
  actor: CaseActor,
): string | null {
  if (!actor.unitIds.includes(unitId)) return 'action.other-unit';
  return actor.posts.includes(post) ? null : 'action.other-post';
}

/** Where the fault of order `o` was held to lie, and is now, if that changed after the sheet of task `t` was written. */
const MOVED = sql`(select jsonb_build_object('from', x.name, 'to', y.name, 'at', (extract(epoch from m.at) * 1000)::bigint) as moved
    from outage_incidents i
    join outage_incident_events m on m.company_id = i.company_id and m.incident_id = i.id and m.type = 'moved' and m.at > t.ready_at
    left join network_devices x on x.company_id = m.company_id and x.id = m.from_device_id
    left join network_devices y on y.company_id = m.company_id and y.id = m.to_device_id
    where i.company_id = o.company_id and i.order_id = o.id order by m.at desc limit 1)`;

/** Who wrote the sheet last, himself or by somebody who entered it for him; `o` is the order. */
function lastSheet(chains: readonly PermissionSteps[]): Sql {
  const sheets = chains.flatMap((one) => one.sheets);
  return sql`(select coalesce(f.name, p.name) as name, array[e.actor_id::text, e.data #>> '{field,enteredFor,personId}'] as ids,
      e.data #>> '{values,sheetKind}' as kind
    from order_events e
    left join people p on p.company_id = e.company_id and p.id = e.actor_id
    left join people f on f.company_id = e.company_id and f.id = (e.data #>> '{field,enteredFor,personId}')::uuid
    where e.company_id = o.company_id and e.stream_id = o.id and e.type = 'step.done'
      and e.data #>> '{ref,step}' = any(${sheets}::text[]) order by e.seq desc limit 1)`;
}

async function listWaiting(
  db: Db,
  actor: CaseActor,
  chains: readonly PermissionSteps[],
  now: Instant,
): Promise<readonly WaitingRow[]> {
  return await db.rows<WaitingRow>(sql`
    select o.id as "orderId", o.seq, t.step, t.round, t.unit_id as "unitId", t.post, t.ready_at as "askedAt",
      v.id as "caseId", v.no, u.name as station, s.name as "askedBy", coalesce(s.ids, '{}') as askers, s.kind as "sheetKind", m.moved
    from tasks t
    join orders o on o.company_id = t.company_id and o.id = t.order_id
    join lateral ${firstCase(actor, now)} v on true
    left join lateral ${lastSheet(chains)} s on true
    left join lateral ${MOVED} m on true
    left join units u on u.company_id = o.company_id and u.id = o.station_id
    where t.company_id = ${actor.companyId} and t.state = 'open'
      and t.step = any(${chains.map((one) => one.permission.id)}::text[])
      and o.process = any(${chains.map((one) => one.process)}::text[])
    order by t.ready_at, t.id`);
}

type DecidedRow = Head &
  Pick<DecidedPermission, 'outcome' | 'decidedAt' | 'decidedBy' | 'why' | 'handedBackAt' | 'withdrawn'> & {
    readonly process: string;
    readonly steps: Readonly<Record<string, { readonly status: string }>>;
    readonly unitId: string;
    readonly post: string;
  };

function isWorked({ process, steps }: DecidedRow, chains: readonly PermissionSteps[]): boolean {
  const work = chains.find((one) => one.process === process)?.work ?? null;
  return work !== null && steps[work]?.status === 'done';
}

async function listDecided(
  db: Db,
  actor: CaseActor,
  chains: readonly PermissionSteps[],
  now: Instant,
): Promise<readonly DecidedRow[]> {
  const steps = chains.map((one) => one.permission.id);
  const processes = chains.map((one) => one.process);
  const since = timestamp(now - DAY);
  /** `w` took back what `e` permitted. */
  const withdrawn = sql`w.company_id = e.company_id and w.stream_id = e.stream_id and w.seq > e.seq
    and w.type = 'permission.withdrawn' and w.data #> '{ref,round}' = e.data #> '{ref,round}'`;
  return await db.rows<DecidedRow>(sql`
    with near as (
      select o.id from orders o where o.company_id = ${actor.companyId} and o.state = 'open' and o.process = any(${processes}::text[])
      union
      select e.stream_id from order_events e
      where e.company_id = ${actor.companyId} and e.recorded_at >= ${since} and e.type in ('step.done', 'step.returned')
        and coalesce(e.data #>> '{ref,step}', e.data #>> '{from,step}') = any(${steps}::text[])
    )
    select o.id as "orderId", v.id as "caseId", v.no, u.name as station, s.name as "askedBy", s.kind as "sheetKind",
      t.ready_at as "askedAt", case when e.type = 'step.done' then 'permitted' else 'refused' end as outcome,
      e.recorded_at as "decidedAt", p.name as "decidedBy",
      case when e.type = 'step.returned' then (select x.body from case_texts x where x.company_id = e.company_id
        and x.id::text = e.data #>> '{textIds,0}') end as why,
      (select min(b.recorded_at) from order_events b where b.company_id = e.company_id and b.stream_id = e.stream_id
        and b.seq > e.seq and b.type = 'step.done'
        and b.data #>> '{ref,step}' = any(${chains.flatMap((one) => one.handBack ?? [])}::text[])) as "handedBackAt",
      o.process, o.process_state -> 'steps' as steps, t.unit_id as "unitId", t.post, m.moved,
      (select jsonb_build_object('at', (extract(epoch from w.recorded_at) * 1000)::bigint, 'why', x.body) from order_events w
        left join case_texts x on x.company_id = w.company_id and x.id::text = w.data #>> '{textIds,0}'
        where ${withdrawn}) as withdrawn
    from near n
    join orders o on o.company_id = ${actor.companyId} and o.id = n.id
    join order_events e on e.company_id = o.company_id and e.stream_id = o.id and e.type in ('step.done', 'step.returned')
      and coalesce(e.data #>> '{ref,step}', e.data #>> '{from,step}') = any(${steps}::text[])
    join tasks t on t.company_id = o.company_id and t.order_id = o.id
      and t.step = coalesce(e.data #>> '{ref,step}', e.data #>> '{from,step}')
      and t.round = coalesce(e.data #>> '{ref,round}', e.data #>> '{from,round}')::int
    join lateral ${firstCase(actor, now)} v on true
    left join lateral ${lastSheet(chains)} s on true
    left join lateral ${MOVED} m on true
    left join units u on u.company_id = o.company_id and u.id = o.station_id
    left join people p on p.company_id = e.company_id and p.id = e.actor_id
    where e.recorded_at >= ${since} or (e.type = 'step.done' and o.state = 'open' and not exists (
      select 1 from order_events b where b.company_id = e.company_id and b.stream_id = e.stream_id and b.seq > e.seq
        and b.type = 'step.done' and b.data #>> '{ref,step}' = any(${chains.flatMap((one) => one.handBack ?? [])}::text[]))
      and not exists (select 1 from order_events w where ${withdrawn}))
    order by e.recorded_at desc`);
}

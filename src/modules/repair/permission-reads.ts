import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import { type CaseActor, visibleCase } from '#modules/case/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { type PermissionSteps, permissionSteps } from './domain/permission-steps.ts';
import type { DecidedPermission, PermissionDesk, WaitingPermission } from './permission-api.ts';

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
  const orders = [...waiting, ...decided].map((row) => row.orderId);
  const words = Map.groupBy(await listWords(db, actor.companyId, orders, chains), (row) => row.orderId);
  const wordOf = (row: { readonly orderId: string }, field: string) =>
    words.get(row.orderId)?.find((one) => one.field === field)?.body ?? null;
  const workOf = ({ orderId, caseId, no, station, sheetKind, askedBy, askedAt }: Head) => ({
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
      earths: row.outcome === 'permitted' && row.handedBackAt === null ? earthsOf(row, chains) : 0,
    })),
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
  { seq, step, round, unitId, post, askers }: WaitingRow,
  actor: CaseActor,
): Pick<WaitingPermission, 'seq' | 'step' | 'round' | 'mayDecide' | 'reason'> {
  const reason = !actor.unitIds.includes(unitId)
    ? 'action.other-unit'
    : !actor.posts.includes(post)
      ? 'action.other-post'
      : askers.includes(actor.personId)
        ? 'order.same-person'
        : null;
  return { seq, step, round, mayDecide: reason === null, reason };
}

/** The first case of the order that the reader may see; `o` is the order. */
function firstCase(actor: CaseActor, now: Instant): Sql {
  return sql`(select c.id, c.no from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null and ${visibleCase(actor, now)}
    order by c.accepted_at, c.id limit 1)`;
}

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
      v.id as "caseId", v.no, u.name as station, s.name as "askedBy", coalesce(s.ids, '{}') as askers, s.kind as "sheetKind"
    from tasks t
    join orders o on o.company_id = t.company_id and o.id = t.order_id
    join lateral ${firstCase(actor, now)} v on true
    left join lateral ${lastSheet(chains)} s on true
    left join units u on u.company_id = o.company_id and u.id = o.station_id
    where t.company_id = ${actor.companyId} and t.state = 'open'
      and t.step = any(${chains.map((one) => one.permission.id)}::text[])
      and o.process = any(${chains.map((one) => one.process)}::text[])
    order by t.ready_at, t.id`);
}

type DecidedRow = Head &
  Pick<DecidedPermission, 'outcome' | 'decidedAt' | 'decidedBy' | 'why' | 'handedBackAt'> & {
    readonly process: string;
    readonly facts: Readonly<Record<string, unknown>>;
  };

function earthsOf({ process, facts }: DecidedRow, chains: readonly PermissionSteps[]): number {
  const placed = facts[chains.find((one) => one.process === process)?.earths ?? ''];
  return typeof placed === 'number' ? placed : 0;
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
      o.process, o.process_state -> 'facts' as facts
    from near n
    join orders o on o.company_id = ${actor.companyId} and o.id = n.id
    join order_events e on e.company_id = o.company_id and e.stream_id = o.id and e.type in ('step.done', 'step.returned')
      and coalesce(e.data #>> '{ref,step}', e.data #>> '{from,step}') = any(${steps}::text[])
    join tasks t on t.company_id = o.company_id and t.order_id = o.id
      and t.step = coalesce(e.data #>> '{ref,step}', e.data #>> '{from,step}')
      and t.round = coalesce(e.data #>> '{ref,round}', e.data #>> '{from,round}')::int
    join lateral ${firstCase(actor, now)} v on true
    left join lateral ${lastSheet(chains)} s on true
    left join units u on u.company_id = o.company_id and u.id = o.station_id
    left join people p on p.company_id = e.company_id and p.id = e.actor_id
    where e.recorded_at >= ${since} or (e.type = 'step.done' and o.state = 'open' and not exists (
      select 1 from order_events b where b.company_id = e.company_id and b.stream_id = e.stream_id and b.seq > e.seq
        and b.type = 'step.done' and b.data #>> '{ref,step}' = any(${chains.flatMap((one) => one.handBack ?? [])}::text[])))
    order by e.recorded_at desc`);
}

async function listWords(
  db: Db,
  companyId: string,
  orders: readonly string[],
  chains: readonly PermissionSteps[],
): Promise<readonly { readonly orderId: string; readonly field: string; readonly body: string | null }[]> {
  return await db.rows(sql`
    select distinct on (l.order_id, x.field) l.order_id as "orderId", x.field, x.body from case_orders l
    join case_texts x on x.company_id = l.company_id and x.case_id = l.case_id and x.kind = 'value'
      and x.step = any(${chains.flatMap((one) => one.sheets)}::text[])
    where l.company_id = ${companyId} and l.order_id = any(${orders}::uuid[]) and l.unlinked_at is null
    order by l.order_id, x.field, x.at desc, x.id desc`);
}

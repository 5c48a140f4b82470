import type { Instant } from '#kernel/instant.ts';
import { pausable, worksOn } from '#modules/order/index.ts';
import { type ClockRole, fieldDelay, refusesPause } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseActor } from './case-commands.ts';
import { visibleCase } from './case-reads.ts';
import type { OrderPauses, PauseOption, PauseView } from './clock-api.ts';
import type { LedgerDeps } from './clock-reads.ts';
import { listFieldPeople } from './step-form.ts';

export type PauseReader = CaseActor & { readonly mayApprove: boolean };

type OrderOfPauses = {
  readonly process: string;
  readonly state: string;
  readonly version_id: string;
  readonly case_id: string;
};

/** The pauses of an order and what may be done about them now, each with the reason when not. */
export async function orderPauses(
  db: Db,
  deps: Pick<LedgerDeps, 'version'>,
  reader: PauseReader,
  orderId: string,
  now: Instant,
): Promise<OrderPauses | undefined> {
  const order = await findPausableOrder(db, reader, orderId, now);
  if (order === undefined) return undefined;
  const version = await deps.version(db, reader.companyId, order.version_id);
  const mine = order.state === 'open' && (await worksHere(db, reader, orderId));
  const rows = await listPauseRows(db, reader.companyId, orderId);
  const fieldPeople = mine ? await fieldPeopleOf(db, version, reader.companyId, orderId) : null;
  const earliest = fieldPeople === null ? now : now - fieldDelay(version.handbook.limits);
  const options = await optionsOf(db, version, reader, { ...order, id: orderId, mine }, { now, earliest });
  return {
    pauses: rows.map((row) => pauseView(row, version, reader, { mine, now })),
    options,
    fieldPeople,
  };
}

/** The order with its first case that this reader may see; undefined: none. */
export async function findPausableOrder(
  db: Db,
  reader: CaseActor,
  orderId: string,
  now: Instant,
): Promise<OrderOfPauses | undefined> {
  return await db.maybe<OrderOfPauses>(sql`
    select o.process, o.state, o.handbook_version_id as version_id, c.id as case_id
    from orders o
    join case_orders l on l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    where o.company_id = ${reader.companyId} and o.id = ${orderId} and ${visibleCase(reader, now)}
    order by l.linked_at, c.id limit 1`);
}

/** Those whose open steps are in the field; null: none is. */
async function fieldPeopleOf(
  db: Db,
  version: HandbookVersion,
  companyId: string,
  orderId: string,
): Promise<OrderPauses['fieldPeople']> {
  const inField = version.handbook.posts.filter((post) => post.field === true).map((post) => post.id);
  const tasks = await db.rows<{ unitId: string; post: string; holderId: string | null }>(sql`
    select distinct t.unit_id as "unitId", t.post, t.holder_id as "holderId" from tasks t
    where t.company_id = ${companyId} and t.order_id = ${orderId} and t.state = 'open'
      and t.post = any(${inField}::text[])`);
  if (tasks.length === 0) return null;
  const people = await Promise.all(tasks.map((task) => listFieldPeople(db, companyId, task)));
  return [...new Map(people.flat().map((one) => [one.id, one])).values()];
}

async function worksHere(db: Db, reader: PauseReader, orderId: string): Promise<boolean> {
  const tasks = await db.rows<{ holderId: string | null; unitId: string; post: string }>(sql`
    select t.holder_id as "holderId", t.unit_id as "unitId", t.post from tasks t
    where t.company_id = ${reader.companyId} and t.order_id = ${orderId} and t.state = 'open'`);
  return tasks.some((task) => worksOn(task, reader));
}

type PauseRow = {
  readonly id: string;
  readonly reason: string;
  readonly approval: PauseView['approval'];
  readonly evidence: PauseView['evidence'];
  readonly state: PauseView['state'];
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly asked_by: string;
  readonly asked_by_id: string;
  readonly asked_at: Instant;
  readonly decided_by: string | null;
  readonly note: string | null;
  readonly clocks: string[];
};

async function listPauseRows(db: Db, companyId: string, orderId: string): Promise<PauseRow[]> {
  return await db.rows<PauseRow>(sql`
    select p.id, p.reason, p.approval, p.evidence, p.state, p.from_at as "from", p.to_at as "to", a.name as asked_by,
      p.asked_by as asked_by_id, p.asked_at, d.name as decided_by, x.body as note,
      array(select l.clock_id from clock_pause_clocks l
        where l.company_id = p.company_id and l.pause_id = p.id order by l.clock_id) as clocks
    from clock_pauses p
    join people a on a.company_id = p.company_id and a.id = p.asked_by
    left join people d on d.company_id = p.company_id and d.id = p.decided_by
    left join case_texts x on x.company_id = p.company_id and x.id = p.note_text_id
    where p.company_id = ${companyId} and p.order_id = ${orderId} order by p.asked_at desc limit 50`);
}

function pauseView(
  row: PauseRow,
  version: HandbookVersion,
  reader: PauseReader,
  { mine, now }: { readonly mine: boolean; readonly now: Instant },
): PauseView {
  const { id, approval, evidence, state, from, to } = row;
  const open =
    state === 'asked' || ((state === 'provisional' || state === 'standing') && (to ?? Infinity) > now);
  const decidable = state === 'asked' || state === 'provisional';
  const mayDecide = !reader.mayApprove
    ? 'pause.no-approver'
    : row.asked_by_id === reader.personId
      ? 'pause.own-request'
      : null;
  const name = version.handbook.pauses.reasons.find((one) => one.id === row.reason)?.name;
  return {
    id,
    reason: name ?? { zh: row.reason, en: row.reason },
    approval,
    evidence,
    state,
    from,
    to,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    decidedBy: row.decided_by,
    // Words about a customer: for who works on it or has to decide.
    note: mine || reader.mayApprove ? row.note : null,
    clocks: row.clocks,
    actions: [
      ...(open
        ? [{ action: 'resume' as const, allowed: mine, reason: mine ? null : 'pause.not-yours' }]
        : []),
      ...(decidable
        ? (['approve', 'reject'] as const).map((action) => ({
            action,
            allowed: mayDecide === null,
            reason: mayDecide,
          }))
        : []),
    ],
  };
}

async function optionsOf(
  db: Db,
  version: HandbookVersion,
  reader: PauseReader,
  order: { readonly id: string; readonly process: string; readonly state: string; readonly mine: boolean },
  { now, earliest }: { readonly now: Instant; readonly earliest: Instant },
): Promise<readonly PauseOption[]> {
  const { pauses } = version.handbook;
  const business = version.process(order.process)?.business ?? '';
  const clocks = await db.rows<{
    id: string;
    role: ClockRole;
    state: 'running' | 'paused';
    dueAt: Instant;
    brokenAt: Instant | null;
  }>(sql`
    select k.id, k.role, k.state, k.due_at as "dueAt", k.broken_at as "brokenAt" from clocks k
    where k.company_id = ${reader.companyId} and k.order_id = ${order.id} and k.state in ('running', 'paused')`);
  return pauses.reasons
    .filter((reason) => reason.businesses.includes(business))
    .map((reason) => {
      const refusalsAt = (at: Instant) =>
        clocks.map((clock) =>
          refusesPause(pauses, { process: order.process, business }, pausable(clock, at), reason.id),
        );
      const refusals = refusalsAt(now);
      const inTime = clocks.filter((_clock, i) => refusals[i] === undefined);
      const before = reason.approval === 'before' ? refusals : refusalsAt(earliest);
      const onlyLate = inTime.length === 0 && before.includes(undefined);
      const stopped = (onlyLate ? clocks.filter((_clock, i) => before[i] === undefined) : inTime).map(
        (clock) => clock.id,
      );
      const nothing = stopped.length === 0 ? (refusals[0] ?? 'pause.clock-not-running') : null;
      const why = order.state !== 'open' ? 'order.finished' : order.mine ? nothing : 'pause.not-yours';
      const { id, name, approval, until, evidence } = reason;
      const allowed = why === null;
      return { id, name, approval, until, evidence, clocks: stopped, allowed, reason: why, onlyLate };
    });
}

import type { Instant } from '#kernel/instant.ts';
import type { CaseActor } from '#modules/case/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { isAtWork } from './at-work.ts';
import { CENTRE } from './crew-actor.ts';
import { type DispatchDeps, isWaiting, loadBoard, orderToSend } from './dispatch-board.ts';
import { lastPlan } from './dispatch-reads.ts';
import type { ArrangedJob, FieldCrew } from './field-api.ts';

type Deps = Pick<DispatchDeps, 'activeHandbook' | 'version' | 'roads'>;

/** How many jobs behind the one at hand a crew is told of. */
const ARRANGED = 2;

/** For the phone of whoever stands on a shift: his crew, and the jobs arranged for it. Null: he stands on none. */
export async function myCrew(db: Db, deps: Deps, actor: CaseActor, now: Instant): Promise<FieldCrew | null> {
  const { companyId, personId } = actor;
  const crew = await db.maybe<Omit<FieldCrew, 'arranged'> & { readonly atWork: boolean }>(sql`
    select c.id, c.name, s.kind, s.until_at as until,
      exists (select 1 from crew_assignments w
        join orders o on o.company_id = w.company_id and o.id = w.order_id and o.state = 'open'
        where w.company_id = c.company_id and w.crew_id = c.id and ${isAtWork(now)}) as "atWork"
    from crew_shifts s
    join crews c on c.company_id = s.company_id and c.id = s.crew_id and c.closed_at is null
    where s.company_id = ${companyId} and s.withdrawn_at is null and s.from_at <= ${timestamp(now)}
      and s.until_at > ${timestamp(now)} and ${personId}::uuid = any(array[s.lead_id, s.watcher_id] || s.others)
    limit 1`);
  if (crew === undefined) return null;
  const { atWork, ...shown } = crew;
  return { ...shown, arranged: await arrangedFor(db, deps, actor, { crewId: crew.id, atWork, now }) };
}

/** By the last plan of the repair centre. */
async function arrangedFor(
  db: Db,
  deps: Deps,
  actor: CaseActor,
  of: { readonly crewId: string; readonly atWork: boolean; readonly now: Instant },
): Promise<readonly ArrangedJob[]> {
  const { companyId } = actor;
  const plan = await lastPlan(db, companyId);
  const ahead = plan.crews[of.crewId] ?? [];
  // Whoever stands free is proposed the first; it is arranged only once it is sent.
  const orderIds = of.atWork ? ahead.slice(0, ARRANGED) : ahead.slice(1, 1 + ARRANGED);
  if (orderIds.length === 0) return [];
  const reader = { ...actor, unitIds: await unitsThatSend(db, companyId) };
  const board = await loadBoard(db, deps, reader, { now: of.now, orderIds });
  if (board === undefined) return [];
  const waiting = board.orders.filter(isWaiting);
  return orderIds.flatMap((orderId) => {
    const found = waiting.find((one) => one.order.id === orderId);
    if (found === undefined) return [];
    const { no, village, zone, card } = orderToSend(board, found);
    return [
      { orderId, no, village, zone, card: card?.id ?? null, arrivesAt: plan.arrives[orderId] ?? of.now },
    ];
  });
}

/** What is arranged for a crew it may know before it is sent: number, village and kind of fault, as the repair centre sees them. */
async function unitsThatSend(db: Db, companyId: string): Promise<readonly string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select u.id from units u where u.company_id = ${companyId} and u.code = ${CENTRE}`);
  return rows.map((row) => row.id);
}

import type { Instant } from '#kernel/instant.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { OrderDeps } from './order-types.ts';
import { pauseStore } from './pause-store.ts';
import { replanClocks } from './replan-clocks.ts';

type Started = {
  readonly id: string;
  readonly caseId: string | null;
  readonly clock: string;
  readonly startedAt: Instant;
};

/** The clock of a case that stopped when its case left its order. */
type Forerunner = { readonly id: string; readonly of: string };

/**
 * A case that moves to another order takes its promises along: what a clock said already it does not say again, and time
 * that was paused stays paused. Only clocks that began before now can have a forerunner; intake asks nothing.
 */
export async function carryClocks(
  tx: Tx,
  deps: Pick<OrderDeps, 'clockBasis'>,
  companyId: string,
  into: { readonly orderId: string; readonly version: HandbookVersion; readonly started: readonly Started[] },
): Promise<void> {
  const late = into.started.filter((clock) => clock.caseId !== null && clock.startedAt < tx.now);
  if (late.length === 0) return;
  const forerunners = await takeOver(tx, companyId, late);
  for (const { id, of } of forerunners)
    await carryPauses(tx, companyId, { from: id, to: of, orderId: into.orderId });
  const taken = new Set(forerunners.map((one) => one.of));
  const clocks = await pauseStore(tx, companyId).listClocks(into.orderId);
  await replanClocks(
    tx,
    deps,
    companyId,
    into.version,
    clocks.filter((clock) => taken.has(clock.id)),
  );
}

/** What fired and what was broken goes over; answers which clock goes on for which. */
async function takeOver(tx: Tx, companyId: string, late: readonly Started[]): Promise<readonly Forerunner[]> {
  const rows = late.map((clock) => ({ ...clock, startedAt: timestamp(clock.startedAt) }));
  return await tx.rows<Forerunner>(sql`
    with before as (
      select distinct on (s.id) s.id as of, k.id, k.fired, k.broken_at, k.cycle
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s (id uuid, "caseId" uuid, clock text,
        "startedAt" timestamptz)
      join clocks k on k.company_id = ${companyId} and k.case_id = s."caseId" and k.clock = s.clock
        and k.started_at = s."startedAt" and k.state = 'cancelled'
      order by s.id, k.stopped_at desc, k.id desc)
    update clocks set fired = b.fired, broken_at = b.broken_at, cycle = b.cycle
    from before b where clocks.company_id = ${companyId} and clocks.id = b.of
    returning b.id, b.of`);
}

/** Copies the pauses that counted; one that is still open ends now, because in the new order the work goes on. */
async function carryPauses(
  tx: Tx,
  companyId: string,
  clock: { readonly from: string; readonly to: string; readonly orderId: string },
): Promise<void> {
  const pauses = await tx.rows<{ id: string }>(sql`
    select l.pause_id as id from clock_pause_clocks l
    join clock_pauses p on p.company_id = l.company_id and p.id = l.pause_id and p.state in ('provisional', 'standing')
    where l.company_id = ${companyId} and l.clock_id = ${clock.from}`);
  if (pauses.length === 0) return;
  const copies = JSON.stringify(pauses.map(({ id }) => ({ id, copy: newId() })));
  await tx.run(sql`
    insert into clock_pauses (company_id, id, order_id, reason, approval, evidence, note_text_id, state, from_at, to_at,
      asked_by, asked_at, decided_by, decided_at, ended_by)
    select p.company_id, c.copy, ${clock.orderId}, p.reason, p.approval, p.evidence, p.note_text_id, p.state, p.from_at,
      coalesce(p.to_at, greatest(p.from_at, ${timestamp(tx.now)})), p.asked_by, p.asked_at, p.decided_by, p.decided_at,
      p.ended_by
    from jsonb_to_recordset(${copies}::jsonb) as c (id uuid, copy uuid)
    join clock_pauses p on p.company_id = ${companyId} and p.id = c.id`);
  await tx.run(sql`
    insert into clock_pause_clocks (company_id, pause_id, clock_id)
    select ${companyId}, c.copy, ${clock.to} from jsonb_to_recordset(${copies}::jsonb) as c (id uuid, copy uuid)`);
}

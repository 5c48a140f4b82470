import assert from 'node:assert/strict';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { acceptCase, type CaseActor } from '../case-commands.ts';
import type { PauseBody } from '../clock-api.ts';
import { pauseWithNote } from '../clock-routes.ts';
import { anIntake, type SmallCounty } from './small-county.ts';

// What tests of pauses are made from.

export type PausedClockRow = {
  id: string;
  role: string;
  state: string;
  due_at: number;
  next_at: number | null;
  kept: boolean | null;
};

/** A repair order of a rural household, its first step taken by the dispatcher. */
export async function repair(county: SmallCounty) {
  const householdId = await county.household('rural');
  const clerk = await county.actor('clerk');
  const accepted = await county.must((tx) =>
    acceptCase(tx, county.deps, clerk, anIntake({ process: 'repair-low', words: '没电了', householdId })),
  );
  return { orderId: accepted.orderId ?? '', caseId: accepted.caseId };
}

export async function clockOf(county: SmallCounty, clock: string): Promise<PausedClockRow> {
  return await county.database.one<PausedClockRow>(
    sql`select k.id, k.role, k.state, k.due_at, k.next_at, k.kept from clocks k where k.clock = ${clock}`,
  );
}

export async function seqOf(county: SmallCounty, orderId: string): Promise<number> {
  return (await county.database.one<{ seq: number }>(sql`select o.seq from orders o where o.id = ${orderId}`))
    .seq;
}

/** Whoever has the first open task of the order. */
export async function worker(county: SmallCounty, orderId: string): Promise<CaseActor> {
  const task = await county.database.one<{ unit_id: string; post: string; person_id: string }>(sql`
    select t.unit_id, t.post, a.person_id from tasks t
    join assignments a on a.unit_id = t.unit_id and a.post = t.post
    where t.order_id = ${orderId} and t.state = 'open' order by t.ready_at, a.person_id limit 1`);
  return {
    companyId: county.companyId,
    personId: task.person_id,
    unitId: task.unit_id,
    unitIds: [task.unit_id],
    posts: [task.post],
    mayReassign: false,
  };
}

export async function pause(
  county: SmallCounty,
  actor: CaseActor,
  orderId: string,
  given: Partial<PauseBody>,
): Promise<{ pauseId: string; seq: number } | Refusal> {
  const seq = await seqOf(county, orderId);
  const body = {
    seq,
    reason: 'unsafe',
    evidence: 'photo',
    until: null,
    note: '暴雨红色预警',
    ...given,
  } as const;
  return await transact(county.database, (tx) => pauseWithNote(tx, county.deps, actor, orderId, body));
}

export function idOf(done: { pauseId: string } | Refusal): string {
  if (isRefusal(done)) assert.fail(JSON.stringify(done));
  return done.pauseId;
}

import { DAY, type Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { grantAccess, keptOut } from '#modules/order/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { type Database, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { CaseActor } from './case-commands.ts';
import { recordOnCase } from './case-events.ts';
import { caseStore } from './case-store.ts';
import { lockVisible } from './open-case.ts';

/**
 * Promises something to the customer of a case, by a day and by a unit. It stays due whatever becomes of the case; the
 * customer is told. Refusals: `http.not-found`, `commitment.past`, `commitment.unit-unknown`, `commitment.accused`,
 * `case.closed-list`.
 */
export async function makeCommitment(
  tx: Tx,
  actor: CaseActor,
  request: {
    readonly caseId: string;
    readonly words: string;
    readonly unitId: string;
    readonly dueAt: Instant;
  },
): Promise<{ readonly id: string } | Refusal> {
  const found = await lockVisible(tx, actor, request.caseId);
  if (isRefusal(found)) return found;
  if (request.dueAt <= tx.now) return refuse('commitment.past');
  const unit = await tx.maybe(sql`
    select 1 from units u where u.company_id = ${actor.companyId} and u.id = ${request.unitId} and u.closed_at is null`);
  if (unit === undefined) return refuse('commitment.unit-unknown');
  const owing = { caseIds: [found.id], unitId: request.unitId, personId: null };
  const out = await keptOut(tx, actor.companyId, owing, 'commitment.accused');
  if (out !== undefined) return out;
  const id = newId();
  const text = { kind: 'note' as const, field: 'commitment', body: request.words };
  const textId = await caseStore(tx, actor.companyId).insertText(found.id, text, actor.personId);
  await tx.run(sql`
    insert into commitments (company_id, id, case_id, text_id, unit_id, due_at, made_by, made_at, told_at, state, remind_at)
    values (${actor.companyId}, ${id}, ${found.id}, ${textId}, ${request.unitId}, ${timestamp(request.dueAt)},
      ${actor.personId}, ${timestamp(tx.now)}, ${timestamp(tx.now)}, 'open', ${timestamp(firstReminder(request.dueAt, tx.now))})`);
  await grantAccess(tx, actor.companyId, [found.id], [request.unitId]);
  const data = { commitmentId: id, unitId: request.unitId, dueAt: request.dueAt, textIds: [textId] };
  await recordOnCase(tx, actor, found.id, { type: 'commitment.made', data });
  await tell(tx, actor, {
    id,
    caseId: found.id,
    moved: 0,
    template: 'commitment-made',
    data: { dueAt: request.dueAt },
  });
  return { id };
}

/** The day moves, for a reason; the customer is told again. Refusals: `http.not-found`, `commitment.past`. */
export async function moveCommitment(
  tx: Tx,
  actor: CaseActor,
  request: { readonly id: string; readonly dueAt: Instant; readonly reason: string },
): Promise<{ readonly moved: number } | Refusal> {
  const open = await lockOwn(tx, actor, request.id);
  if (isRefusal(open)) return open;
  if (request.dueAt <= tx.now) return refuse('commitment.past');
  const text = { kind: 'note' as const, field: 'moved', body: request.reason };
  const textId = await caseStore(tx, actor.companyId).insertText(open.case_id, text, actor.personId);
  const { moved } = await tx.one<{ moved: number }>(sql`
    update commitments set due_at = ${timestamp(request.dueAt)}, moved = commitments.moved + 1,
      told_at = ${timestamp(tx.now)}, remind_at = ${timestamp(firstReminder(request.dueAt, tx.now))}
    where commitments.company_id = ${actor.companyId} and commitments.id = ${request.id} returning commitments.moved`);
  const data = { commitmentId: request.id, from: open.due_at, dueAt: request.dueAt, textIds: [textId] };
  await recordOnCase(tx, actor, open.case_id, { type: 'commitment.moved', data });
  const { id, dueAt } = request;
  const told = { id, caseId: open.case_id, moved, template: 'commitment-moved' };
  await tell(tx, actor, { ...told, data: { from: open.due_at, to: dueAt } });
  return { moved };
}

/** Kept, broken, or withdrawn. Kept after its day is broken. Refusals: `http.not-found`. */
export async function endCommitment(
  tx: Tx,
  actor: CaseActor,
  request: { readonly id: string; readonly outcome: 'kept' | 'withdrawn'; readonly words: string },
): Promise<{ readonly state: 'kept' | 'broken' | 'withdrawn' } | Refusal> {
  const open = await lockOwn(tx, actor, request.id);
  if (isRefusal(open)) return open;
  const state = request.outcome === 'kept' && open.due_at <= tx.now ? 'broken' : request.outcome;
  const text = { kind: 'note' as const, field: 'commitment', body: request.words };
  const textId = await caseStore(tx, actor.companyId).insertText(open.case_id, text, actor.personId);
  await tx.run(sql`
    update commitments set state = ${state}, ended_by = ${actor.personId}, ended_at = ${timestamp(tx.now)},
      remind_at = null
    where commitments.company_id = ${actor.companyId} and commitments.id = ${request.id}`);
  const data = { commitmentId: request.id, state, textIds: [textId] };
  await recordOnCase(tx, actor, open.case_id, { type: 'commitment.ended', data });
  return { state };
}

/** At most so many reminders in one turn. */
const BATCH = 200;

/** Reminds the unit a day before and at the moment itself, each once, whichever process looks first. */
export async function remindCommitments(database: Database): Promise<number> {
  return await database.transaction(async (tx) => {
    const due = await tx.rows<{
      company_id: string;
      id: string;
      case_id: string;
      unit_id: string;
      due_at: Instant;
      moved: number;
    }>(sql`
      select m.company_id, m.id, m.case_id, m.unit_id, m.due_at, m.moved from commitments m
      where m.remind_at <= ${timestamp(tx.now)} and m.state = 'open'
      order by m.remind_at limit ${BATCH} for update skip locked`);
    for (const one of due) {
      const isDue = one.due_at <= tx.now;
      await tx.run(sql`
        update commitments set remind_at = ${isDue ? null : timestamp(one.due_at)}
        where commitments.company_id = ${one.company_id} and commitments.id = ${one.id}`);
      const people = await tx.rows<{ person_id: string }>(sql`
        select distinct a.person_id from assignments a join units v on v.company_id = a.company_id and v.id = a.unit_id
        where a.company_id = ${one.company_id} and a.until is null and (v.id = ${one.unit_id} or v.parent_id = ${one.unit_id})
          and a.post in ('department-head', 'station-lead', 'hall-lead', 'pq-engineer', 'planner') limit 20`);
      await enqueue(
        tx,
        one.company_id,
        people.map(({ person_id: personId }) => ({
          key: `commitment:${one.id}:${one.moved}:${isDue ? 'due' : 'soon'}:${personId}`,
          channel: 'desk',
          template: isDue ? 'commitment-due' : 'commitment-soon',
          to: { personId },
          data: { caseId: one.case_id, dueAt: one.due_at },
        })),
      );
    }
    return due.length;
  });
}

/** A day before, or at the moment itself where that is nearer than a day. */
function firstReminder(dueAt: Instant, now: Instant): Instant {
  return dueAt - DAY > now ? dueAt - DAY : dueAt;
}

async function lockOwn(
  tx: Tx,
  actor: CaseActor,
  id: string,
): Promise<{ readonly case_id: string; readonly due_at: Instant } | Refusal> {
  const row = await tx.maybe<{ case_id: string; due_at: Instant; unit_id: string; made_by: string }>(sql`
    select m.case_id, m.due_at, m.unit_id, m.made_by from commitments m
    where m.company_id = ${actor.companyId} and m.id = ${id} and m.state = 'open' for update`);
  if (row === undefined) return refuse('http.not-found');
  const visible = await lockVisible(tx, actor, row.case_id);
  if (isRefusal(visible)) return visible;
  const mine = actor.unitIds.includes(row.unit_id) || row.made_by === actor.personId || actor.mayReassign;
  return mine ? row : refuse('http.not-found');
}

async function tell(
  tx: Tx,
  actor: CaseActor,
  one: {
    readonly id: string;
    readonly caseId: string;
    readonly moved: number;
    readonly template: string;
    readonly data: Readonly<Record<string, Instant>>;
  },
): Promise<void> {
  const { id, caseId, moved, template, data } = one;
  await enqueue(tx, actor.companyId, [
    { key: `${template}:${id}:${moved}`, channel: 'sms', template, to: { caseId }, data },
  ]);
}

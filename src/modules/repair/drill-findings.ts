import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, listHeads } from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { AddFindingBody, CheckFindingBody } from './drill-api.ts';
import { lockDrill } from './drill-commands.ts';

/**
 * What was found: who puts it right, by when. He and the heads of his unit are told. Refusals: `http.not-found`, `drill.not-begun`,
 * `drill.past`, `drill.unit-unknown`, `drill.owner-elsewhere`.
 */
export async function addFinding(
  tx: Tx,
  actor: CaseActor,
  request: AddFindingBody & { readonly drillId: string },
): Promise<{ readonly id: string } | Refusal> {
  const drill = await lockDrill(tx, actor, request.drillId);
  if (isRefusal(drill)) return drill;
  if (drill.state !== 'running' && drill.state !== 'done') return refuse('drill.not-begun');
  const { words, unitId, ownerId, dueAt, drillId } = request;
  if (dueAt <= tx.now) return refuse('drill.past');
  const heads = await listHeads(tx, actor.companyId, unitId);
  if (heads === undefined) return refuse('drill.unit-unknown');
  if (!(await worksIn(tx, actor.companyId, { personId: ownerId, unitId })))
    return refuse('drill.owner-elsewhere');
  const id = newId();
  await tx.run(sql`
    insert into drill_findings (company_id, id, drill_id, words, unit_id, owner_id, due_at, made_by, made_at)
    values (${actor.companyId}, ${id}, ${drillId}, ${words}, ${unitId}, ${ownerId}, ${timestamp(dueAt)}, ${actor.personId},
      ${timestamp(tx.now)})`);
  await enqueue(
    tx,
    actor.companyId,
    [...new Set([ownerId, ...heads])].map((personId) => ({
      key: `drill-finding:${id}:${personId}`,
      channel: 'desk',
      template: 'drill-finding',
      to: { personId },
      data: { dueAt },
    })),
  );
  return { id };
}

async function worksIn(
  tx: Tx,
  companyId: string,
  { personId, unitId }: { readonly personId: string; readonly unitId: string },
): Promise<boolean> {
  const row = await tx.maybe(sql`
    select 1 from assignments a join units u on u.company_id = a.company_id and u.id = a.unit_id
    where a.company_id = ${companyId} and a.person_id = ${personId} and a.until is null
      and ${unitId}::uuid in (u.id, u.parent_id) limit 1`);
  return row !== undefined;
}

/**
 * It was put right, and how; whoever wrote the finding down is asked to look. Refusals: `http.not-found`, `drill.finding-closed`,
 * `drill.not-yours`.
 */
export async function closeFinding(
  tx: Tx,
  actor: CaseActor,
  request: { readonly id: string; readonly words: string; readonly mayRun: boolean },
): Promise<{ readonly closed: true } | Refusal> {
  const found = await tx.maybe<{
    unitId: string;
    madeBy: string;
    times: number;
    closedAt: number | null;
  }>(sql`
    select f.unit_id as "unitId", f.made_by as "madeBy", f.times_reopened as times, f.closed_at as "closedAt"
    from drill_findings f
    where f.company_id = ${actor.companyId} and f.id = ${request.id} for update`);
  if (found === undefined) return refuse('http.not-found');
  if (found.closedAt !== null) return refuse('drill.finding-closed');
  if (!request.mayRun && !actor.unitIds.includes(found.unitId)) return refuse('drill.not-yours');
  await tx.run(sql`
    update drill_findings set closed_by = ${actor.personId}, closed_at = ${timestamp(tx.now)}, closing = ${request.words}
    where drill_findings.company_id = ${actor.companyId} and drill_findings.id = ${request.id}`);
  await enqueue(tx, actor.companyId, [
    {
      key: `drill-check:${request.id}:${found.times}`,
      channel: 'desk',
      template: 'drill-check',
      to: { personId: found.madeBy },
    },
  ]);
  return { closed: true };
}

/**
 * Somebody else than who closed it looks whether it holds: it is over, or open again with what is still wrong and a new day. Refusals:
 * `http.not-found`, `drill.finding-open`, `drill.finding-checked`, `drill.own-check`, `drill.again-missing`, `drill.past`.
 */
export async function checkFinding(
  tx: Tx,
  actor: CaseActor,
  { id, holds, again }: CheckFindingBody & { readonly id: string },
): Promise<{ readonly checked: boolean } | Refusal> {
  const found = await tx.maybe<Checked>(sql`
    select f.closed_at as "closedAt", f.closed_by as "closedBy", f.checked_at as "checkedAt", f.owner_id as "ownerId",
      f.times_reopened as times from drill_findings f
    where f.company_id = ${actor.companyId} and f.id = ${id} for update`);
  if (found === undefined) return refuse('http.not-found');
  if (found.closedAt === null) return refuse('drill.finding-open');
  if (found.checkedAt !== null) return refuse('drill.finding-checked');
  if (found.closedBy === actor.personId) return refuse('drill.own-check');
  if (holds) {
    await tx.run(sql`
      update drill_findings set checked_by = ${actor.personId}, checked_at = ${timestamp(tx.now)}
      where drill_findings.company_id = ${actor.companyId} and drill_findings.id = ${id}`);
    return { checked: true };
  }
  if (again === undefined) return refuse('drill.again-missing');
  if (again.dueAt <= tx.now) return refuse('drill.past');
  await tx.run(sql`
    update drill_findings set closed_by = null, closed_at = null, closing = null, due_at = ${timestamp(again.dueAt)},
      words = drill_findings.words || '；复查：' || ${again.words}::text, times_reopened = drill_findings.times_reopened + 1
    where drill_findings.company_id = ${actor.companyId} and drill_findings.id = ${id}`);
  if (found.ownerId !== null)
    await enqueue(tx, actor.companyId, [
      {
        key: `drill-again:${id}:${found.times + 1}`,
        channel: 'desk',
        template: 'drill-again',
        to: { personId: found.ownerId },
        data: { dueAt: again.dueAt },
      },
    ]);
  return { checked: false };
}

type Checked = {
  readonly closedAt: number | null;
  readonly closedBy: string | null;
  readonly checkedAt: number | null;
  readonly ownerId: string | null;
  readonly times: number;
};

import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/db/sql.ts';
import type { CallOutcome } from './case-words-api.ts';
import type { CaseActor } from './case-commands.ts';

/** A try belongs to a call that is owed, or to a round of a step that rings the customer. */
export type CallOf = { readonly owedCallId: string } | { readonly taskId: string };

export type Attempt = { readonly at: Instant; readonly outcome: CallOutcome; readonly by: string };

export async function listAttempts(db: Db, companyId: string, of: CallOf): Promise<readonly Attempt[]> {
  const key = 'taskId' in of ? sql`t.task_id = ${of.taskId}` : sql`t.owed_call_id = ${of.owedCallId}`;
  return await db.rows<Attempt>(sql`
    select t.at, t.outcome, p.name as by from call_attempts t
    join people p on p.company_id = t.company_id and p.id = t.by_person_id
    where t.company_id = ${companyId} and ${key} order by t.at`);
}

/** The tries of several tasks that ring a customer. */
export async function listTriesOf(
  db: Db,
  companyId: string,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Instant[]>> {
  if (taskIds.length === 0) return new Map();
  const rows = await db.rows<{ task: string; at: Instant }>(sql`
    select t.task_id as task, t.at from call_attempts t
    where t.company_id = ${companyId} and t.task_id = any(${taskIds}::uuid[]) order by t.at`);
  const tries = Map.groupBy(rows, (row) => row.task);
  return new Map([...tries].map(([task, of]) => [task, of.map((one) => one.at)]));
}

export async function insertAttempt(
  tx: Tx,
  actor: CaseActor,
  of: CallOf,
  outcome: CallOutcome,
  textId: string | null,
): Promise<void> {
  const owed = 'owedCallId' in of ? of.owedCallId : null;
  const task = 'taskId' in of ? of.taskId : null;
  await tx.run(sql`
    insert into call_attempts (company_id, id, owed_call_id, task_id, by_person_id, at, outcome, text_id)
    values (${actor.companyId}, ${newId()}, ${owed}, ${task}, ${actor.personId}, ${timestamp(tx.now)}, ${outcome},
      ${textId})`);
}

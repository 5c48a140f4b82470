import { type Refusal, refuse } from '#kernel/result.ts';
import type { CaseActor } from '#modules/case/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { type CrewActor, noteCrew } from './crew-actor.ts';
import type { SettingsBody } from './dispatch-api.ts';

/**
 * Says that it is a storm or over, and how far the program may send by itself; kept with who, when and why. What it sends, it sends in
 * the name of who allowed it. Refusals: `dispatch.centre-only`, `dispatch.no-post` (he could not send himself).
 */
export async function setDispatch(
  tx: Tx,
  actor: CrewActor & Pick<CaseActor, 'posts' | 'mayReassign'>,
  { storm, automatic, mostCustomers, mostMinutes, reason, note }: SettingsBody,
): Promise<{ readonly id: string } | Refusal> {
  if (!actor.ofCentre) return refuse('dispatch.centre-only');
  if (automatic && !actor.posts.includes('dispatcher') && !actor.mayReassign)
    return refuse('dispatch.no-post');
  const id = newId();
  await tx.run(sql`
    insert into dispatch_settings (company_id, id, at, by_id, storm, automatic, most_customers, most_minutes, reason, note)
    values (${actor.companyId}, ${id}, ${timestamp(tx.now)}, ${actor.personId}, ${storm}, ${automatic}, ${mostCustomers},
      ${mostMinutes}, ${reason}, ${note ?? null})`);
  const detail = { storm: String(storm), automatic: String(automatic), reason };
  await noteCrew(tx, actor, 'dispatch.set', { type: 'dispatch', id }, detail);
  return { id };
}

import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

type Post = { readonly unitId: string; readonly post: string };

/** Open tasks that a person holds: at one post, or at all of them. They must be handed over before he goes. */
export async function heldTasks(
  db: Db,
  companyId: string,
  personId: string,
  at: Post | null,
): Promise<number> {
  const here = at === null ? sql`true` : sql`t.unit_id = ${at.unitId} and t.post = ${at.post}`;
  const { n } = await db.one<{ n: number }>(sql`
    select count(*) as n from tasks t
    where t.company_id = ${companyId} and t.holder_id = ${personId} and t.state = 'open' and ${here}`);
  return n;
}

/** Open tasks of a post, or of a whole unit, held or not: nobody may be the last one there while they wait. */
export async function waitingTasks(
  db: Db,
  companyId: string,
  at: { readonly unitId: string; readonly post: string | null },
): Promise<number> {
  const post = at.post === null ? sql`true` : sql`t.post = ${at.post}`;
  const { n } = await db.one<{ n: number }>(sql`
    select count(*) as n from tasks t
    where t.company_id = ${companyId} and t.unit_id = ${at.unitId} and t.state = 'open' and ${post}`);
  return n;
}

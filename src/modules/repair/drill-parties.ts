import type { Instant } from '#kernel/instant.ts';
import { type CaseActor, listHeads } from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

type News = 'drill-planned' | 'drill-begun' | 'drill-cancelled';

/** The heads of the units that take part hear of it, each once for each news; bodies from outside are told by whoever invites them. */
export async function tellParties(
  tx: Tx,
  actor: CaseActor,
  drill: { readonly id: string; readonly plannedAt: Instant },
  news: News,
): Promise<void> {
  const units = await tx.rows<{ id: string }>(sql`
    select p.unit_id as id from drill_parties p
    where p.company_id = ${actor.companyId} and p.drill_id = ${drill.id} and p.unit_id is not null order by p.unit_id`);
  const told = new Set<string>();
  for (const { id } of units)
    for (const personId of (await listHeads(tx, actor.companyId, id)) ?? []) told.add(personId);
  told.delete(actor.personId);
  await enqueue(
    tx,
    actor.companyId,
    [...told].map((personId) => ({
      key: `${news}:${drill.id}:${personId}`,
      channel: 'desk',
      template: news,
      to: { personId },
      data: { at: drill.plannedAt },
    })),
  );
}

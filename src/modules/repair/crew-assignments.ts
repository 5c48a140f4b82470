import type { CaseActor } from '#modules/case/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { ReassignReason } from './dispatch-api.ts';

type Standing = {
  readonly id: string;
  readonly crewId: string;
  readonly crew: string;
  readonly by: string;
};

/** The crew that was sent to an order and not called off. */
export async function standingOf(tx: Tx, companyId: string, orderId: string): Promise<Standing | undefined> {
  return await tx.maybe<Standing>(sql`
    select a.id, a.crew_id as "crewId", c.name as crew, p.name as by from crew_assignments a
    join crews c on c.company_id = a.company_id and c.id = a.crew_id
    join people p on p.company_id = a.company_id and p.id = a.sent_by
    where a.company_id = ${companyId} and a.order_id = ${orderId} and a.ended_at is null`);
}

/** `back`: why it gave the order back, a reason of the handbook. */
export async function endAssignment(
  tx: Tx,
  { companyId, personId }: CaseActor,
  id: string,
  reason: ReassignReason | 'returned',
  back: string | null = null,
): Promise<void> {
  await tx.run(sql`
    update crew_assignments set ended_at = ${timestamp(tx.now)}, ended_by = ${personId}, end_reason = ${reason},
      back_reason = ${back}
    where crew_assignments.company_id = ${companyId} and crew_assignments.id = ${id}`);
}

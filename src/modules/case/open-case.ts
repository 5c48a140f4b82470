import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { keptAway } from '#modules/order/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseActor } from './case-commands.ts';
import { visibleCase } from './case-reads.ts';
import { realCase } from './real-case.ts';

export type CaseForWork = {
  readonly id: string;
  readonly no: string;
  readonly state: 'open' | 'closed';
  readonly handbookVersionId: string;
  readonly process: string | null;
  readonly firstAskedId: string;
  readonly intakeUnitId: string;
  readonly accusedUnitId: string | null;
  readonly acceptedAt: Instant;
  readonly reopened: number;
  readonly urged: number;
  readonly orderId: string | null;
  /** It belongs to an exercise. */
  readonly drill: boolean;
};

/** Locks a case that the actor may see. Refuses with `http.not-found`, alike for one that does not exist. */
export async function lockVisible(tx: Tx, actor: CaseActor, id: string): Promise<CaseForWork | Refusal> {
  const row = await lock(tx, actor.companyId, id, visibleCase(actor, tx.now));
  return row ?? refuse('http.not-found');
}

/** Locks a case for the program itself, or for a customer whose token names it. */
export async function lockCase(tx: Tx, companyId: string, id: string): Promise<CaseForWork | undefined> {
  return await lock(tx, companyId, id, sql`true`);
}

async function lock(tx: Tx, companyId: string, id: string, condition: ReturnType<typeof sql>) {
  return await tx.maybe<CaseForWork>(sql`
    select c.id, c.no, c.state, c.handbook_version_id as "handbookVersionId", c.process,
      c.first_asked_id as "firstAskedId", c.intake_unit_id as "intakeUnitId", c.accused_unit_id as "accusedUnitId",
      c.accepted_at as "acceptedAt", c.reopened, c.urged, not ${realCase()} as drill,
      (select l.order_id from case_orders l where l.company_id = c.company_id and l.case_id = c.id
        and l.unlinked_at is null order by l.linked_at desc limit 1) as "orderId"
    from cases c where c.company_id = ${companyId} and c.id = ${id} and ${condition} for update of c`);
}

/** The actor may see a case of this order and is to keep away from none; otherwise the order does not exist for him. */
export async function seesOrder(tx: Tx, actor: CaseActor, orderId: string): Promise<boolean> {
  const { sees } = await tx.one<{ sees: boolean | null }>(sql`
    select bool_or(${visibleCase(actor, tx.now)}) and not bool_or(${keptAway(actor)}) as sees
    from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = ${actor.companyId} and l.order_id = ${orderId} and l.unlinked_at is null`);
  return sees === true;
}

import { type Refusal, refuse } from '#kernel/result.ts';
import { type ProcessDefinition, type ProcessEvent, stepOf } from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { FieldNote } from './order-types.ts';

/** A step that another person must do (`notBy`) is done by nobody who did one of those, nor entered for him. Refusal: `order.same-person`. */
export async function faultOfSecondPerson(
  tx: Tx,
  actor: { readonly companyId: string; readonly personId: string },
  definition: ProcessDefinition,
  request: { readonly orderId: string; readonly event: ProcessEvent; readonly field?: FieldNote },
): Promise<Refusal | undefined> {
  if (request.event.type !== 'stepDone') return undefined;
  const { step } = request.event.ref;
  const notBy = stepOf(definition, step)?.notBy;
  if (notBy === undefined) return undefined;
  const now = [actor.personId, request.field?.enteredFor?.personId].filter((id) => id !== undefined);
  const same = await tx.maybe(sql`
    select 1 from (
      select distinct on (e.data #>> '{ref,step}') e.actor_id, e.data #>> '{field,enteredFor,personId}' as for_id
      from order_events e
      where e.company_id = ${actor.companyId} and e.stream_id = ${request.orderId} and e.type = 'step.done'
        and e.data #>> '{ref,step}' = any(${notBy}::text[])
      order by e.data #>> '{ref,step}', e.seq desc
    ) last
    where last.actor_id = any(${now}::uuid[]) or last.for_id = any(${now}::text[]) limit 1`);
  return same === undefined ? undefined : refuse('order.same-person', { step });
}

import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import { realOrder } from '#modules/case/index.ts';
import type { Db } from '#platform/db/db.ts';
import { timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CommandRow } from './command-api.ts';
import type { Books } from './command-reads.ts';
import { repairProcesses } from './five-ones-reads.ts';
import type { PossibleEstimate } from './telling-api.ts';

/** The mean is of own repairs of so many days, in the same class of area. */
const LEARNT_FROM = 90 * DAY;
/** A mean of fewer repairs says nothing. */
const AT_LEAST = 5;

/** Times that could be said once the crew is there: by the card of the fault that it found, and by what own repairs took. */
export async function possibleEstimates(
  db: Db,
  companyId: string,
  { active }: Books,
  order: CommandRow,
  now: Instant,
): Promise<readonly PossibleEstimate[]> {
  const arrivedAt = order.arrival?.metAt ?? null;
  if (arrivedAt === null) return [];
  const card = active.handbook.faultCards.find((one) => one.id === order.fault);
  const byCard: PossibleEstimate[] =
    card === undefined
      ? []
      : [
          {
            source: 'card',
            at: arrivedAt + card.minutes * MINUTE,
            minutes: card.minutes,
            card: card.name,
            repairs: null,
          },
        ];
  const clocks = repairProcesses(active).flatMap((one) =>
    one.clocks
      .filter((clock) => clock.start === 'arrived' && clock.stop === 'resupplied')
      .map(({ id }) => id),
  );
  const learnt = await db.one<{ minutes: number | null; repairs: number }>(sql`
    select (avg(extract(epoch from k.stopped_at - k.started_at)) / 60)::float8 as minutes, count(*) as repairs
    from clocks k
    join orders o on o.company_id = k.company_id and o.id = k.order_id
    where o.company_id = ${companyId} and o.started_at >= ${timestamp(now - LEARNT_FROM)}
      and o.process = any(${repairProcesses(active).map((one) => one.id)}::text[])
      and o.process_state #>> '{facts,area}' = ${order.area ?? ''} and k.clock = any(${clocks}::text[]) and k.state = 'met'
      and ${realOrder()}`);
  const { repairs } = learnt;
  if (learnt.minutes === null || repairs < AT_LEAST) return byCard;
  const minutes = Math.round(learnt.minutes);
  return [...byCard, { source: 'learnt', at: arrivedAt + minutes * MINUTE, minutes, card: null, repairs }];
}

import { type Instant, MINUTE } from '#kernel/instant.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type Cast, doNextStep } from './carry-order.ts';
import type { Random } from './seeded.ts';
import { tightestClock } from './tightest-clock.ts';

/** Days as whoever brings the demonstration about sees them: a clock that can be set, and where the story ends. */
export type Stage = Cast & {
  readonly openAt: (clock: () => Instant) => Database;
  readonly now: Instant;
};

/** Steps that one story takes at most, so that a step that no longer exists does not make it run for ever. */
const MOST_STEPS = 12;

/** Does the steps of an order, spread over the time since it came, until it waits at the given one. */
export async function carryTo(
  stage: Stage,
  database: Database,
  order: { readonly orderId: string; readonly begun: Instant; readonly step: string },
  random: Random,
  setClock: (at: Instant) => void,
): Promise<void> {
  const { orderId, begun, step } = order;
  let at = begun;
  for (let i = 1; i <= MOST_STEPS; i++) {
    if (await waitsAt(database, orderId, step)) return;
    // Done at the pace of people who are quick at first and keep what is due soon; what it waits at now it has waited at for long.
    const paced = Math.round(begun + (stage.now - begun) * (1 - 0.85 ** i) * 0.7);
    const due = await tightestClock(database, orderId, at);
    const kept = due === null ? paced : Math.min(paced, Math.round(at + 0.6 * (due - at)));
    at = Math.min(stage.now - MINUTE, Math.max(at + MINUTE, kept));
    setClock(at);
    const done = await doNextStep(stage, database, { orderId, at: begun, mayReturn: false }, random);
    if (done === 'nothing-open') break;
  }
  throw new Error(`an order of the demonstration never waits at ${step}`);
}

async function waitsAt(database: Database, orderId: string, step: string): Promise<boolean> {
  const row = await database.maybe(sql`
    select 1 from tasks t where t.order_id = ${orderId} and t.state = 'open' and t.step = ${step}`);
  return row !== undefined;
}

import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import type { CaseActor } from '#modules/case/index.ts';
import { type Database, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import type { Books } from './command-reads.ts';
import { reachOf } from './dark-households.ts';
import { dispatchSettings } from './dispatch-reads.ts';
import { type Audience, tellsItself, type Why } from './domain/index.ts';
import { standingActor } from './standing-actor.ts';
import { tellGroup } from './telling-commands.ts';
import { newsOf, tellingFacts } from './telling-facts.ts';
import { tellingPolicy } from './telling-policy.ts';
import { tellingSettings } from './telling-settings.ts';
import { tellingStore } from './telling-store.ts';

/** So many in one turn of two seconds: each is a dozen statements. */
const AT_ONCE = 25;
/** Nothing is told by itself so long before it is due. */
const LOOKS_AHEAD = HOUR;
/** What could not be said is looked at again after so long. */
const AGAIN = 5 * MINUTE;

type Due = {
  readonly orderId: string;
  readonly audience: Audience;
  readonly dueAt: Instant;
  readonly why: Why;
  readonly toldEstimate: Instant | null;
};

/**
 * Where a company allows it, each group hears in time what is so, in the name of who allowed it. What would go to very many waits for a
 * human's yes; what the program cannot say (nobody to reach, a time that only the crew knows) is left, and rings when it is due.
 */
export async function tellAutomatically(database: Database, companyId: string, books: Books): Promise<void> {
  const { automatic, said } = await tellingSettings(database, companyId);
  if (!automatic || said === null) return;
  const actor = await standingActor(database, companyId, said.byId);
  if (actor === undefined) return;
  for (const due of await listDue(database, companyId, books)) await tellOne(database, books, actor, due);
}

async function listDue(database: Database, companyId: string, books: Books): Promise<readonly Due[]> {
  const now = await database.now();
  const policy = tellingPolicy(books.active);
  const { storm } = await dispatchSettings(database, companyId);
  const waiting = await database.rows<Due>(sql`
    select g.order_id as "orderId", g.audience, g.due_at as "dueAt", g.why, g.told_estimate as "toldEstimate" from outage_groups g
    where g.company_id = ${companyId} and g.due_at is not null and g.held_households is null and g.audience <> 'authorities'
      and g.due_at <= ${timestamp(now + LOOKS_AHEAD)} and (g.tried_at is null or g.tried_at <= ${timestamp(now - AGAIN)})
    order by g.due_at, g.order_id`);
  return waiting
    .filter((one) => tellsItself(one, policy, storm ? policy.digest : null) <= now)
    .slice(0, AT_ONCE);
}

async function tellOne(
  database: Database,
  books: Books,
  actor: CaseActor,
  { orderId, audience, toldEstimate }: Due,
): Promise<void> {
  const told = await transact(database, async (tx) => {
    const facts = await tellingFacts(tx, actor, books, { orderId, now: tx.now });
    if (isRefusal(facts)) return facts;
    const [news] = newsOf(facts, toldEstimate, tx.now);
    return await tellGroup(tx, books, actor, {
      orderId,
      audience,
      news: news ?? 'sought',
      way: 'message',
      automatic: true,
    });
  });
  if (!isRefusal(told)) return;
  const { messages } = told.detail ?? {};
  await database.transaction(async (tx) => {
    const store = tellingStore(tx, actor.companyId);
    if (told.refused === 'telling.mass' && typeof messages === 'number')
      return await store.hold(orderId, messages);
    const { sure } = tellingPolicy(books.active);
    if (
      told.refused === 'telling.nobody' &&
      (await reachOf(tx, actor.companyId, orderId, { sure })).dark === 0
    )
      return await store.rest(orderId);
    await store.tried(orderId, audience);
  });
}

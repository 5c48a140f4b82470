import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { CaseActor } from '#modules/case/index.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import type { Tx } from '#platform/db/db.ts';
import type { Books } from './command-reads.ts';
import { decideEstimate, isNight, type News } from './domain/index.ts';
import { possibleEstimates } from './possible-estimates.ts';
import type { EstimateBody, TellBody } from './telling-api.ts';
import { newsOf, type TellingFacts, tellingFacts } from './telling-facts.ts';
import { receiversOf, send } from './telling-send.ts';
import { type Group, tellingStore, untold } from './telling-store.ts';

/** News that name a time. */
const TIMED: readonly News[] = ['estimate', 'moved'];

export type Tell = TellBody & {
  readonly orderId: string;
  /** By the program, in the name of who allowed it. */
  readonly automatic?: boolean;
};

/**
 * A group of customers was told how things stand; by message whoever reported, the others who are dark (once for each news), and the
 * account managers of important users. Refusals: those of `tellingFacts`, `telling.not-so`, `telling.by-whom`, those of `receiversOf`.
 */
export async function tellGroup(
  tx: Tx,
  books: Books,
  actor: CaseActor,
  { orderId, audience, news, way, yes, automatic = false }: Tell,
): Promise<{ readonly dueAt: Instant | null; readonly messages: number } | Refusal> {
  const facts = await lockRepair(tx, books, actor, orderId);
  if (isRefusal(facts)) return facts;
  const { policy } = facts;
  const group = facts.groups.find((one) => one.audience === audience) ?? newGroup(facts, audience);
  if (!newsOf(facts, group.toldEstimate, tx.now).includes(news)) return refuse('telling.not-so', { news });
  if (!waysOf(audience).includes(way)) return refuse('telling.by-whom');
  if (audience === 'households' && isNight(tx.now, policy.night)) return refuse('telling.night');
  const estimate = TIMED.includes(news) ? (facts.estimates[0]?.at ?? null) : null;
  const receivers =
    way === 'message'
      ? await receiversOf(tx, actor.companyId, facts, { audience, news, estimate, yes: yes ?? null })
      : null;
  if (isRefusal(receivers)) return receivers;

  const store = tellingStore(tx, actor.companyId);
  await store.begin(orderId, audience, facts.order.since, policy);
  const dueAt = await store.keep(
    orderId,
    {
      ...group,
      lastToldAt: tx.now,
      lastNews: news,
      toldEstimate: estimate ?? (news === 'late' ? null : stillToCome(group.toldEstimate, tx.now)),
      estimate: facts.estimates[0] ?? null,
    },
    policy,
  );
  const reached = receivers?.to === 'households' ? receivers : { dark: null, unreached: 0 };
  if (reached.dark !== null) await store.keepReached(orderId, reached.dark);
  const late = group.dueAt !== null && group.dueAt < tx.now;
  const telling = { orderId, audience, news, way, estimate, late, automatic, unreached: reached.unreached };
  const tellingId = await store.insertTelling({ ...telling, by: actor.personId });
  const said = { audience, news, estimate, saidAt: group.toldEstimate, dueAt, tellingId };
  const messages = receivers === null ? 0 : await send(tx, actor.companyId, facts, { ...said, receivers });
  await store.countMessages(tellingId, messages);
  const data = {
    tellingId,
    audience,
    news,
    way,
    messages,
    automatic,
    ...(estimate === null ? {} : { estimate }),
  };
  await recordOnOrder(tx, actor, orderId, { type: 'outage.told', occurredAt: tx.now, data });
  return { dueAt, messages };
}

/**
 * When supply is expected back, and by whose word. Groups that were told another time must hear of it. Refusals: those of
 * `tellingFacts`, `estimate.no-time`, `estimate.no-basis`, and those of `decideEstimate`.
 */
export async function setEstimate(
  tx: Tx,
  books: Books,
  actor: CaseActor,
  request: EstimateBody & { readonly orderId: string },
): Promise<{ readonly at: Instant } | Refusal> {
  const { orderId, source } = request;
  const facts = await lockRepair(tx, books, actor, orderId);
  if (isRefusal(facts)) return facts;
  const at = await momentOf(tx, books, actor, facts, request);
  if (isRefusal(at)) return at;
  const { policy } = facts;
  const decision = decideEstimate(
    {
      source,
      at,
      now: tx.now,
      reportedAt: facts.order.since,
      restored: facts.groups.some((group) => group.restoredAt !== null),
      current: facts.estimates[0]?.at ?? null,
    },
    policy.silence,
  );
  if (isRefusal(decision)) return decision;
  const store = tellingStore(tx, actor.companyId);
  const id = await store.insertEstimate({ orderId, at, source, by: actor.personId, ...decision });
  for (const group of facts.groups)
    await store.keep(orderId, { ...group, estimate: { at, setAt: tx.now } }, policy);
  const data = { estimateId: id, at, source, ...decision };
  await recordOnOrder(tx, actor, orderId, { type: 'outage.estimated', occurredAt: tx.now, data });
  return { at };
}

/** What one would say to whoever reported; refusals: those of `tellingFacts`. */
export async function newsToTell(
  tx: Tx,
  books: Books,
  actor: CaseActor,
  orderId: string,
): Promise<News | Refusal> {
  const facts = await tellingFacts(tx, actor, books, { orderId, now: tx.now });
  if (isRefusal(facts)) return facts;
  const told = facts.groups.find((one) => one.audience === 'reporters')?.toldEstimate ?? null;
  return newsOf(facts, told, tx.now)[0] ?? 'sought';
}

/** How this program, or somebody with its words, reaches a group. */
export function waysOf(audience: TellBody['audience']): readonly TellBody['way'][] {
  if (audience === 'authorities') return ['text', 'phone'];
  return audience === 'households' ? ['message', 'text'] : ['message', 'phone'];
}

/** The order first: whatever is written about it waits for its row. */
async function lockRepair(
  tx: Tx,
  books: Books,
  actor: CaseActor,
  orderId: string,
): Promise<TellingFacts | Refusal> {
  await tellingStore(tx, actor.companyId).lockOrder(orderId);
  return await tellingFacts(tx, actor, books, { orderId, now: tx.now });
}

function newGroup({ order }: TellingFacts, audience: TellBody['audience']): Group {
  return { ...untold(audience, order.since), dueAt: null, why: null, held: null };
}

/** A time that passed binds nobody any more. */
function stillToCome(told: Instant | null, now: Instant): Instant | null {
  return told !== null && told > now ? told : null;
}

async function momentOf(
  tx: Tx,
  books: Books,
  actor: CaseActor,
  facts: TellingFacts,
  { source, at }: EstimateBody,
): Promise<Instant | Refusal> {
  if (source === 'crew' || source === 'dispatcher') return at ?? refuse('estimate.no-time');
  const possible = await possibleEstimates(tx, actor.companyId, books, facts.order, tx.now);
  return possible.find((one) => one.source === source)?.at ?? refuse('estimate.no-basis');
}

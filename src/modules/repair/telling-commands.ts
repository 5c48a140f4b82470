import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type CaseActor, tellReporters } from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Books } from './command-reads.ts';
import { decideEstimate, isNight, type News } from './domain/index.ts';
import { possibleEstimates } from './possible-estimates.ts';
import type { EstimateBody, TellBody } from './telling-api.ts';
import { newsOf, type TellingFacts, tellingFacts } from './telling-facts.ts';
import { tellingPolicy } from './telling-policy.ts';
import { type Group, tellingStore, untold } from './telling-store.ts';

/** News that name a time. */
const TIMED: readonly News[] = ['estimate', 'moved'];

/**
 * A group of customers was told how things stand; whoever reported gets it as a message, the account manager of an important user
 * a bell. Refusals: those of `tellingFacts`, `telling.not-so`, `telling.night`, `telling.by-whom`.
 */
export async function tellGroup(
  tx: Tx,
  books: Books,
  actor: CaseActor,
  { orderId, audience, news, way }: TellBody & { readonly orderId: string },
): Promise<{ readonly dueAt: Instant | null } | Refusal> {
  const facts = await lockRepair(tx, books, actor, orderId);
  if (isRefusal(facts)) return facts;
  const policy = tellingPolicy(books.active);
  const group = facts.groups.find((one) => one.audience === audience) ?? newGroup(facts, audience);
  if (!newsOf(facts, group.toldEstimate, tx.now).includes(news)) return refuse('telling.not-so', { news });
  if (way === 'message' && !waysOf(audience).includes(way)) return refuse('telling.by-whom');
  if (audience === 'households' && isNight(tx.now, policy.night)) return refuse('telling.night');

  const store = tellingStore(tx, actor.companyId);
  await store.begin(orderId, audience, facts.order.since, policy);
  const estimate = TIMED.includes(news) ? (facts.estimates[0]?.at ?? null) : null;
  const dueAt = await store.keep(
    orderId,
    {
      ...group,
      lastToldAt: tx.now,
      lastNews: news,
      toldEstimate: estimate ?? stillToCome(group.toldEstimate, tx.now),
      estimate: facts.estimates[0] ?? null,
    },
    policy,
  );
  const messages =
    way === 'message' ? await send(tx, actor.companyId, facts, { audience, news, estimate, dueAt }) : 0;
  const late = group.dueAt !== null && group.dueAt < tx.now;
  const by = actor.personId;
  const id = await store.insertTelling({ orderId, audience, news, way, estimate, by, late, messages });
  const data = { tellingId: id, audience, news, way, messages, ...(estimate === null ? {} : { estimate }) };
  await recordOnOrder(tx, actor, orderId, { type: 'outage.told', occurredAt: tx.now, data });
  return { dueAt };
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
  const policy = tellingPolicy(books.active);
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
  return audience === 'reporters' || audience === 'important' ? ['message', 'phone'] : ['text', 'phone'];
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
  return { ...untold(audience, order.since), dueAt: null, why: null };
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

const TEMPLATES: Readonly<Record<News, string>> = {
  sought: 'outage-sought',
  'crew-sent': 'outage-crew-sent',
  'crew-there': 'outage-crew-there',
  'awaiting-permission': 'outage-awaiting-permission',
  repairing: 'outage-repairing',
  estimate: 'outage-estimate',
  moved: 'outage-moved',
  'partly-back': 'outage-partly-back',
  back: 'outage-back',
};

/** Answers how many messages went out. */
async function send(
  tx: Tx,
  companyId: string,
  { order, groups }: TellingFacts,
  said: {
    readonly audience: TellBody['audience'];
    readonly news: News;
    readonly estimate: Instant | null;
    readonly dueAt: Instant | null;
  },
): Promise<number> {
  const { orderId } = order;
  const data = {
    ...(said.estimate === null ? {} : { estimate: said.estimate }),
    ...(said.dueAt === null ? {} : { nextAt: said.dueAt }),
  };
  const key = `outage-told:${orderId}:${tx.now}`;
  if (said.audience === 'reporters')
    return await tellReporters(tx, companyId, orderId, { key, template: TEMPLATES[said.news], data });
  const first = groups.every((group) => group.audience !== 'important' || group.lastToldAt === null);
  const template = said.news === 'back' ? 'important-back' : first ? 'important-dark' : 'important-news';
  const managers = await listAccountManagers(tx, companyId, orderId);
  await enqueue(
    tx,
    companyId,
    managers.map(({ personId, caseId }) => ({
      key: `${key}:${personId}`,
      channel: 'desk',
      template,
      to: { personId },
      data: { ...data, caseId },
    })),
  );
  return managers.length;
}

/** Who looks after the important users of an order, with the case of each. */
async function listAccountManagers(tx: Tx, companyId: string, orderId: string) {
  return await tx.rows<{ personId: string; caseId: string }>(sql`
    select distinct on (h.account_manager_id) h.account_manager_id as "personId", c.id as "caseId"
    from case_orders l
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    join households h on h.company_id = c.company_id and h.id = c.household_id
    where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null
      and h.account_manager_id is not null and (h.key_account or h.important_grade is not null)
    order by h.account_manager_id, c.accepted_at`);
}

import { MINUTE } from '#kernel/instant.ts';
import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { tellReporters } from '#modules/case/index.ts';
import { enqueue, takeBack, tellHouseholds } from '#modules/notice/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import {
  darkHouseholds,
  listLitAgain,
  listOvertaken,
  listReportersWithoutCase,
  listToTell,
  reachOf,
  sentLately,
  type Sure,
  type ToTell,
} from './dark-households.ts';
import { type Audience, decideMass, isDark, LATELY, type News, planSending, spread } from './domain/index.ts';
import type { TellingFacts } from './telling-facts.ts';

/** What is said to whom, once it is decided. */
export type Said = {
  readonly audience: Audience;
  readonly news: News;
  /** The time that is named. */
  readonly estimate: Instant | null;
  /** The time that was named before. */
  readonly saidAt: Instant | null;
  readonly dueAt: Instant | null;
};

/** Whom a telling by message reaches. */
export type Receivers =
  | { readonly to: 'reporters'; readonly withoutCase: readonly ToTell[] }
  | { readonly to: 'managers' }
  | {
      readonly to: 'households';
      readonly dark: number;
      readonly unreached: number;
      /** As far as the pace comes before the night and the next news. */
      readonly news: readonly ToTell[];
      readonly lit: readonly (ToTell & { readonly litAt: Instant })[];
    };

/**
 * Finds who hears it, before anything is written. Those who did not report are asked about first when they are many. Refusals:
 * `telling.nobody` (all know it, or no message can reach them), those of `decideMass`, `telling.queue-full` (what waits already fills the time
 * until the next news or the night).
 */
export async function receiversOf(
  tx: Tx,
  companyId: string,
  facts: TellingFacts,
  of: {
    readonly audience: Audience;
    readonly news: News;
    readonly estimate: Instant | null;
    readonly yes: number | null;
  },
): Promise<Receivers | Refusal> {
  const { order, policy, groups } = facts;
  const { orderId } = order;
  if (of.audience === 'reporters')
    return { to: 'reporters', withoutCase: await listReportersWithoutCase(tx, companyId, orderId) };
  if (of.audience !== 'households') return { to: 'managers' };
  const group = groups.find((one) => one.audience === 'households');
  const since = group?.since ?? order.since;
  const isBack = !isDark(order.stage);
  const again = policy.nextHouseholds / 2;
  const said = { orderId, news: of.news, estimate: of.estimate, now: tx.now, again };
  const news = isBack ? [] : await listToTell(tx, companyId, said, policy);
  const restoredAt = isBack ? (group?.restoredAt ?? tx.now) : null;
  const lit = await listLitAgain(tx, companyId, { orderId, since, restoredAt });
  const messages = news.length + lit.length;
  if (messages === 0) return refuse('telling.nobody');
  const lately = await sentLately(tx, companyId, tx.now - LATELY);
  const decided = decideMass({ messages, lately, yes: of.yes, now: tx.now }, policy);
  if (isRefusal(decided)) return decided;
  const { queued } = facts;
  const nextAt = isBack ? null : tx.now + policy.nextHouseholds * MINUTE;
  const { count } = planSending({ messages, queued, nextAt, now: tx.now }, policy);
  if (count === 0) return refuse('telling.queue-full', { queued, pace: policy.pace });
  const reach = await reachOf(tx, companyId, orderId, policy);
  const { dark, withoutNumber, unwilling } = reach;
  const first = lit.slice(0, count);
  return {
    to: 'households',
    dark,
    unreached: withoutNumber + unwilling,
    news: news.slice(0, count - first.length),
    lit: first,
  };
}

/** Puts the messages of a telling into the outbox. Answers how many. */
export async function send(
  tx: Tx,
  companyId: string,
  facts: TellingFacts,
  said: Said & { readonly tellingId: string; readonly receivers: Receivers },
): Promise<number> {
  const { receivers, tellingId } = said;
  const { orderId } = facts.order;
  if (receivers.to === 'managers') return await ringManagers(tx, companyId, facts, said);
  if (receivers.to === 'reporters') {
    const key = `outage-told:${tellingId}`;
    const cases = await tellReporters(tx, companyId, orderId, {
      key,
      template: TEMPLATES[said.news],
      data: dataOf(said),
    });
    return cases + (await tell(tx, companyId, facts, said, asked(receivers.withoutCase)));
  }
  const lit = receivers.lit.map(({ litAt, ...one }) => ({ ...one, news: 'back' as const, litAt }));
  const dark = receivers.news.map((one) => ({ ...one, news: said.news }));
  return await tell(tx, companyId, facts, said, [...lit, ...dark]);
}

type Telling = ToTell & {
  readonly news?: News;
  readonly litAt?: Instant;
  readonly asked?: true;
};

function asked(receivers: readonly ToTell[]): readonly Telling[] {
  return receivers.map((one) => ({ ...one, asked: true }));
}

/** One message a household, kept with what was said; what still waits of earlier news is taken back. */
async function tell(
  tx: Tx,
  companyId: string,
  { order, policy, queued }: TellingFacts,
  said: Said & { readonly tellingId: string },
  receivers: readonly Telling[],
): Promise<number> {
  const { tellingId, estimate } = said;
  const { orderId } = order;
  const customers = receivers.map(({ customerId }) => customerId);
  await takeBack(tx, companyId, await listOvertaken(tx, companyId, orderId, customers));
  const litAt = tx.now;
  const rows = await tellHouseholds(
    tx,
    companyId,
    receivers.map((one, i) => ({
      key: `outage-told:${tellingId}:${one.customerId}`,
      template: NEIGHBOURS[one.news ?? said.news],
      householdId: one.householdId,
      data: {
        ...dataOf(said),
        orderId,
        since: order.since,
        ...((one.news ?? said.news) === 'back' ? { litAt: one.litAt ?? litAt } : {}),
        ...(one.asked === true ? { asked: true } : {}),
      },
      runAt: one.asked === true ? tx.now : spread(queued + i, tx.now, policy),
    })),
  );
  const ids = new Map(rows.map((row) => [row.householdId, row.id]));
  const kept = receivers.flatMap(({ householdId, customerId, news = said.news }) => {
    const messageId = ids.get(householdId);
    return messageId === undefined ? [] : [{ messageId, householdId, customerId, news }];
  });
  await tx.run(sql`
    insert into outage_told_households (company_id, message_id, telling_id, order_id, household_id, customer_id, news, estimated_at,
      told_at)
    select ${companyId}, k."messageId", ${tellingId}, ${orderId}, k."householdId", k."customerId", k.news,
      case when k.news = ${said.news} then ${timestamp(estimate)}::timestamptz end, ${timestamp(tx.now)}
    from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as k ("messageId" uuid, "householdId" uuid, "customerId" uuid, news text)`);
  return kept.length;
}

function dataOf({ estimate, saidAt, dueAt }: Said): Readonly<Record<string, number>> {
  return {
    ...(estimate === null ? {} : { estimate }),
    ...(saidAt === null ? {} : { saidAt }),
    ...(dueAt === null ? {} : { nextAt: dueAt }),
  };
}

const TEMPLATES: Readonly<Record<News, string>> = {
  sought: 'outage-sought',
  'crew-sent': 'outage-crew-sent',
  'crew-there': 'outage-crew-there',
  'awaiting-permission': 'outage-awaiting-permission',
  repairing: 'outage-repairing',
  estimate: 'outage-estimate',
  moved: 'outage-moved',
  late: 'outage-late',
  'partly-back': 'outage-partly-back',
  back: 'outage-back',
};

const NEIGHBOURS: Readonly<Record<News, string>> = {
  sought: 'neighbour-sought',
  'crew-sent': 'neighbour-crew-sent',
  'crew-there': 'neighbour-crew-there',
  'awaiting-permission': 'neighbour-awaiting-permission',
  repairing: 'neighbour-repairing',
  estimate: 'neighbour-estimate',
  moved: 'neighbour-moved',
  late: 'neighbour-late',
  'partly-back': 'neighbour-partly-back',
  back: 'neighbour-back',
};

/** Important users are told by whoever looks after them: his bell rings. */
async function ringManagers(
  tx: Tx,
  companyId: string,
  { order, groups, policy }: TellingFacts,
  said: Said & { readonly tellingId: string },
): Promise<number> {
  const first = groups.every((group) => group.audience !== 'important' || group.lastToldAt === null);
  const template = said.news === 'back' ? 'important-back' : first ? 'important-dark' : 'important-news';
  const managers = await listAccountManagers(tx, companyId, order.orderId, policy);
  await enqueue(
    tx,
    companyId,
    managers.map(({ personId, householdId }) => ({
      key: `outage-told:${said.tellingId}:${personId}`,
      channel: 'desk',
      template,
      to: { personId },
      data: { ...dataOf(said), householdId },
    })),
  );
  return managers.length;
}

/** Who looks after the important users that the order has left dark, those who did not report among them; each with one of his. */
async function listAccountManagers(tx: Tx, companyId: string, orderId: string, policy: Sure) {
  return await tx.rows<{ personId: string; householdId: string }>(sql`
    with ${darkHouseholds(companyId, orderId, policy)}, concerned as (
      select d.household_id from dark_households d
      union
      select c.household_id from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
      where l.company_id = ${companyId} and l.order_id = ${orderId} and l.unlinked_at is null and c.household_id is not null
    )
    select distinct on (h.account_manager_id) h.account_manager_id as "personId", h.id as "householdId" from concerned n
    join households h on h.company_id = ${companyId} and h.id = n.household_id
    where h.account_manager_id is not null and (h.key_account or h.important_grade is not null)
    order by h.account_manager_id, h.important_grade is null, h.account_no`);
}

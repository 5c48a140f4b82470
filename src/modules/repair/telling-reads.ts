import type { Instant } from '#kernel/instant.ts';
import { MINUTE } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import type { Reader } from '#modules/case/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Books } from './command-reads.ts';
import { type Audience, AUDIENCES, endOfNight } from './domain/index.ts';
import { possibleEstimates } from './possible-estimates.ts';
import type { GroupView, TellingView } from './telling-api.ts';
import { waysOf } from './telling-commands.ts';
import { newsOf, type TellingFacts, tellingFacts } from './telling-facts.ts';
import { tellingPolicy } from './telling-policy.ts';
import { type Group, untold } from './telling-store.ts';

/** Longer histories are read on the page of the case. */
const SHOWN = 50;

/** What the customers of an open repair were told, and what they can be told now. Refusals: those of `tellingFacts`. */
export async function tellingView(
  db: Db,
  reader: Reader & { readonly mayTell: boolean },
  books: Books,
  of: { readonly orderId: string; readonly now: Instant },
): Promise<TellingView | Refusal> {
  const facts = await tellingFacts(db, reader, books, of);
  if (isRefusal(facts)) return facts;
  const { order, estimates, supply } = facts;
  const { companyId } = reader;
  const policy = tellingPolicy(books.active);
  const company = await db.one<{ name: string }>(sql`
    select c.short_name as name from companies c where c.company_id = ${companyId}`);
  return {
    orderId: order.orderId,
    no: order.no,
    company: company.name,
    stage: order.stage,
    since: order.since,
    place: order.place,
    transformer: order.transformer,
    households: order.households,
    reporters: order.cases,
    mayTell: reader.mayTell,
    groups: AUDIENCES.flatMap((audience) => groupOf(facts, audience, of.now, policy.night)),
    tellings: await listTellings(db, companyId, of.orderId),
    estimates,
    possible: await possibleEstimates(db, companyId, books, order, of.now),
    silentUntil: order.since + policy.silence * MINUTE,
    supplyGroups: supply,
  };
}

/** Important users and those who did not report are a group only where there are some. */
function groupOf(
  facts: TellingFacts,
  audience: Audience,
  now: Instant,
  night: { readonly from: number; readonly to: number },
): readonly GroupView[] {
  const { order, groups } = facts;
  const group: Group = groups.find((one) => one.audience === audience) ?? {
    ...untold(audience, order.since),
    dueAt: null,
    why: null,
  };
  const known = groups.some((one) => one.audience === audience);
  if (audience === 'important' && order.important === 0 && !known) return [];
  const { since, lastToldAt, lastNews, toldEstimate, dueAt, why } = group;
  return [
    {
      audience,
      since,
      lastToldAt,
      lastNews,
      toldEstimate,
      dueAt,
      why,
      news: lastNews === 'back' ? [] : newsOf(facts, toldEstimate, now),
      ways: waysOf(audience),
      notBefore: audience === 'households' ? endOfNight(now, night) : null,
    },
  ];
}

async function listTellings(db: Db, companyId: string, orderId: string): Promise<TellingView['tellings']> {
  return await db.rows(sql`
    select t.id, t.audience, t.news, t.way, t.estimated_at as estimate, t.told_at as at, p.name as by, t.late, t.messages
    from outage_tellings t join people p on p.company_id = t.company_id and p.id = t.told_by
    where t.company_id = ${companyId} and t.order_id = ${orderId} order by t.told_at desc, t.id desc limit ${SHOWN}`);
}

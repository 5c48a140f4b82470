import type { Instant } from '#kernel/instant.ts';
import { MINUTE } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import type { Reader } from '#modules/case/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Books } from './command-reads.ts';
import { reachOf, sentLately } from './dark-households.ts';
import { dispatchSettings } from './dispatch-reads.ts';
import {
  type Audience,
  AUDIENCES,
  endOfNight,
  isDark,
  isNight,
  LATELY,
  planSending,
  tellsItself,
} from './domain/index.ts';
import { possibleEstimates } from './possible-estimates.ts';
import type { GroupView, Reach, TellingView } from './telling-api.ts';
import { waysOf } from './telling-commands.ts';
import { newsOf, type TellingFacts, tellingFacts } from './telling-facts.ts';
import { tellingSettings } from './telling-settings.ts';
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
  const { order, estimates, supply, policy } = facts;
  const { companyId } = reader;
  const company = await db.one<{ name: string }>(sql`
    select c.short_name as name from companies c where c.company_id = ${companyId}`);
  const reach = isDark(order.stage) ? await reachOf(db, companyId, of.orderId, policy) : null;
  const lately = await sentLately(db, companyId, of.now - LATELY);
  const settings = await tellingSettings(db, companyId);
  const { storm } = await dispatchSettings(db, companyId);
  const around = {
    now: of.now,
    reach,
    automatic: settings.automatic,
    digest: storm ? policy.digest : null,
  };
  return {
    orderId: order.orderId,
    no: order.no,
    company: company.name,
    stage: order.stage,
    since: order.since,
    place: order.place,
    transformer: order.transformer,
    households: Math.max(order.households, (reach?.dark ?? 0) + order.cases),
    reporters: order.cases,
    mayTell: reader.mayTell,
    groups: AUDIENCES.flatMap((audience) => groupOf(facts, audience, around)),
    tellings: await listTellings(db, companyId, of.orderId),
    estimates,
    possible: await possibleEstimates(db, companyId, books, order, of.now),
    most: Math.min(policy.mass, Math.max(policy.hour - lately, 0)),
    pace: policy.pace,
    queued: facts.queued,
    silentUntil: order.since + policy.silence * MINUTE,
    supplyGroups: supply,
  };
}

/** Important users and those who did not report are a group only where there are some. */
function groupOf(
  facts: TellingFacts,
  audience: Audience,
  around: {
    readonly now: Instant;
    readonly reach: Reach | null;
    readonly automatic: boolean;
    readonly digest: number | null;
  },
): readonly GroupView[] {
  const { order, groups, policy } = facts;
  const group: Group = groups.find((one) => one.audience === audience) ?? {
    ...untold(audience, order.since),
    dueAt: null,
    why: null,
    held: null,
  };
  const known = groups.some((one) => one.audience === audience);
  if (audience === 'important' && order.important === 0 && !known) return [];
  const { since, lastToldAt, lastNews, toldEstimate, dueAt, why, held } = group;
  const isHouseholds = audience === 'households';
  return [
    {
      audience,
      since,
      lastToldAt,
      lastNews,
      toldEstimate,
      dueAt,
      why,
      news: lastNews === 'back' ? [] : newsOf(facts, toldEstimate, around.now),
      ways: waysOf(audience).filter((way) => way !== 'message' || !isHouseholds || around.reach?.dark !== 0),
      notBefore: isHouseholds ? endOfNight(around.now, policy.night) : null,
      automaticAt:
        around.automatic && dueAt !== null && why !== null && held === null && audience !== 'authorities'
          ? tellsItself({ audience, dueAt, why, toldEstimate }, policy, around.digest)
          : null,
      held,
      reach: isHouseholds ? around.reach : null,
      sending: isHouseholds ? sendingOf(facts, around.reach?.byMessage ?? 0, around.now) : null,
    },
  ];
}

function sendingOf({ policy, queued }: TellingFacts, messages: number, now: Instant): GroupView['sending'] {
  if (messages === 0 || isNight(now, policy.night)) return null;
  return planSending({ messages, queued, nextAt: now + policy.nextHouseholds * MINUTE, now }, policy);
}

async function listTellings(db: Db, companyId: string, orderId: string): Promise<TellingView['tellings']> {
  return await db.rows(sql`
    select t.id, t.audience, t.news, t.way, t.estimated_at as estimate, t.told_at as at, p.name as by, t.late, t.automatic, t.messages,
      t.unreached, jsonb_build_object('sent', r.sent, 'waiting', r.waiting, 'failed', r.failed) as receipts
    from outage_tellings t left join people p on p.company_id = t.company_id and p.id = t.told_by
    cross join lateral (select count(*) filter (where o.state = 'sent') as sent,
        count(*) filter (where o.state in ('waiting', 'sending')) as waiting,
        count(*) filter (where o.state in ('failed', 'withdrawn')) as failed
      from outbox o where o.company_id = t.company_id and o.key > 'outage-told:' || t.id || ':'
        and o.key < 'outage-told:' || t.id || ';') r
    where t.company_id = ${companyId} and t.order_id = ${orderId} order by t.told_at desc, t.id desc limit ${SHOWN}`);
}

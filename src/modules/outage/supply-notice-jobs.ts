import { MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { type Database, timestamp, type Tx } from '#platform/db/db.ts';
import { inTurn } from '#platform/db/in-turn.ts';
import { sql } from '#platform/db/sql.ts';
import type { Loop } from '#platform/loop.ts';
import { type PlanDeps, rulesByCompany } from './planned-policy.ts';
import { insertNotice, stepNotice } from './supply-notice-commands.ts';

const AT_ONCE = 50;

/** Faults report themselves: once isolated (R013), and when what they darkened has supply again. */
export function supplyNoticeLoops(database: Database, deps: PlanDeps): readonly Loop[] {
  return [
    {
      name: 'supply-notices',
      everyMs: 10_000,
      async turn() {
        await inTurn(database, 'supply-notices', async (tx) => {
          await reportFaults(tx, deps);
          await endFaults(tx);
        });
      },
    },
  ];
}

type Isolation = {
  readonly companyId: string;
  readonly switchingId: string;
  readonly at: number;
  readonly since: number;
  readonly incidentId: string | null;
  readonly orderId: string | null;
  readonly places: readonly string[];
  readonly households: number;
};

/**
 * A switching that isolated a fault, of the last day: what is dark on its feeder, with the incident that covers it. Once, because one
 * process at a time is in this turn (`inTurn`).
 */
async function reportFaults(tx: Tx, deps: PlanDeps): Promise<void> {
  const rows = await tx.rows<Isolation>(sql`
    select w.company_id as "companyId", w.id as "switchingId", w.at, coalesce(i.since, k.since, w.at) as since,
      i.id as "incidentId", i.order_id as "orderId", k.places, n.households
    from network_switchings w
    join network_places p on p.company_id = w.company_id and p.device_id = w.device_id and p.until is null
    left join network_places t on t.company_id = p.company_id and t.device_id = p.transformer_id and t.until is null
    cross join lateral (
      select array_agg(q.device_id) as places, min(q.since) as since from network_dark q
      join network_places b on b.company_id = q.company_id and b.device_id = q.device_id and b.until is null
      left join network_places u on u.company_id = b.company_id and u.device_id = b.transformer_id and u.until is null
      where q.company_id = w.company_id and q.until is null
        and coalesce(b.feeder_id, u.feeder_id) = coalesce(p.feeder_id, t.feeder_id, p.device_id)) k
    cross join lateral (
      select count(distinct s.household_id) as households from network_supplies s
      where s.company_id = w.company_id and s.until is null
        and (s.transformer_id = any(k.places) or s.device_id = any(k.places))) n
    left join lateral (
      select c.id, c.order_id, c.since from outage_incidents c
      where c.company_id = w.company_id and c.state in ('suspected', 'confirmed') and not c.planned and c.places && k.places
      order by c.households desc limit 1) i on true
    where w.reason = 'isolation' and w.open and not w.planned and w.at > ${timestamp(tx.now - 24 * 60 * MINUTE)}
      and k.places is not null
      and not exists (select 1 from supply_notices s where s.company_id = w.company_id and s.switching_id = w.id)
    order by w.at limit ${AT_ONCE}`);
  const rulesFor = rulesByCompany(tx, deps);
  for (const row of rows) {
    const rules = await rulesFor(row.companyId);
    if (isRefusal(rules)) continue;
    await insertNotice(
      tx,
      { companyId: row.companyId, personId: null },
      {
        kind: 'grid-fault',
        reason: 'fault',
        switchingId: row.switchingId,
        ...(row.incidentId === null ? {} : { incidentId: row.incidentId }),
        ...(row.orderId === null ? {} : { orderId: row.orderId }),
        dueAt: row.at + rules.value('R013') * MINUTE,
        from: Math.min(row.since, row.at),
        // Nobody invents when it ends.
        until: null,
        actualFrom: Math.min(row.since, row.at),
        households: row.households,
        places: row.places,
      },
    );
  }
}

/** What a fault darkened has supply again, all of it: 送电. */
async function endFaults(tx: Tx): Promise<void> {
  const rows = await tx.rows<{ companyId: string; id: string; at: number | null }>(sql`
    select s.company_id as "companyId", s.id, d.at from supply_notices s
    cross join lateral (select max(k.until) as at, bool_or(k.until is null) as dark from network_dark k
      join supply_notice_places q on q.company_id = k.company_id and q.device_id = k.device_id and q.notice_id = s.id
      where k.company_id = s.company_id and (k.until is null or k.until > s.from_at)) d
    where s.state = 'reported' and s.switching_id is not null and not coalesce(d.dark, true)
    order by s.from_at limit ${AT_ONCE}`);
  for (const { companyId, id, at } of rows)
    if (at !== null)
      await stepNotice(tx, { companyId, personId: null }, { id, seq: null }, { do: 'restored', at });
}

import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import type { Network } from '#modules/outage/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Signed } from '../company-client.ts';
import { visibleFaults } from './plan-storm.ts';
import type { PlayedReports } from './play-reports.ts';
import type { Restored } from './restore-storm.ts';
import type { TrueStorm } from './true-storm.ts';

export type Checked = { readonly lines: readonly string[]; readonly whole: boolean };

/** Nothing lost, nothing doubled; which devices were named for faults that are still there. */
export async function checkReports(
  database: Database,
  truth: TrueStorm,
  sent: PlayedReports,
): Promise<Checked> {
  const { network, plan } = truth;
  const rows = await database.one<{ n: number; keys: number; unread: number; nowhere: number }>(sql`
    select count(*) as n, count(distinct (r.source, r.key)) as keys, count(*) filter (where r.taken_at is null) as unread,
      count(*) filter (where r.incident_id is null) as nowhere
    from outage_reports r where r.says = 'off' and r.case_id is null`);
  const incidents = await database.rows<{ device: string; orderId: string | null }>(sql`
    select i.device_id as device, i.order_id as "orderId" from outage_incidents i
    where i.state in ('suspected', 'confirmed') and i.device_id is not null and i.posterior > 0`);
  const lone = await database.one<{ n: number }>(sql`
    select count(*) as n from outage_incidents i where i.state in ('suspected', 'confirmed') and i.device_id is null`);
  const dark = new Set(
    plan.faults.flatMap(({ device }, i) => (truth.repairedAt[i] === null ? [device] : [])),
  );
  const seen = visibleFaults(network, plan).filter((device) => dark.has(device));
  const same = (a: number, b: number) => within(network, a, b) || within(network, b, a);
  const named = incidents.flatMap(({ device }) => network.deviceNamed.get(device) ?? []);
  const hits = named.filter((d) => seen.some((one) => one === d || (same(one, d) && equal(network, one, d))));
  const accepted = sent.calls + sent.gasps;
  const share = (of: number) => percent(hits.length / Math.max(of, 1));
  const orders = new Set(incidents.flatMap(({ orderId }) => orderId ?? [])).size;
  return {
    whole: rows.n === accepted && rows.keys === rows.n && rows.unread === 0 && sent.refused === 0,
    lines: [
      `lost ${accepted - rows.n}, doubled ${rows.n - rows.keys}, unread ${rows.unread}, without an incident ${rows.nowhere}`,
      `faults that can be seen and are not put right yet ${seen.length}; devices named ${named.length}, right ${hits.length} (precision ${share(named.length)}, recall ${share(seen.length)}); customers of their own ${lone.n}; orders for devices ${orders}`,
    ],
  };
}

/** What dispatching and repairing came to, and what customers were told. */
export async function checkRestoration(
  database: Database,
  officer: Signed,
  truth: TrueStorm,
  restored: Restored,
  now: Instant,
): Promise<readonly string[]> {
  const { faults } = truth.plan;
  const { right, above, below, nothing } = restored.sentTo;
  const sent = await database.one<{ orders: number; assignments: number }>(sql`
    select count(distinct a.order_id) as orders, count(*) as assignments from crew_assignments a`);
  const perFault = restored.repaired === 0 ? '–' : (restored.visits / restored.repaired).toFixed(2);
  return [
    `faults ${faults.length}, put right ${restored.repaired} after ${minutes(now - truth.begun)} of business time`,
    `crews sent to ${sent.orders} orders (${sent.assignments} sendings); ${restored.visits} visits: right device ${right}, above it ${above}, below it ${below}, nothing found ${nothing}; ${perFault} visits a fault put right`,
    ...(await arrivals(database)),
    await exceptions(officer, truth.begun),
    ...(await told(database)),
    customers(truth, now),
    `refused on the way (tried again): ${[...restored.refused].map(([what, n]) => `${what} ${n}`).join(', ') || 'nothing'}`,
  ];
}

async function arrivals(database: Database): Promise<readonly string[]> {
  const rows = await database.rows<{
    clock: string;
    n: number;
    kept: number;
    median: number;
    p90: number;
  }>(sql`
    select k.clock, count(*) as n, count(*) filter (where k.kept) as kept,
      percentile_cont(0.5) within group (order by extract(epoch from k.stopped_at - k.started_at) / 60) as median,
      percentile_cont(0.9) within group (order by extract(epoch from k.stopped_at - k.started_at) / 60) as p90
    from clocks k where k.state = 'met' and k.role = 'promise' and starts_with(k.clock, 'arrive-') group by k.clock order by k.clock`);
  return rows.map(
    ({ clock, n, kept, median, p90 }) =>
      `${clock}: ${n} arrivals, ${percent(kept / n)} within the limit, median ${median.toFixed(0)} min, 90 % ${p90.toFixed(0)} min`,
  );
}

/** By the morning report of the company itself. */
async function exceptions(officer: Signed, begun: Instant): Promise<string> {
  const day = new Date(Math.floor((begun + 8 * HOUR) / DAY) * DAY).toISOString().slice(0, 10);
  const answer = await officer.get(`/api/five-ones?day=${day}`);
  if (answer.status !== 200) return `five ones: no report (${answer.status})`;
  const { faults, reasons } = answer.body as {
    readonly faults: readonly unknown[];
    readonly reasons: readonly {
      readonly reason: string;
      readonly faults: number;
      readonly households: number;
    }[];
  };
  const broken = reasons.filter((one) => one.faults > 0);
  const words = broken.map((one) => `${one.reason} ${one.faults} (${one.households} households)`);
  return `five ones of ${faults.length} faults; not kept: ${words.join(', ') || 'none'}`;
}

async function told(database: Database): Promise<readonly string[]> {
  const messages = await database.rows<{ template: string; state: string; n: number }>(sql`
    select o.template, o.state, count(*) as n from outbox o where o.channel in ('sms', 'mail') and o.person_id is null group by 1, 2 order by 3 desc, 1, 2`);
  const tellings = await database.rows<{ audience: string; news: string; n: number; late: number }>(sql`
    select t.audience, t.news, count(*) as n, count(*) filter (where t.late) as late from outage_tellings t
    group by 1, 2 order by 3 desc, 1, 2`);
  return [
    `messages to customers: ${messages.map((one) => `${one.template} ${one.n} ${one.state}`).join(', ') || 'none'}`,
    `told: ${tellings.map((one) => `${one.audience} ${one.news} ${one.n} (${one.late} late)`).join(', ') || 'nobody'}`,
  ];
}

/** Ours are minutes of the customers that the mapping darkened; the file's own outages lasted what their utility took. */
function customers({ plan, repairedAt, customerMinutes }: TrueStorm, now: Instant): string {
  const ours = customerMinutes(now);
  const done = plan.faults.filter((_, i) => repairedAt[i] !== null);
  const theirs = plan.faults.reduce((sum, one) => sum + one.lasted * one.customers, 0);
  const dark = plan.faults.reduce((sum, one) => sum + one.customers, 0);
  return `customers darkened ${dark}; ${Math.round(ours)} customer-minutes so far (${done.length} of ${plan.faults.length} faults put right); the same customers for as long as the real outages lasted: ${Math.round(theirs)}`;
}

function minutes(span: number): string {
  return `${Math.round(span / MINUTE)} min`;
}

function within(network: Network, upper: number, d: number): boolean {
  return upper <= d && d < (network.end[upper] as number);
}

/** One above the other with the same customers: nobody can tell them apart, and nobody need. */
function equal(network: Network, a: number, b: number): boolean {
  return network.customersBelow[a] === network.customersBelow[b];
}

export function percentile(all: readonly number[], share: number): string {
  const sorted = all.toSorted((a, b) => a - b);
  return (sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0).toFixed(0);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

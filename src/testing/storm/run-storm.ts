import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { isRefusal } from '#kernel/result.ts';
import { companyFeedTree } from '#modules/network/index.ts';
import { type Network, readNetwork } from '#modules/outage/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CompanyClient, Signed } from '../company-client.ts';
import { companyRig } from '../company-rig.ts';
import { demoCompany } from '../demo/demo-company.ts';
import { seeded } from '../demo/seeded.ts';
import { readOutages } from '../replay/read-outages.ts';
import { planStorm, type StormPlan, visibleFaults } from './plan-storm.ts';

export type StormRun = {
  readonly file: string;
  readonly households: number;
  readonly reports: number;
  /** Business time that the storm takes, and how much faster the clock runs. */
  readonly lasts: number;
  readonly speed: number;
  readonly password: string;
  /** A company that was seeded before and stays (`npm run seed -- storm`); absent: one of its own that goes away. */
  readonly folder?: string;
  readonly say: (line: string) => void;
};

/** Requests at once; what is due and cannot go out waits, and the wait counts as the sender's. */
const AT_ONCE = 48;
const TICK = 100;
const BATCH = 1000;
/** So many of a hundred calls are sent twice: an impatient gateway. */
const TWICE = 2;

/** Plays a storm over a company of its own and prints what came of it; false when anything was lost or doubled. */
export async function runStorm(run: StormRun): Promise<boolean> {
  const rig = await companyRig({
    households: run.households,
    ...(run.folder === undefined ? {} : { folder: run.folder }),
  });
  try {
    const network = await networkOf(rig.database);
    const outages = readOutages(run.file).map(({ start, customers }) => ({ start, customers }));
    const random = seeded(demoCompany().seed, 'storm');
    const plan = planStorm(network, outages, { reports: run.reports, lasts: run.lasts, random });
    run.say(
      `${run.file}: ${outages.length} outages; ${plan.faults.length} faults, ${plan.reports.length} reports laid on ${run.households} households`,
    );
    const program = await rig.startProgram({ DAFUWU_CLOCK: `scale:${run.speed}@2026-11-23T08:30:00+08:00` });
    try {
      const played = await play(run, { client: program.client, database: rig.database, network, plan });
      for (const line of played.lines) run.say(line);
      const said = program.said();
      if (said !== '') run.say(`the program said: ${said.slice(0, 2000)}`);
      return played.whole;
    } finally {
      program.client.close();
      await program.stop();
    }
  } finally {
    await rig.close();
  }
}

async function networkOf(database: Database): Promise<Network> {
  const tree = await companyFeedTree(database, demoCompany().id);
  const network = readNetwork(tree);
  if (isRefusal(network)) throw new Error(`the grid is no network: ${JSON.stringify(network)}`);
  return network;
}

type Stage = {
  readonly client: CompanyClient;
  readonly database: Database;
  readonly network: Network;
  readonly plan: StormPlan;
};

async function play(
  run: StormRun,
  stage: Stage,
): Promise<{ readonly lines: readonly string[]; readonly whole: boolean }> {
  const { client, database, network, plan } = stage;
  const meters = await database.rows<{ id: string; no: string; household: string }>(sql`
    select m.id, m.meter_no as no, m.household_id as household from meters m`);
  const byMeter = new Map(meters.map((one) => [one.id, one]));
  const meterOf = (customer: number) => byMeter.get(String(network.customers[customer]));
  const caller = await client.signIn('call-taker', run.password);
  const headEnd = await keyed(client, run.password);
  const ordinary = await ordinaryWork(client, run.password);
  const intake: number[] = [];
  const sent = { calls: 0, gasps: 0, refused: 0 };
  const prefix = randomBytes(3).toString('hex');
  const line = { atWork: 0 };
  let behind = 0;
  const { clock } = (await caller.get('/api/session')).body as { readonly clock: { readonly now: number } };
  const began = performance.now();

  async function call(i: number): Promise<void> {
    const meter = meterOf(plan.reports[i]?.customer ?? -1);
    const body = { source: 'phone', householdId: meter?.household, says: 'off', key: `${prefix} ${i}` };
    for (let again = i % 100 < TWICE ? 2 : 1; again > 0; again -= 1) {
      const from = performance.now();
      const answer = await caller.post('/api/outage/reports', body, `${prefix}-call-${i}-${again}`);
      intake.push(performance.now() - from);
      if (answer.status !== 200) sent.refused += 1;
      else if (again === 1) sent.calls += 1;
    }
  }

  async function gasp(from: readonly number[], at: number): Promise<void> {
    const events = from.map((i) => ({
      id: `${prefix} ${i}`,
      meter: meterOf(plan.reports[i]?.customer ?? -1)?.no,
      kind: 'last_gasp',
      at,
    }));
    const began2 = performance.now();
    const answer = await headEnd(events);
    intake.push(performance.now() - began2);
    if (answer.status === 200) sent.gasps += (answer.body as { taken: number }).taken;
    else sent.refused += from.length;
  }

  const busy = async (work: Promise<void>) => {
    line.atWork += 1;
    await work.finally(() => (line.atWork -= 1));
  };
  const going: Promise<void>[] = [];
  const watch = watchBoard(database);
  for (let next = 0; next < plan.reports.length; ) {
    const due = (performance.now() - began) * run.speed;
    const now = Math.floor(clock.now + due);
    const gasps: number[] = [];
    while (next < plan.reports.length && (plan.reports[next]?.at ?? 0) <= due && line.atWork < AT_ONCE) {
      if (plan.reports[next]?.kind === 'last_gasp') gasps.push(next);
      else going.push(busy(call(next)));
      next += 1;
    }
    for (let i = 0; i < gasps.length; i += BATCH) going.push(busy(gasp(gasps.slice(i, i + BATCH), now)));
    const oldest = plan.reports[next]?.at ?? due;
    behind = Math.max(behind, (due - oldest) / run.speed);
    await wait(TICK);
  }
  await Promise.all(going);
  const took = (performance.now() - began) / 1000;
  await ordinary.stop();
  await wait(6000);
  const lag = await watch.stop();
  const found = await check(database, stage, sent);
  const busiest = Math.max(
    ...[...Map.groupBy(plan.reports, ({ at }) => Math.floor(at / 60_000)).values()].map(
      (some) => some.length,
    ),
  );
  const mean = plan.reports.length / (run.lasts / 60_000);
  return {
    whole: found.whole && sent.refused === 0,
    lines: [
      `played in ${took.toFixed(0)} s at ×${run.speed}; busiest minute ${busiest}, ${(busiest / mean).toFixed(1)} times the mean`,
      `accepted ${sent.calls} calls, ${sent.gasps} last gasps; refused ${sent.refused}; sender behind by at most ${(behind / 1000).toFixed(1)} s`,
      `intake p50 ${percentile(intake, 0.5)} ms, p95 ${percentile(intake, 0.95)} ms, p99 ${percentile(intake, 0.99)} ms of ${intake.length} requests`,
      `ordinary work p95 ${percentile(ordinary.took, 0.95)} ms of ${ordinary.took.length} requests`,
      `board behind by at most ${(lag / 1000).toFixed(1)} s (real time)`,
      ...found.lines,
    ],
  };
}

async function keyed(client: CompanyClient, password: string) {
  const administrator = await client.signIn('administrator', password);
  const made = await administrator.post(
    '/api/door-keys',
    { door: 'meters', name: 'storm', scopes: ['events'], days: 1 },
    `storm-key-${randomBytes(6).toString('hex')}`,
  );
  const { key } = made.body as { key: string };
  return async (events: readonly object[]) => {
    const answer = await fetch(`${client.address}/api/outside/meter-events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-dafuwu-csrf': '1' },
      body: JSON.stringify({ events }),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
}

/** What others do meanwhile: a clerk looks for a household, a dispatcher reads the board, an officer a list. */
async function ordinaryWork(client: CompanyClient, password: string) {
  const work: readonly (readonly [Signed, string])[] = [
    [await client.signIn('clerk', password), '/api/households?q=wang'],
    [await client.signIn('dispatcher', password), '/api/outage/incidents'],
    [await client.signIn('control-officer', password), '/api/cases'],
  ];
  const took: number[] = [];
  const state = { going: true };
  const done = (async () => {
    for (let i = 0; state.going; i += 1) {
      const [person, path] = work[i % work.length] as (typeof work)[number];
      const from = performance.now();
      await person.get(path);
      took.push(performance.now() - from);
      await wait(150);
    }
  })();
  return {
    took,
    async stop() {
      state.going = false;
      await done;
    },
  };
}

/** How old the oldest report is that inference has not taken, in real milliseconds, looked at four times a second. */
function watchBoard(database: Database) {
  let most = 0;
  const state = { going: true };
  const done = (async () => {
    let since: number | undefined;
    let oldest: string | undefined;
    while (state.going) {
      const row = await database.maybe<{ id: string }>(sql`
        select r.id from outage_reports r where r.taken_at is null order by r.id limit 1`);
      if (row?.id !== oldest) {
        oldest = row?.id;
        since = row === undefined ? undefined : performance.now();
      }
      if (since !== undefined) most = Math.max(most, performance.now() - since);
      await wait(250);
    }
  })();
  return {
    async stop() {
      state.going = false;
      await done;
      return most;
    },
  };
}

async function check(
  database: Database,
  { network, plan }: Stage,
  sent: { readonly calls: number; readonly gasps: number },
): Promise<{ readonly lines: readonly string[]; readonly whole: boolean }> {
  const rows = await database.one<{ n: number; keys: number; unread: number; nowhere: number }>(sql`
    select count(*) as n, count(distinct (r.source, r.key)) as keys, count(*) filter (where r.taken_at is null) as unread,
      count(*) filter (where r.incident_id is null) as nowhere
    from outage_reports r where r.says = 'off' and r.case_id is null`);
  const incidents = await database.rows<{ device: string; orderId: string | null }>(sql`
    select i.device_id as device, i.order_id as "orderId" from outage_incidents i
    where i.state in ('suspected', 'confirmed') and i.device_id is not null`);
  const lone = await database.one<{ n: number }>(sql`
    select count(*) as n from outage_incidents i where i.state in ('suspected', 'confirmed') and i.device_id is null`);
  const truth = visibleFaults(network, plan);
  const same = (a: number, b: number) => within(network, a, b) || within(network, b, a);
  const named = incidents.flatMap(({ device }) => network.deviceNamed.get(device) ?? []);
  const hits = named.filter((d) =>
    truth.some((one) => one === d || (same(one, d) && equal(network, one, d))),
  );
  const accepted = sent.calls + sent.gasps;
  const precision = hits.length / Math.max(named.length, 1);
  const recall = hits.length / Math.max(truth.length, 1);
  const orders = new Set(incidents.flatMap(({ orderId }) => orderId ?? [])).size;
  return {
    whole: rows.n === accepted && rows.keys === rows.n && rows.unread === 0,
    lines: [
      `lost ${accepted - rows.n}, doubled ${rows.n - rows.keys}, unread ${rows.unread}, without an incident ${rows.nowhere}`,
      `faults that can be seen ${truth.length}; devices named ${named.length}, right ${hits.length} (precision ${percent(precision)}, recall ${percent(recall)}); customers of their own ${lone.n}`,
      `orders for devices ${orders}, ${(orders / Math.max(truth.length, 1)).toFixed(2)} a fault`,
    ],
  };
}

function within(network: Network, upper: number, d: number): boolean {
  return upper <= d && d < (network.end[upper] as number);
}

/** One above the other with the same customers: nobody can tell them apart, and nobody need. */
function equal(network: Network, a: number, b: number): boolean {
  return network.customersBelow[a] === network.customersBelow[b];
}

function percentile(all: readonly number[], share: number): string {
  const sorted = all.toSorted((a, b) => a - b);
  return (sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0).toFixed(0);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

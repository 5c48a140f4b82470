import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Instant } from '#kernel/instant.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CompanyClient } from '../company-client.ts';
import type { TrueStorm } from './true-storm.ts';

/** Requests at once; what is due and cannot go out waits, and the wait counts as the sender's. */
const AT_ONCE = 48;
const TICK = 100;
const BATCH = 1000;
/** So many of a hundred calls are sent twice: an impatient gateway. */
const TWICE = 2;

export type PlayedReports = {
  readonly calls: number;
  readonly gasps: number;
  readonly refused: number;
  /** Nobody reports what was put right before he would have. */
  readonly unneeded: number;
  /** Milliseconds of each request. */
  readonly intake: readonly number[];
  /** Seconds. */
  readonly took: number;
  readonly behind: number;
};

export type Senders = {
  report(): Promise<PlayedReports>;
  /** The meters of these faults have supply again, and most say so. */
  powerUp(faults: readonly number[], at: Instant): Promise<void>;
};

/** Calls by the light way of the staff, last gasps by the door for head-ends, each at its time on the clock of the program. */
export async function stormSenders(
  stage: { readonly client: CompanyClient; readonly database: Database; readonly truth: TrueStorm },
  options: { readonly password: string; readonly speed: number },
): Promise<Senders> {
  const { client, database, truth } = stage;
  const { network, plan, begun } = truth;
  const meters = await database.rows<{ id: string; no: string; household: string }>(sql`
    select m.id, m.meter_no as no, m.household_id as household from meters m`);
  const byMeter = new Map(meters.map((one) => [one.id, one]));
  const meterOf = (customer: number) => byMeter.get(String(network.customers[customer]));
  const caller = await client.signIn('call-taker', options.password);
  const headEnd = await keyed(client, options.password);
  const prefix = randomBytes(3).toString('hex');
  const intake: number[] = [];
  const sent = { calls: 0, gasps: 0, refused: 0, unneeded: 0 };
  const gasped = new Map<number, number[]>();

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

  async function gasp(reports: readonly number[]): Promise<void> {
    const events = reports.map((i) => {
      const { customer = -1, fault = -1, at = 0 } = plan.reports[i] ?? {};
      const known = gasped.get(fault);
      if (known === undefined) gasped.set(fault, [customer]);
      else known.push(customer);
      return {
        id: `${prefix} ${i}`,
        meter: meterOf(customer)?.no,
        kind: 'last_gasp',
        at: Math.floor(begun + at),
      };
    });
    const from = performance.now();
    const answer = await headEnd(events);
    intake.push(performance.now() - from);
    if (answer.status !== 200) sent.refused += reports.length;
    else
      sent.gasps += answer.body.lines.filter(
        ({ outcome }) => outcome === 'taken' || outcome === 'overtaken',
      ).length;
  }

  return {
    async report() {
      const line = { atWork: 0 };
      const busy = async (work: Promise<void>) => {
        line.atWork += 1;
        await work.finally(() => (line.atWork -= 1));
      };
      const going: Promise<void>[] = [];
      const began = performance.now();
      let behind = 0;
      for (let next = 0; next < plan.reports.length; ) {
        const due = (performance.now() - began) * options.speed;
        const gasps: number[] = [];
        for (; next < plan.reports.length && line.atWork < AT_ONCE; next += 1) {
          const report = plan.reports[next];
          if (report === undefined || report.at > due) break;
          if (truth.repairedAt[report.fault] !== null) sent.unneeded += 1;
          else if (report.kind === 'last_gasp') gasps.push(next);
          else going.push(busy(call(next)));
        }
        for (let i = 0; i < gasps.length; i += BATCH) going.push(busy(gasp(gasps.slice(i, i + BATCH))));
        behind = Math.max(behind, (due - (plan.reports[next]?.at ?? due)) / options.speed / 1000);
        await wait(TICK);
      }
      await Promise.all(going);
      return { ...sent, intake, behind, took: (performance.now() - began) / 1000 };
    },
    async powerUp(faults, at) {
      const lit = faults.flatMap((fault) => gasped.get(fault) ?? []);
      for (let i = 0; i < lit.length; i += BATCH)
        await headEnd(
          lit
            .slice(i, i + BATCH)
            .map((customer) => ({ meter: meterOf(customer)?.no, kind: 'power_up', at: Math.floor(at) })),
        );
    },
  };
}

type HeadEndAnswer = {
  readonly status: number;
  readonly body: { readonly lines: readonly { readonly outcome: string }[] };
};

async function keyed(client: CompanyClient, password: string) {
  const administrator = await client.signIn('administrator', password);
  const made = await administrator.post(
    '/api/door-keys',
    { door: 'meters', name: 'storm', scopes: ['events'], days: 1 },
    `storm-key-${randomBytes(6).toString('hex')}`,
  );
  const { key } = made.body as { key: string };
  return async (events: readonly object[]): Promise<HeadEndAnswer> => {
    const answer = await fetch(`${client.address}/api/outside/meter-events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'x-dafuwu-csrf': '1' },
      body: JSON.stringify({ events }),
    });
    return { status: answer.status, body: (await answer.json()) as HeadEndAnswer['body'] };
  };
}

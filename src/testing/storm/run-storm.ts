import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { HANDBOOK } from '#app/fill-database.ts';
import { HOUR } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { companyClocks, readWorkingDays } from '#modules/clock/index.ts';
import { companyFeedTree } from '#modules/network/index.ts';
import { type Network, readNetwork } from '#modules/outage/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { businessClock } from '#platform/db/business-clock.ts';
import { type Database, openDatabase } from '#platform/db/db.ts';
import type { CompanyClient, Signed } from '../company-client.ts';
import { type CompanyRig, companyRig } from '../company-rig.ts';
import { demoCompany } from '../demo/demo-company.ts';
import { seeded } from '../demo/seeded.ts';
import { readOutages } from '../replay/read-outages.ts';
import { ordinaryWork, watchBoard } from './beside-storm.ts';
import { type Checked, checkReports, checkRestoration, percentile } from './check-storm.ts';
import { customerMinutes, readExpected } from './customer-minutes.ts';
import { planStorm, type StormPlan } from './plan-storm.ts';
import { type PlayedReports, type Senders, stormSenders } from './play-reports.ts';
import { type Restored, restoreStorm } from './restore-storm.ts';
import { type TrueStorm, trueStorm } from './true-storm.ts';

export type StormRun = {
  readonly file: string;
  readonly households: number;
  readonly reports: number;
  /** Business time that the reports take, and how much faster the clock runs. */
  readonly lasts: number;
  readonly speed: number;
  /** Business time of dispatching and repairing, from the beginning on; 0: nobody is sent. */
  readonly restores: number;
  readonly password: string;
  /** A company that was seeded before and stays (`npm run seed -- storm`); absent: one of its own that goes away. */
  readonly folder?: string;
  readonly say: (line: string) => void;
};

/** After the last report everything is read within so long, or the run says what was not. */
const READ_WITHIN = 6000;
/** A program that has just started reads its grid first: so many supplies a second, at least (measured: 75,000 on two cores). */
const GRID_A_SECOND = 50_000;

/** Plays a storm over a company and prints what came of it; false when anything was lost, doubled, refused or left unread. */
export async function runStorm(run: StormRun): Promise<boolean> {
  const { folder } = run;
  const rig = await companyRig({ households: run.households, ...(folder === undefined ? {} : { folder }) });
  try {
    const network = await networkOf(rig.database);
    const plan = planOf(run, network);
    const program = await rig.startProgram({ DAFUWU_CLOCK: `scale:${run.speed}@2026-11-23T08:30:00+08:00` });
    try {
      const { lines, whole } = await play(run, { client: program.client, rig, network, plan });
      for (const line of lines) run.say(line);
      const said = program.said();
      if (said !== '') run.say(`the program said: ${said.slice(0, 2000)}`);
      return whole;
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

function planOf(run: StormRun, network: Network): StormPlan {
  const outages = readOutages(run.file);
  const random = seeded(demoCompany().seed, 'storm');
  const plan = planStorm(network, outages, { reports: run.reports, lasts: run.lasts, random });
  const expected = run.file.replace(/replay-(.*)\.jsonl\.gz$/, 'expected-$1.json');
  if (expected !== run.file && existsSync(expected)) {
    const wanted = readExpected(expected);
    const read = customerMinutes(run.file, wanted);
    run.say(
      `customer-minutes in the file ${read.toFixed(2)}, expected ${wanted.customerMinutes.toFixed(2)} (${(100 * (read / wanted.customerMinutes - 1)).toFixed(4)} %)`,
    );
  }
  run.say(
    `${run.file}: ${outages.length} outages; ${plan.faults.length} faults, ${plan.reports.length} reports laid on ${run.households} households`,
  );
  return plan;
}

type Stage = {
  readonly client: CompanyClient;
  readonly rig: CompanyRig;
  readonly network: Network;
  readonly plan: StormPlan;
};

async function play(run: StormRun, { client, rig, network, plan }: Stage): Promise<Checked> {
  const { clock } = await businessClock(rig.database, null);
  const database = openDatabase({ connection: rig.connection, clock, max: 12, onError: () => undefined });
  try {
    const officer = await client.signIn('control-officer', run.password);
    await wait((run.households / GRID_A_SECOND) * 1000);
    const truth = trueStorm(network, plan, await database.now());
    const senders = await stormSenders({ client, database, truth }, run);
    const beside = await ordinaryWork(client, run.password);
    const watch = watchBoard(database);
    const crews = run.restores === 0 ? undefined : await sendCrews(run, { client, database, truth, senders });
    const sent = await senders.report();
    await wait(READ_WITHIN);
    while (run.restores > 0 && (await database.now()) < truth.begun + run.restores) await wait(1000);
    const restored = await crews?.stop();
    await beside.stop();
    const lag = await watch.stop();
    const found = await checkReports(database, truth, sent);
    const now = await database.now();
    const after =
      restored === undefined ? [] : await checkRestoration(database, officer, truth, restored, now);
    return {
      whole: found.whole,
      lines: [...sentLines(run, plan, sent), ...besideLines(beside.took, lag), ...found.lines, ...after],
    };
  } finally {
    await database.close();
  }
}

async function sendCrews(
  run: StormRun,
  stage: {
    readonly client: CompanyClient;
    readonly database: Database;
    readonly truth: TrueStorm;
    readonly senders: Senders;
  },
): Promise<{ stop(): Promise<Restored> }> {
  const { client, database, truth, senders } = stage;
  const dispatcher = await client.signIn('dispatcher', run.password);
  await sayStorm(dispatcher);
  const library = handbookLibrary();
  const days = readWorkingDays(join(HANDBOOK, 'calendars', 'holiday-cn.json'));
  const deps = {
    activeHandbook: library.active,
    version: library.version,
    clockBasis: companyClocks(days),
  };
  return restoreStorm({
    cast: { deps, company: demoCompany() },
    database,
    dispatcher,
    truth,
    random: seeded(demoCompany().seed, 'crews'),
    speed: run.speed,
    onRepaired: senders.powerUp,
  });
}

/** Grids are crossed freely; each sending is a click of the dispatcher, who takes what is proposed. */
async function sayStorm(dispatcher: Signed): Promise<void> {
  const settings = { storm: true, automatic: false, mostCustomers: 1, mostMinutes: 1, reason: 'wind' };
  const said = await dispatcher.post('/api/repair/dispatch-settings', settings, 'storm-begins');
  if (said.status !== 200) throw new Error(`no storm: ${JSON.stringify(said.body)}`);
}

function sentLines(run: StormRun, plan: StormPlan, sent: PlayedReports): readonly string[] {
  const minutes = Map.groupBy(plan.reports, ({ at }) => Math.floor(at / 60_000));
  const busiest = Math.max(0, ...[...minutes.values()].map((some) => some.length));
  const mean = plan.reports.length / ((run.lasts / HOUR) * 60);
  const { calls, gasps, refused, unneeded, intake, took, behind } = sent;
  return [
    `reports played in ${took.toFixed(0)} s at ×${run.speed}; busiest minute ${busiest}, ${(busiest / mean).toFixed(1)} times the mean`,
    `accepted ${calls} calls, ${gasps} last gasps; refused ${refused}; ${unneeded} not sent, supply was back; sender behind by at most ${behind.toFixed(1)} s`,
    `intake p50 ${percentile(intake, 0.5)} ms, p95 ${percentile(intake, 0.95)} ms, p99 ${percentile(intake, 0.99)} ms of ${intake.length} requests`,
  ];
}

function besideLines(took: readonly number[], lag: number): readonly string[] {
  return [
    `ordinary work p95 ${percentile(took, 0.95)} ms of ${took.length} requests`,
    `board behind by at most ${(lag / 1000).toFixed(1)} s (real time)`,
  ];
}

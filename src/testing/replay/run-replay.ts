import { join } from 'node:path';
import { MINUTE } from '#kernel/instant.ts';
import { checkHandbook, readHandbookFolder } from '#modules/process/index.ts';
import type { ProcessDefinition } from '#modules/process/domain/index.ts';
import type { CaseView } from '#modules/case/case-api.ts';
import { sql } from '#platform/db/sql.ts';
import { type CompanyClient, companyClient, type Signed } from '../company-client.ts';
import { type CompanyRig, companyRig } from '../company-rig.ts';
import { demoCompany } from '../demo/demo-company.ts';
import { checkReports } from './check-replay.ts';
import { type LaidOutage, planReplay } from './plan-replay.ts';
import { type Played, playReplay } from './play-replay.ts';
import { readOutages } from './read-outages.ts';

export type ReplayOptions = {
  readonly file: string;
  /** A running demo; null: one of its own. */
  readonly url: string | null;
  readonly password: string;
  /** Outages at most, and the time within which they begin. */
  readonly most: number;
  readonly within: number;
  readonly speed: number;
  readonly households: number;
  readonly say: (line: string) => void;
};

const HANDBOOK = join(import.meta.dirname, '..', '..', '..', 'handbook');
/** The station whose crew can sign in. */
const STATION = 'station-05';

/** Plays a file and prints what came of it; false when anything was lost or doubled. */
export async function runReplay(options: ReplayOptions): Promise<boolean> {
  const outages = readOutages(options.file);
  const first = outages[0]?.start ?? 0;
  const chosen = outages.filter((one) => one.start < first + options.within).slice(0, options.most);
  options.say(
    `${options.file}: ${outages.length} outages, ${chosen.length} played at ${options.speed} times`,
  );
  if (options.url !== null) return await replayAt(options, companyClient(options.url), chosen);
  const rig = await companyRig({ households: options.households });
  try {
    // Monday morning, when everybody is at work.
    const clock = `scale:${options.speed}@2026-11-23T08:30:00+08:00`;
    const program = await rig.startProgram({ DAFUWU_CLOCK: clock });
    try {
      return await replayHere(options, rig, program.client, chosen);
    } finally {
      program.client.close();
      await program.stop();
    }
  } finally {
    await rig.close();
  }
}

async function replayHere(
  options: ReplayOptions,
  rig: CompanyRig,
  client: CompanyClient,
  outages: ReturnType<typeof readOutages>,
): Promise<boolean> {
  const homes = await rig.database.rows<{ id: string; village: string }>(sql`
    select h.id, p.division_code as village from households h
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    join units u on u.company_id = h.company_id and u.id = h.station_id and u.code = ${STATION}
    where h.use_class = 'residential' order by p.division_code, h.account_no`);
  const laid = planReplay(outages, villagesOf(homes), demoCompany().seed);
  const played = await playAll(options, client, laid);
  const found = await checkReports(rig.database, '回放', played.accepted, options.speed);
  tell(options, laid, played, await lateByApi(client, options.password, played));
  options.say(
    `database: ${found.cases} cases, ${found.lost.length} lost, ${found.doubled.length} doubled, ${found.late} late; ${found.firedTwice} moments of clocks written twice, ${found.unnoticed} breaches unnoticed`,
  );
  return (
    found.lost.length === 0 &&
    found.doubled.length === 0 &&
    found.cases === played.accepted.size &&
    played.refused.length === 0
  );
}

/** Against a program that is not ours everything is asked by HTTP. */
async function replayAt(
  options: ReplayOptions,
  client: CompanyClient,
  outages: ReturnType<typeof readOutages>,
): Promise<boolean> {
  const clerk = await client.signIn('clerk', options.password);
  const hits = await searchHomes(clerk);
  const laid = planReplay(outages, [hits], demoCompany().seed);
  const played = await playAll(options, client, laid);
  const late = await lateByApi(client, options.password, played);
  tell(options, laid, played, late);
  return late.missing === 0 && played.refused.length === 0;
}

async function searchHomes(clerk: Signed): Promise<readonly string[]> {
  const words = demoCompany().units.stations.find(({ unit }) => unit.code === STATION)?.places ?? [];
  const found: string[] = [];
  for (const place of words.slice(0, 20)) {
    const { body } = await clerk.get(`/api/households?q=${encodeURIComponent(place.name)}`);
    found.push(...((body as { hits?: readonly { id: string }[] }).hits ?? []).map((hit) => hit.id));
  }
  if (found.length === 0) throw new Error('no household was found to lay outages on');
  return found;
}

async function playAll(
  options: ReplayOptions,
  client: CompanyClient,
  laid: readonly LaidOutage[],
): Promise<Played> {
  const health = await client.anybody.get('/api/health');
  const begin = (health.body as { now: number }).now + 2 * MINUTE;
  return await playReplay(laid, {
    client,
    password: options.password,
    company: demoCompany(),
    definition: await repairProcess(),
    factor: options.speed,
    begin,
    say: options.say,
  });
}

async function repairProcess(): Promise<ProcessDefinition> {
  const { handbook } = checkHandbook(await readHandbookFolder(HANDBOOK));
  const definition = handbook?.processes.find((one) => one.id === 'repair-low');
  if (definition === undefined) throw new Error('the handbook has no process repair-low');
  return definition;
}

/** Asks for every case that was acknowledged: is it there, was it late? */
async function lateByApi(
  client: CompanyClient,
  password: string,
  played: Played,
): Promise<{ readonly late: number; readonly missing: number }> {
  const officer = await client.signIn('control-officer', password);
  let late = 0;
  let missing = 0;
  for (const caseId of played.accepted.values()) {
    const answer = await officer.get(`/api/cases/${caseId}`);
    if (answer.status !== 200) missing += 1;
    else if (isLate(answer.body as CaseView)) late += 1;
  }
  return { late, missing };
}

function isLate({ clocks }: CaseView): boolean {
  return clocks.some(
    (clock) => clock.role !== 'reference' && (clock.brokenAt !== null || clock.kept === false),
  );
}

function tell(
  options: ReplayOptions,
  laid: readonly LaidOutage[],
  played: Played,
  seen: { readonly late: number; readonly missing: number },
): void {
  const doubled = played.accepted.size - new Set(played.accepted.values()).size;
  options.say(
    `program: ${laid.length} outages, ${played.sent} reports came in, ${played.accepted.size} accepted, ${played.refused.length} refused, ${seen.missing} lost, ${doubled} answered with one number, ${seen.late} late; ${played.steps} steps done, ${played.leftOpen} cases left open`,
  );
  for (const line of played.refused.slice(0, 5)) options.say(`  refused: ${line}`);
}

function villagesOf(homes: readonly { readonly id: string; readonly village: string }[]) {
  return [...Map.groupBy(homes, (home) => home.village).values()].map((some) => some.map((home) => home.id));
}

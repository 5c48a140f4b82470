import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { PoolConfig } from 'pg';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import { checkHandbook, readHandbookFolder } from '#modules/process/index.ts';
import type { ProcessDefinition } from '#modules/process/domain/index.ts';
import type { CaseView } from '#modules/case/case-api.ts';
import { type Database, openDatabase } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type CompanyClient, companyClient, type Signed } from '../company-client.ts';
import { companyRig } from '../company-rig.ts';
import { demoCompany } from '../demo/demo-company.ts';
import { checkReports, type Found } from './check-replay.ts';
import { planReplay } from './plan-replay.ts';
import { type Played, playReplay } from './play-replay.ts';
import { readOutages } from './read-outages.ts';
import { type People, replayPeople } from './replay-people.ts';

export type ReplayOptions = {
  readonly file: string;
  /** A running demo, and its database where it can be asked; null: one of its own. */
  readonly running: { readonly url: string; readonly connection: PoolConfig | null } | null;
  readonly password: string;
  /** Outages at most, and the time within which they begin. */
  readonly most: number;
  readonly within: number;
  /** Of a program of its own; a running one has a clock already. */
  readonly speed: number;
  readonly households: number;
  readonly say: (line: string) => void;
};

type Outages = ReturnType<typeof readOutages>;

const HANDBOOK = join(import.meta.dirname, '..', '..', '..', 'handbook');

/** Plays a file and prints what came of it; false when anything was lost, doubled, refused or left open. */
export async function runReplay(options: ReplayOptions): Promise<boolean> {
  const outages = readOutages(options.file);
  const first = outages[0]?.start ?? 0;
  const chosen = outages.filter((one) => one.start < first + options.within).slice(0, options.most);
  options.say(`${options.file}: ${outages.length} outages, ${chosen.length} played`);
  return options.running === null
    ? await replayHere(options, chosen)
    : await replayThere(options, options.running, chosen);
}

/** On a company of its own, on Monday morning when everybody is at work. */
async function replayHere(options: ReplayOptions, outages: Outages): Promise<boolean> {
  const rig = await companyRig({ households: options.households });
  try {
    const clock = `scale:${options.speed}@2026-11-23T08:30:00+08:00`;
    const program = await rig.startProgram({ DAFUWU_CLOCK: clock });
    try {
      return await replay(options, program.client, rig.database, outages);
    } finally {
      program.client.close();
      await program.stop();
    }
  } finally {
    await rig.close();
  }
}

async function replayThere(
  options: ReplayOptions,
  { url, connection }: NonNullable<ReplayOptions['running']>,
  outages: Outages,
): Promise<boolean> {
  const client = companyClient(url);
  const database =
    connection === null ? null : openDatabase({ connection, max: 2, onError: () => undefined });
  try {
    return await replay(options, client, database, outages);
  } finally {
    client.close();
    await database?.close();
  }
}

async function replay(
  options: ReplayOptions,
  client: CompanyClient,
  database: Database | null,
  outages: Outages,
): Promise<boolean> {
  const { password, say } = options;
  const { played, prefix, scale } = await playOutages({ client, password, database, outages, say });
  const officer = await client.signIn('control-officer', password);
  const program = await askProgram(officer, played);
  const found = database === null ? null : await checkReports(database, prefix, played.accepted, scale);
  for (const line of tableOf(played, program, found)) say(line);
  return isWhole(played, program, found);
}

/** Lays outages on the places of a running demo and plays them; `between` cuts them off, for a picture of the middle. */
export async function playOutages(options: {
  readonly client: CompanyClient;
  readonly password: string;
  readonly database: Database | null;
  readonly outages: Outages;
  readonly between?: { readonly begin: Instant; readonly end: Instant };
  readonly say: (line: string) => void;
}): Promise<{ readonly played: Played; readonly prefix: string; readonly scale: number }> {
  const { client, password, database, outages, between, say } = options;
  const company = demoCompany();
  const people = replayPeople({ client, password, company });
  const officer = await people.as('control-officer');
  const { scale } = (await session(officer)).clock;
  say(`the clock of the program runs ${scale} times`);
  // Told from other replays of the same database.
  const prefix = `回放${randomBytes(3).toString('hex')}`;
  const villages = database === null ? [await searchHomes(client, password)] : await villagesOf(database);
  const laid = planReplay(outages, villages, { seed: company.seed, prefix });
  await openAccounts(people, say);
  const soon = (await session(officer)).clock.now + 2 * MINUTE;
  const played = await playReplay(laid, {
    client,
    people,
    company,
    definition: await repairProcess(),
    factor: scale,
    begin: Math.max(soon, between?.begin ?? 0),
    end: between?.end ?? null,
  });
  await people.leave();
  return { played, prefix, scale };
}

/** The crews of all stations can sign in before the first call, or their first steps would wait for it. */
async function openAccounts(people: People, say: ReplayOptions['say']): Promise<void> {
  const { stations } = demoCompany().units;
  for (const { unit } of stations)
    for (const post of ['repair-lead', 'repair-worker'])
      await people.at({ unit: unit.name, post, holder: null });
  say(`the crews of ${stations.length} stations can sign in`);
}

async function session(person: Signed): Promise<{ readonly clock: { now: number; scale: number } }> {
  return (await person.get('/api/session')).body as { clock: { now: number; scale: number } };
}

async function villagesOf(database: Database): Promise<readonly (readonly string[])[]> {
  const homes = await database.rows<{ id: string; village: string }>(sql`
    select h.id, p.division_code as village from households h
    join premises p on p.company_id = h.company_id and p.id = h.premises_id
    where h.use_class = 'residential' order by p.division_code, h.account_no`);
  return [...Map.groupBy(homes, (home) => home.village).values()].map((some) => some.map((home) => home.id));
}

/** A program whose database cannot be asked: some households of each station, as a clerk finds them. */
async function searchHomes(client: CompanyClient, password: string): Promise<readonly string[]> {
  const clerk = await client.signIn('clerk', password);
  const found: string[] = [];
  for (const { places } of demoCompany().units.stations) {
    const { body } = await clerk.get(`/api/households?q=${encodeURIComponent(places[0]?.name ?? '')}`);
    found.push(...((body as { hits?: readonly { id: string }[] }).hits ?? []).map((hit) => hit.id));
  }
  if (found.length === 0) throw new Error('no household was found to lay outages on');
  return found;
}

async function repairProcess(): Promise<ProcessDefinition> {
  const { handbook } = checkHandbook(await readHandbookFolder(HANDBOOK));
  const definition = handbook?.processes.find((one) => one.id === 'repair-low');
  if (definition === undefined) throw new Error('the handbook has no process repair-low');
  return definition;
}

type Asked = { readonly there: number; readonly closed: number; readonly late: number };

/** Asks the program for every case that was acknowledged: is it there, is it closed, was it late? */
async function askProgram(officer: Signed, { accepted }: Played): Promise<Asked> {
  const views: CaseView[] = [];
  for (const caseId of accepted.values()) {
    const answer = await officer.get(`/api/cases/${caseId}`);
    if (answer.status === 200) views.push(answer.body as CaseView);
  }
  return {
    there: views.length,
    closed: views.filter((view) => view.state === 'closed').length,
    late: views.filter(isLate).length,
  };
}

function isLate({ clocks }: CaseView): boolean {
  return clocks.some(
    (clock) => clock.role !== 'reference' && (clock.brokenAt !== null || clock.kept === false),
  );
}

function tableOf(played: Played, program: Asked, found: Found | null): readonly string[] {
  const { accepted } = played;
  const doubled = accepted.size - new Set(accepted.values()).size;
  const rows: readonly (readonly [string, number, number | string])[] = [
    ['came in', played.sent, ''],
    ['accepted', accepted.size, found?.cases ?? '–'],
    ['lost', accepted.size - program.there, found?.lost.length ?? '–'],
    ['doubled', doubled, found?.doubled.length ?? '–'],
    ['late', program.late, found?.late ?? '–'],
    ['closed', program.closed, found?.closed ?? '–'],
  ];
  return [
    `${''.padEnd(12)}${'program'.padStart(10)}${'database'.padStart(10)}`,
    ...rows.map(
      ([name, asked, stored]) =>
        `${name.padEnd(12)}${String(asked).padStart(10)}${String(stored).padStart(10)}`,
    ),
    `${played.steps} steps done` +
      (found === null
        ? '; the database was not asked'
        : `; ${found.firedTwice} moments of clocks written twice, ${found.unnoticed} breaches unnoticed`),
    ...played.refused.map((line) => `refused: ${line}`),
    ...played.leftOpen.map((line) => `left open: ${line}`),
  ];
}

function isWhole(played: Played, program: Asked, found: Found | null): boolean {
  const { accepted } = played;
  const asProgram =
    played.refused.length === 0 &&
    program.there === accepted.size &&
    program.closed === accepted.size &&
    new Set(accepted.values()).size === accepted.size;
  const asDatabase =
    found === null ||
    (found.lost.length === 0 &&
      found.doubled.length === 0 &&
      found.cases === accepted.size &&
      found.firedTwice === 0 &&
      found.unnoticed === 0);
  return asProgram && asDatabase;
}

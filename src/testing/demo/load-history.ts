import { setImmediate } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import type { Database } from '#platform/db/db.ts';
import { copyText } from './copy-rows.ts';
import type { DemoCompany } from './demo-company.ts';
import {
  type Clone,
  type CompiledStory,
  compileStory,
  type Place,
  staffMap,
  writeClone,
} from './history-clones.ts';
import { type Random, seeded } from './seeded.ts';
import type { Story } from './story-rows.ts';

export type HistoryOptions = {
  readonly company: DemoCompany;
  readonly stories: readonly Story[];
  readonly cases: number;
  /** Everything is over before this. */
  readonly until: Instant;
  readonly onProgress: (cases: number) => void;
};

const WEEK = 7 * DAY;
const WEEKS = 104;
/** Clones that are put together before they go over the wire. */
const BATCH = 2000;
/** Clones after which the wire gets its turn. */
const BREATH = 10;

/** How much more, or less, of a business comes in each month: lines fall in summer storms, people build in spring. */
const SEASON: Readonly<Record<string, readonly number[]>> = {
  repair: [1.2, 1.1, 0.8, 0.8, 0.9, 1.2, 1.9, 1.8, 1.1, 0.7, 0.8, 1.2],
  outage: [1.1, 1, 0.8, 0.7, 0.8, 1.3, 1.8, 1.8, 1, 0.7, 0.8, 1.1],
  expansion: [0.6, 0.5, 1.4, 1.6, 1.5, 1.2, 0.9, 0.9, 1.1, 1.2, 0.9, 0.7],
};
const ANY_MONTH = 1;

/** Copies the stories to other weeks, households and stations until there are so many cases; one transaction. */
export async function loadHistory(database: Database, options: HistoryOptions): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query("set local maintenance_work_mem = '512MB'; set local statement_timeout = 0");
    const stories = options.stories.map(compileStory);
    const tables = [...new Set(stories.flatMap((story) => story.tables.map(({ table }) => table)))];
    const dropped = await dropSlow(client, tables);
    await copyClones(client, options, stories);
    for (const statement of dropped) await client.query(statement);
    await client.query(`select setval('case_numbers', ${options.cases + 100_000})`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Indexes and foreign keys are made once afterwards, several times faster than kept and checked row by row. */
async function dropSlow(client: PoolClient, tables: readonly string[]): Promise<readonly string[]> {
  const keys = await client.query<{ name: string; child: string; definition: string }>(
    `select k.conname as name, k.conrelid::regclass::text as child, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k where k.contype = 'f' and k.conrelid = any($1::text[]::regclass[])`,
    [tables],
  );
  const indexes = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = any($1::text[]::regclass[])
       and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))`,
    [tables],
  );
  for (const { name, child } of keys.rows) await client.query(`alter table ${child} drop constraint ${name}`);
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
  return [
    ...indexes.rows.map(({ definition }) => definition),
    ...keys.rows.map(
      ({ name, child, definition }) => `alter table ${child} add constraint ${name} ${definition}`,
    ),
  ];
}

async function copyClones(
  client: PoolClient,
  options: HistoryOptions,
  stories: readonly CompiledStory[],
): Promise<void> {
  const random = seeded(options.company.seed, 'clones');
  const staff = staffMap(options.company);
  const places = await placesByArea(client);
  let lines: Lines = new Map();
  let copying = Promise.resolve();
  let made = 0;
  // One batch goes over the wire while the next is put together: the server and this program each keep a core busy.
  const flush = async () => {
    const full = lines;
    lines = new Map();
    await copying;
    options.onProgress(made);
    copying = copyLines(client, full);
    // Whoever awaits it gets the error; until then it is nobody's.
    copying.catch(() => undefined);
  };
  for (const clone of clones(options, stories, places, random)) {
    writeClone(clone, staff, random, (table, columns, line) => {
      const key = `${table} ${columns.length}`;
      const kept = lines.get(key) ?? { columns, text: [] };
      lines.set(key, kept);
      kept.text.push(line);
    });
    made += 1;
    if (made % BATCH === 0) await flush();
    else if (made % BREATH === 0) await setImmediate();
  }
  await flush();
  await copying;
}

type Lines = Map<string, { readonly columns: readonly string[]; readonly text: string[] }>;

async function copyLines(client: PoolClient, lines: Lines): Promise<void> {
  for (const [key, { columns, text }] of lines)
    await copyText(client, key.split(' ')[0] ?? '', columns, chunksOf(text));
}

/** Lines a chunk: a socket takes some hundred kilobytes at a time. */
const CHUNK = 500;

function chunksOf(text: readonly string[]): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / CHUNK) }, (_, i) =>
    text.slice(i * CHUNK, (i + 1) * CHUNK).join(''),
  );
}

/** Every clone in the order of its beginning, so that ids and numbers grow with time. */
function* clones(
  options: HistoryOptions,
  stories: readonly CompiledStory[],
  places: ReadonlyMap<string, readonly Place[]>,
  random: Random,
): Generator<Clone> {
  const first = options.until - (WEEKS + 1) * WEEK;
  let running = 0;
  for (let week = 0; week < WEEKS; week++) {
    const share =
      Math.floor(((week + 1) * options.cases) / WEEKS) - Math.floor((week * options.cases) / WEEKS);
    // What begins late must be short, because history is closed.
    const latest = options.until - (first + (week + 1) * WEEK);
    const inTime = stories.filter((story) => story.closedAt - story.acceptedAt < latest);
    const begun = Array.from({ length: share }, () => {
      const story = pickStory(inTime, first + week * WEEK, random);
      const shift = Math.round((first + week * WEEK - story.acceptedAt) / WEEK) * WEEK;
      return { story, shift, jitter: random.int(10 * MINUTE - 1000) };
    });
    begun.sort((a, b) => startOf(a) - startOf(b));
    for (const one of begun) {
      const place = random.pick(places.get(one.story.areaClass ?? 'rural') ?? []);
      yield { ...one, place, running: ++running };
    }
  }
}

function startOf({ story, shift, jitter }: { story: CompiledStory; shift: number; jitter: number }): number {
  return story.acceptedAt + shift + jitter;
}

function pickStory(stories: readonly CompiledStory[], at: Instant, random: Random): CompiledStory {
  const month = new Date(at + 8 * HOUR).getUTCMonth();
  const weights = stories.map((story) => story.weight * (SEASON[story.business]?.[month] ?? ANY_MONTH));
  let left = random.next() * weights.reduce((a, b) => a + b, 0);
  const found = stories.find((_story, i) => (left -= weights[i] ?? 0) < 0);
  return found ?? (stories[0] as CompiledStory);
}

async function placesByArea(client: PoolClient): Promise<ReadonlyMap<string, readonly Place[]>> {
  const { rows } = await client.query<{ id: string; station: string; area: string }>(
    `select h.id, h.station_id as station, p.area_class as area from households h
     join premises p on p.company_id = h.company_id and p.id = h.premises_id order by h.account_no`,
  );
  const places = rows.map(({ id, station, area }) => ({ householdId: id, stationId: station, area }));
  return Map.groupBy(places, (place) => place.area);
}

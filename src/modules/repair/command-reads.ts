import type { Instant } from '#kernel/instant.ts';
import type { Reader } from '#modules/case/index.ts';
import type { GridMaps } from '#modules/network/index.ts';
import type { ProcessDefinition } from '#modules/process/domain/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import type { CommandRow, CommandView } from './command-api.ts';
import { withIncidents } from './command-incidents.ts';
import {
  type CaseRow,
  type ClockRow,
  type CrewRow,
  type EstimateRow,
  type GroupRow,
  type OrderRow,
  type Seen,
  type TaskRow,
  listClocksOf,
  listCrewsOf,
  listDueGroups,
  listEstimatesOf,
  listOpenRepairs,
  listSeenCases,
  listTasksOf,
  seenOf,
} from './command-rows.ts';
import { dispatchSettings } from './dispatch-reads.ts';
import {
  awaitsArrival,
  bringsAbout,
  isDark,
  keyOfOrderStep,
  stageOf,
  type StepNow,
  worstFirst,
} from './domain/index.ts';
import { repairProcesses } from './five-ones-reads.ts';
import { tellingPolicy } from './telling-policy.ts';
import { tellingDigest } from './telling-settings.ts';

/** The handbook in force, and the versions that open orders began with. */
export type Books = {
  readonly active: HandbookVersion;
  readonly version: (db: Db, companyId: string, versionId: string) => Promise<HandbookVersion>;
};

/** So many are shown: a list of more is read by nobody, and drawn by no browser. */
const MOST_SHOWN = 3000;

/** Open repairs of which the reader may see a case, and outages without an order, worst first; all are counted. */
export async function commandView(
  db: Db,
  reader: Reader,
  books: Books & { readonly maps: GridMaps },
  now: Instant,
): Promise<CommandView> {
  const rows = await commandRows(db, reader, books, { now, orderId: null });
  const joined = await withIncidents(db, books.maps, { reader, rows, now });
  const { storm, said } = await dispatchSettings(db, reader.companyId);
  return {
    now,
    telling: await tellingDigest(db, reader.companyId, tellingPolicy(books.active), now),
    storm: storm && said !== null ? { since: said.at, by: said.by.name, reason: said.reason } : null,
    total: totalOf(joined),
    rows: worstFirst(joined).slice(0, MOST_SHOWN),
    more: Math.max(0, joined.length - MOST_SHOWN),
  };
}

function totalOf(rows: readonly CommandRow[]): CommandView['total'] {
  const real = rows.filter((row) => !row.drill);
  const dark = real.filter((row) => isDark(row.stage));
  return {
    open: real.length,
    dark: dark.reduce((sum, row) => sum + row.households, 0),
    waiting: real.filter((row) => awaitsArrival(row.stage)).length,
  };
}

/** A line that has an order. */
export type RepairRow = CommandRow & {
  readonly orderId: string;
  readonly caseId: string;
  readonly no: string;
};

/** Open repairs that the reader may see, all or one: as many queries for a thousand as for one. */
export async function commandRows(
  db: Db,
  reader: Reader,
  books: Books,
  of: { readonly now: Instant; readonly orderId: string | null },
): Promise<readonly RepairRow[]> {
  const { companyId } = reader;
  const orders = await listOpenRepairs(db, companyId, repairProcesses(books.active), of.orderId);
  const ids = orders.map((order) => order.id);
  const cases = grouped(await listSeenCases(db, reader, ids, of.now));
  const tasks = grouped(await listTasksOf(db, companyId, ids));
  const clocks = grouped(await listClocksOf(db, companyId, ids));
  const groups = grouped(await listDueGroups(db, companyId, ids));
  const estimates = grouped(await listEstimatesOf(db, companyId, ids));
  const crews = grouped(await listCrewsOf(db, companyId, ids));
  const rows: RepairRow[] = [];
  for (const order of orders) {
    const version = await books.version(db, companyId, order.version_id);
    const definition = version.process(order.process);
    const seen = seenOf(cases.get(order.id) ?? []);
    if (definition === undefined || seen === undefined) continue;
    rows.push(
      rowOf(order, definition, version, {
        seen,
        crew: crews.get(order.id)?.[0],
        tasks: tasks.get(order.id) ?? [],
        clocks: clocks.get(order.id) ?? [],
        group: groups.get(order.id)?.[0],
        estimate: estimates.get(order.id)?.[0],
      }),
    );
  }
  return rows;
}

function rowOf(
  order: OrderRow,
  definition: ProcessDefinition,
  version: HandbookVersion,
  of: {
    readonly seen: Seen;
    readonly crew: CrewRow | undefined;
    readonly tasks: readonly TaskRow[];
    readonly clocks: readonly ClockRow[];
    readonly group: GroupRow | undefined;
    readonly estimate: EstimateRow | undefined;
  },
): RepairRow {
  const open = of.tasks.filter((task) => task.open);
  const stage = stageOf(definition, stepsNow(order, open));
  const { first } = of.seen;
  const word = (fact: string) => (typeof order.facts[fact] === 'string' ? order.facts[fact] : null);
  return {
    id: order.id,
    orderId: order.id,
    caseId: first.case_id,
    no: first.no,
    cases: of.seen.cases,
    drill: of.seen.drill,
    process: definition.name,
    stage,
    steps: definition.steps
      .filter((step) => open.some((task) => task.step === step.id))
      .map((step) => step.name),
    hazard: null,
    incident: null,
    urgency: word('urgency'),
    fault: word('typicalFault'),
    since: order.started_at,
    place: first.place,
    area: first.area,
    transformer: first.transformer,
    feeder: first.feeder,
    ...whereOf(first, order),
    station: order.station,
    crew:
      of.crew === undefined
        ? isSent(stage)
          ? accepterOf(definition, of.tasks)
          : null
        : crewOf(of.crew, stage),
    households: Math.max(of.seen.households, order.grouped ?? 0),
    important: of.seen.important,
    medical: of.seen.medical,
    ...timesOf(definition, version, of.clocks),
    permissionSince: permissionOf(definition, open),
    estimate: of.estimate === undefined ? null : { at: of.estimate.at, source: of.estimate.source },
    telling: tellingOf(of.group),
  };
}

/** At the household; without one at the repair point of the station. */
function whereOf(first: CaseRow, order: OrderRow): Pick<CommandRow, 'at' | 'located'> {
  if (first.lon !== null && first.lat !== null) return { at: [first.lon, first.lat], located: 'household' };
  if (order.lon !== null && order.lat !== null) return { at: [order.lon, order.lat], located: 'point' };
  return { at: null, located: null };
}

function stepsNow(order: OrderRow, open: readonly TaskRow[]): (step: string) => StepNow | undefined {
  return (step) => {
    const found = order.steps[keyOfOrderStep(step)];
    if (found === undefined) return undefined;
    return { status: found.status, held: open.some((task) => task.step === step && task.holder !== null) };
  };
}

/** A crew has accepted; sent back, the order waits for another. */
function isSent(stage: CommandRow['stage']): boolean {
  return stage !== 'undispatched' && stage !== 'dispatched';
}

function crewOf({ crew, lead, expected_at }: CrewRow, stage: CommandRow['stage']): CommandRow['crew'] {
  return { unit: crew, holder: lead, expectedAt: awaitsArrival(stage) ? expected_at : null };
}

/** Where no crew was sent by the program: whoever accepted. */
function accepterOf(definition: ProcessDefinition, tasks: readonly TaskRow[]): CommandRow['crew'] {
  const accepting = new Set(
    definition.steps.filter((step) => bringsAbout(step, 'accepted')).map((step) => step.id),
  );
  const accepted = tasks.find((task) => !task.open && accepting.has(task.step));
  return accepted === undefined ? null : { unit: accepted.unit, holder: accepted.holder, expectedAt: null };
}

function timesOf(
  definition: ProcessDefinition,
  { handbook }: HandbookVersion,
  clocks: readonly ClockRow[],
): Pick<CommandRow, 'arrival' | 'leading'> {
  const toArrival = new Set(
    definition.clocks
      .filter((clock) => clock.stop === 'arrived' && clock.role === 'promise')
      .map((clock) => clock.id),
  );
  const arrival = clocks.find((clock) => toArrival.has(clock.clock));
  const leading = clocks.find((clock) => clock.state !== 'met');
  return {
    arrival:
      arrival === undefined
        ? null
        : { startedAt: arrival.started_at, dueAt: arrival.due_at, metAt: arrival.stopped_at },
    leading:
      leading === undefined
        ? null
        : {
            limit: handbook.limits.find((limit) => limit.id === leading.limit_id)?.name ?? {
              zh: leading.limit_id,
              en: leading.limit_id,
            },
            startedAt: leading.started_at,
            dueAt: leading.due_at,
            paused: leading.state === 'paused',
          },
  };
}

function permissionOf(definition: ProcessDefinition, open: readonly TaskRow[]): Instant | null {
  const asking = definition.steps.find((step) => bringsAbout(step, 'permitted'))?.id;
  return open.find((task) => task.step === asking)?.ready_at ?? null;
}

function tellingOf(group: GroupRow | undefined): CommandRow['telling'] {
  if (group === undefined) return null;
  const { audience, since, dueAt, why, held } = group;
  return { audience, since, dueAt, why, held };
}

function grouped<T extends { readonly order_id: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  return Map.groupBy(rows, (row) => row.order_id);
}

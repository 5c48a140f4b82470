import { DAY, type Instant } from '#kernel/instant.ts';
import { type CaseActor, listGroups, visibleCase } from '#modules/case/index.ts';
import type { FlagKind } from '#modules/customer/domain/index.ts';
import {
  fieldsSeen,
  fieldStepsOf,
  type ProcessDefinition,
  type ProcessState,
  stepKey,
  suggestCards,
} from '#modules/process/domain/index.ts';
import type { handbookLibrary, HandbookVersion } from '#modules/process/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { FieldJob, FieldJobs } from './field-api.ts';
import { crewPosts, isOfCrew } from './field-crew.ts';
import { isOfSentCrew } from './field-order.ts';
import { nearMetres } from './field-position.ts';
import { repairProcesses } from './five-ones-reads.ts';

type Library = ReturnType<typeof handbookLibrary>;

/** What was sent to this crew, the job at hand first; a phone that is lost tells of no more. */
const JOBS = 3;
/** Orders looked at to find them. */
const LOOKED_AT = 40;
/** What a crew has left open longer than this is somebody's at a desk. */
const STILL_MINE = 3 * DAY;
/** Customers of one order that a crew can be expected to ring on its way. */
const CALLERS = 10;

type OrderRow = {
  readonly id: string;
  readonly process: string;
  readonly version: string;
  readonly state: ProcessState;
  readonly stationId: string | null;
  /** This very crew was sent to it, from whatever station. */
  readonly sent: boolean;
  readonly startedAt: Instant;
  readonly clockAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly paused: boolean;
};

type CaseRow = {
  readonly caseId: string;
  readonly no: string;
  readonly acceptedAt: Instant;
  readonly name: string | null;
  readonly phone: string | null;
  readonly words: string | null;
  readonly said: string | null;
  readonly place: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly flags: readonly FlagKind[];
};

/** What this crew has to do next, with everything that it needs of it without a network. */
export async function fieldJobs(
  db: Db,
  library: Library,
  actor: CaseActor,
  now: Instant,
): Promise<Pick<FieldJobs, 'jobs' | 'processes' | 'cards' | 'backReasons' | 'nearMetres'>> {
  const active = await library.active(db, actor.companyId);
  if (active === undefined) return { jobs: [], processes: {}, cards: [], backReasons: [], nearMetres: null };
  const posts = crewPosts(active, actor);
  const wanted = repairProcesses(active).map((one) => one.id);
  const units = await unitsOf(db, actor);
  const rows = await listOrders(db, actor, { posts, processes: wanted, now });
  const open = (
    await Promise.all(rows.map((row) => openOrder(db, library, actor, { ...units, row, posts, now })))
  ).flat();
  const jobs: FieldJob[] = [];
  const processes: Record<string, ProcessDefinition> = {};
  for (const one of open.toSorted((a, b) => Number(b.begun) - Number(a.begun))) {
    if (jobs.length === JOBS) break;
    const job = await jobOf(db, actor, one, now);
    if (job === undefined) continue;
    jobs.push(job);
    processes[job.process] = one.definition;
  }
  return {
    jobs,
    processes,
    cards: active.handbook.faultCards,
    backReasons: active.handbook.fiveOnes.reasons.flatMap(({ id, name, back }) =>
      back === true ? [{ id, name }] : [],
    ),
    nearMetres: nearMetres(active),
  };
}

type OpenOrder = {
  readonly row: OrderRow;
  readonly version: HandbookVersion;
  readonly definition: ProcessDefinition;
  readonly steps: CrewSteps;
  readonly begun: boolean;
};

/** The order where something of it is left for this crew; else nothing. */
async function openOrder(
  db: Db,
  library: Library,
  actor: CaseActor,
  of: Pick<Parameters<typeof isOfCrew>[1], 'posts' | 'unitCodes'> & {
    readonly row: OrderRow;
    readonly now: Instant;
  },
): Promise<readonly OpenOrder[]> {
  const { row, posts, unitCodes, now } = of;
  const version = await library.version(db, actor.companyId, row.version);
  const definition = version.process(row.process);
  if (definition === undefined || !isSent(definition, row.state)) return [];
  const steps = crewSteps(definition, row.state, { ...row, unitCodes, posts, unitIds: actor.unitIds });
  if (steps.open.length === 0) return [];
  // What is arranged for later does not stand in the way of what is at hand.
  const arranged = row.state.facts['repairPlannedAt'];
  const later = typeof arranged === 'number' && arranged > now;
  return [{ row, version, definition, steps, begun: steps.begun && !later }];
}

/** Whoever gave an order back, or was called off, sees no more of it than any other crew. */
function isSent(definition: ProcessDefinition, state: ProcessState): boolean {
  const dispatch = fieldStepsOf(definition)?.dispatch;
  return dispatch === undefined || state.steps[stepKey(dispatch, null)]?.status === 'done';
}

/** Orders on which this crew works or is asked to, the one that runs out first in front. */
async function listOrders(
  db: Db,
  actor: CaseActor,
  of: { readonly posts: readonly string[]; readonly processes: readonly string[]; readonly now: Instant },
): Promise<readonly OrderRow[]> {
  const { companyId, personId, unitIds, posts: own } = actor;
  return await db.rows<OrderRow>(sql`
    with mine as (
      select t.order_id as id from tasks t
      where t.company_id = ${companyId} and t.state = 'open' and t.holder_id = ${personId}
      union
      select w.order_id from crew_assignments w
      where w.company_id = ${companyId} and w.ended_at is null and w.sent_at > ${timestamp(of.now - STILL_MINE)}
        and ${isOfSentCrew(actor, of.now)}
      union
      select t.order_id from tasks t
      where t.company_id = ${companyId} and ((t.state = 'open' and t.unit_id = any(${unitIds}::uuid[])
          and t.post = any(${of.posts}::text[]) and (t.holder_id is null or t.post <> all(${own}::text[])))
        or (t.state = 'done' and t.ended_by = ${personId} and t.ended_at > ${timestamp(of.now - STILL_MINE)}))
        and not exists (select 1 from crew_assignments w where w.company_id = t.company_id and w.order_id = t.order_id))
    select o.id, o.process, o.handbook_version_id as version, o.process_state as state, o.station_id as "stationId",
      o.started_at as "startedAt", exists (select 1 from crew_assignments w where w.company_id = o.company_id and w.order_id = o.id
        and w.ended_at is null and ${isOfSentCrew(actor, of.now)}) as sent, k.started_at as "clockAt", k.due_at as "dueAt", coalesce(k.paused, false) as paused
    from mine join orders o on o.company_id = ${companyId} and o.id = mine.id
    left join lateral (select k.started_at, k.due_at, k.state = 'paused' as paused from clocks k
      where k.company_id = o.company_id and k.order_id = o.id and k.state in ('running', 'paused')
      order by k.state = 'paused', k.due_at limit 1) k on true
    where o.state = 'open' and o.process = any(${of.processes}::text[])
      and exists (select 1 from case_orders l join cases c on c.company_id = l.company_id and c.id = l.case_id
        where l.company_id = o.company_id and l.order_id = o.id and l.unlinked_at is null
          and ${visibleCase(actor, of.now)})
    order by k.paused, k.due_at nulls last, o.started_at, o.id limit ${LOOKED_AT}`);
}

async function unitsOf(
  db: Db,
  { companyId, unitIds }: CaseActor,
): Promise<{ readonly unitCodes: readonly string[] }> {
  const rows = await db.rows<{ code: string }>(sql`
    select u.code from units u where u.company_id = ${companyId} and u.id = any(${unitIds}::uuid[])`);
  return { unitCodes: rows.map((row) => row.code) };
}

type CrewSteps = {
  readonly all: readonly string[];
  readonly open: readonly string[];
  readonly begun: boolean;
};

/** The crew's steps; `open`: not behind it; `begun`: it has done some already. */
function crewSteps(
  definition: ProcessDefinition,
  state: ProcessState,
  of: Parameters<typeof isOfCrew>[1],
): CrewSteps {
  const own = definition.steps.filter((step) => isOfCrew(step, of));
  const statuses = own.map((step) => ({
    id: step.id,
    status: (step.on === 'order' ? [null] : state.cases).map(
      (caseId) => state.steps[stepKey(step.id, caseId)]?.status ?? 'waiting',
    ),
  }));
  return {
    all: own.map((step) => step.id),
    open: statuses
      .filter(({ status }) => status.some((one) => one === 'ready' || one === 'waiting'))
      .map(({ id }) => id),
    begun: statuses.some(({ status }) => status.includes('done')),
  };
}

async function jobOf(
  db: Db,
  actor: CaseActor,
  { row, definition, version, steps }: OpenOrder,
  now: Instant,
): Promise<FieldJob | undefined> {
  const seen = fieldsSeen(definition, steps.open, false);
  const cases = await listCases(db, actor, row.id, now);
  const [first] = cases;
  if (first === undefined) return undefined;
  const words = cases.flatMap((one) => one.words ?? []);
  const units = await unitNames(db, actor.companyId, row.id);
  return {
    orderId: row.id,
    no: first.no,
    caseId: first.caseId,
    cases: cases.map(({ caseId, no, name, phone }) => ({
      caseId,
      no,
      name: seen.has('name') ? name : null,
      phone: seen.has('phone') ? phone : null,
    })),
    process: `${row.process}@${row.version}`,
    state: row.state,
    steps: steps.all,
    units,
    place: seen.has('address') ? (first.said ?? first.place) : null,
    at:
      seen.has('address') && first.lat !== null && first.lon !== null
        ? { lat: first.lat, lon: first.lon }
        : null,
    words: seen.has('words') ? (first.words ?? null) : null,
    flags: [...new Set(cases.flatMap((one) => one.flags))],
    unit: units[steps.open[0] ?? ''] ?? Object.values(units)[0] ?? '',
    reportedAt: Math.min(...cases.map((one) => one.acceptedAt)),
    startedAt: row.clockAt,
    dueAt: row.dueAt,
    paused: row.paused,
    suggested: suggestCards(words.join(' '), version.handbook.faultCards).map((card) => card.id),
    groups: await listGroups(db, actor.companyId, row.id),
  };
}

async function listCases(
  db: Db,
  actor: CaseActor,
  orderId: string,
  now: Instant,
): Promise<readonly CaseRow[]> {
  return await db.rows<CaseRow>(sql`
    select c.id as "caseId", c.no, c.accepted_at as "acceptedAt", ${text('contact-name')} as name,
      ${text('contact-phone')} as phone, ${text('words')} as words, ${text('place')} as said,
      concat_ws(' ', m.place, m.house_no) as place, m.lat, m.lon,
      array(select f.kind from household_flags f where f.company_id = c.company_id and f.household_id = c.household_id
        and f.ended_at is null and f.expires_at > ${timestamp(now)} order by f.kind) as flags
    from case_orders l
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    left join households h on h.company_id = c.company_id and h.id = c.household_id
    left join premises m on m.company_id = h.company_id and m.id = h.premises_id
    where l.company_id = ${actor.companyId} and l.order_id = ${orderId} and l.unlinked_at is null
      and ${visibleCase(actor, now)}
    order by l.linked_at, c.id limit ${CALLERS}`);
}

/** Which unit has or had each step. */
async function unitNames(
  db: Db,
  companyId: string,
  orderId: string,
): Promise<Readonly<Record<string, string>>> {
  const rows = await db.rows<{ step: string; unit: string }>(sql`
    select t.step, u.name as unit from tasks t join units u on u.company_id = t.company_id and u.id = t.unit_id
    where t.company_id = ${companyId} and t.order_id = ${orderId} order by t.ready_at`);
  return Object.fromEntries(rows.map(({ step, unit }) => [step, unit]));
}

/** What a case says of this kind. */
function text(kind: string): ReturnType<typeof sql> {
  return sql`(select x.body from case_texts x
    where x.company_id = c.company_id and x.case_id = c.id and x.kind = ${kind} order by x.at limit 1)`;
}

import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { callBackPolicy, decideCallBack, stepOf, suggestTypes } from '#modules/process/domain/index.ts';
import type { handbookLibrary, HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { listTriesOf } from './call-attempts.ts';
import type { IntakeCatalogue, TypeSuggestions } from './case-api.ts';
import type { CasePage, WorkItem } from './case-list-api.ts';
import type { FilterMoments } from './case-filter.ts';
import { countCases, listAccusable, listCases, type Reader } from './case-reads.ts';
import { fewRunningOut } from './few-running-out.ts';
import { listWork } from './work-reads.ts';
import { nameOf } from './name-of.ts';

type Library = ReturnType<typeof handbookLibrary>;

/** Lines of a page; the next page begins after the last. */
const PAGE = 50;
/** A list counts so far and then says "more than that" (design rule 9). */
const COUNTED = 10_000;
/** Beyond this many open tasks nobody reads a list: the screen says "the most urgent 300". */
const WORK = 300;

/** What the counter may accept, from the handbook in force. Refuses with `case.no-handbook`. */
export async function intakeCatalogue(
  db: Db,
  library: Library,
  companyId: string,
): Promise<IntakeCatalogue | Refusal> {
  const version = await library.active(db, companyId);
  if (version === undefined) return refuse('case.no-handbook');
  const { handbook } = version;
  return {
    quickItems: handbook.quickItems.map(({ id, name, business }) => ({ id, name, business })),
    processes: handbook.processes.map((one) => ({
      id: one.id,
      name: one.name,
      business: nameOf(handbook.businesses, one.business),
      caseTypes: one.caseTypes,
      needsArea: JSON.stringify(one.clocks).includes('"fact":"area"'),
      summary: one.summary,
      papers: (one.papers ?? []).map(({ id, name, until }) => ({ id, name, until })),
    })),
    accusable: await listAccusable(db, companyId),
  };
}

/** The three likeliest processes for what the customer said, with the words that speak for each. */
export async function suggestions(
  db: Db,
  library: Library,
  companyId: string,
  words: string,
): Promise<TypeSuggestions | Refusal> {
  const version = await library.active(db, companyId);
  if (version === undefined) return refuse('case.no-handbook');
  return suggestTypes(words, version.handbook.lexicon).map(({ process, why }) => ({ process, why }));
}

export async function myWork(
  db: Db,
  library: Library,
  reader: Reader & { readonly posts: readonly string[] },
  now: Instant,
): Promise<readonly WorkItem[]> {
  const rows = await listWork(db, reader, now, WORK);
  const tries = await listTriesOf(
    db,
    reader.companyId,
    rows.map((row) => row.task_id),
  );
  return await Promise.all(
    rows.map(async (row): Promise<WorkItem> => {
      const version = await library.version(db, reader.companyId, row.version_id);
      const definition = version.process(row.process);
      const step = definition === undefined ? undefined : stepOf(definition, row.step);
      const unnamed = { zh: row.step, en: row.step };
      return {
        taskId: row.task_id,
        orderId: row.order_id,
        seq: row.seq,
        caseId: row.case_id,
        caseNo: row.case_no,
        channel: row.channel,
        outside: row.promised_at === null ? null : { startedAt: row.accepted_at, dueAt: row.promised_at },
        process: definition?.name ?? unnamed,
        step: step?.name ?? unnamed,
        inform: step?.informsCustomer === true,
        ringFrom: step?.callsCustomer === true ? ringFrom(tries.get(row.task_id) ?? [], now, version) : null,
        rework: row.rework,
        mine: row.holder_id === reader.personId,
        householdPlace: row.place,
        words: step?.sees?.includes('words') === true ? row.words : null,
        readyAt: row.ready_at,
        startedAt: row.started_at,
        dueAt: row.due_at,
        paused: row.paused,
      };
    }),
  );
}

function ringFrom(tries: readonly Instant[], now: Instant, { handbook }: HandbookVersion): Instant | null {
  const decision = decideCallBack(tries, now, callBackPolicy(handbook.limits));
  return decision.may || decision.reason === 'callback.attempts-used' ? null : decision.earliest;
}

export async function caseList(
  db: Db,
  library: Library,
  reader: Reader,
  list: Parameters<typeof listCases>[2],
  at: FilterMoments,
  count: CountCases = countCases,
): Promise<CasePage> {
  const moments = { ...at, ...(await fewRunningOut(db, reader.companyId, list.filter, at)) };
  const rows = await listCases(db, reader, list, moments, PAGE + 1);
  const total = list.before === null ? await count(db, reader, list.filter, moments, COUNTED) : null;
  const shown = rows.slice(0, PAGE);
  const items = await Promise.all(
    shown.map(async (row) => {
      const { handbook, process } = await library.version(db, reader.companyId, row.version_id);
      const caseType = nameOf(handbook.caseTypes, row.case_type);
      const title =
        row.process === null
          ? nameOf(handbook.quickItems, row.quick_item ?? '')
          : (process(row.process)?.name ?? caseType);
      return {
        id: row.id,
        no: row.no,
        caseType,
        title,
        channel: row.channel,
        state: row.state,
        place: row.place,
        unit: row.unit,
        acceptedAt: row.accepted_at,
        startedAt: row.started_at,
        dueAt: row.due_at,
        paused: row.paused,
      };
    }),
  );
  const next = rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null;
  return { items, next, total: total && Math.min(total, COUNTED), capped: (total ?? 0) > COUNTED };
}

export type CountCases = typeof countCases;

/** For so long a list that had more cases than are counted is believed to have them still (ms). */
const STILL_MANY = 60_000;
/** Answers kept at most: a few filters for each of some hundred people. */
const KEPT = 2000;

/**
 * Counts, and remembers for a minute where there were more than are counted: "more than 10,000" does not become few while
 * one reads a page, and finding it out anew took most of the time of a list of a million cases (measured: 40 ms of work).
 */
export function rememberMany(count: CountCases, clock: () => number): CountCases {
  const many = new Map<string, number>();
  return async (db, reader, filter, moments, most) => {
    const { companyId, personId, unitIds } = reader;
    const key = JSON.stringify([companyId, personId, unitIds.toSorted(), filter, most]);
    if ((many.get(key) ?? -Infinity) > clock() - STILL_MANY) return most + 1;
    const n = await count(db, reader, filter, moments, most);
    many.delete(key);
    if (n > most) many.set(key, clock());
    const [oldest] = many.keys();
    if (many.size > KEPT && oldest !== undefined) many.delete(oldest);
    return n;
  };
}

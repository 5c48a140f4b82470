import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { type CaseDeps, nameOf, type Reader } from '#modules/case/index.ts';
import { dueAt as endOfLimit } from '#modules/clock/domain/index.ts';
import { limitText } from '#modules/order/domain/index.ts';
import { beforeOrder } from '#modules/outage/index.ts';
import { type Facts, holds, stepOf } from '#modules/process/domain/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import type { OpenCase, PromiseLine, Repeat, Standing } from './hall-api.ts';
import {
  CALL_DAYS,
  countCalls,
  findFault,
  findFaultOf,
  findLastPromise,
  listOpenOf,
  listRepeats,
  type OpenRow,
  type SameBy,
} from './standing-reads.ts';

export type HallDeps = {
  readonly handbook: Pick<ReturnType<typeof handbookLibrary>, 'active' | 'version'>;
  readonly clockBasis: CaseDeps['clockBasis'];
};

/** The strip beside counter and phone: what is open, whether we kept our word, how often he called. */
export async function standingOf(
  db: Db,
  deps: HallDeps,
  reader: Reader,
  householdId: string,
  now: Instant,
): Promise<Standing> {
  const [open, promise, calls, supply] = await Promise.all([
    listOpenOf(db, reader, householdId, now),
    findLastPromise(db, reader, householdId, now),
    countCalls(db, reader.companyId, householdId, now),
    beforeOrder(db, { activeHandbook: deps.handbook.active }, reader.companyId, householdId, now),
  ]);
  const { orderId = null, what = null } = supply.outage ?? {};
  // What is inferred knows more than what was reported in the same transformer area.
  const fault =
    orderId === null
      ? await findFault(db, reader, householdId, now)
      : await findFaultOf(db, reader, { orderId, device: what?.name ?? '' }, now);
  return {
    open: await Promise.all(open.map((row) => openCase(db, deps, reader, row))),
    lastPromise: promise === undefined ? null : await promiseView(db, deps, reader, promise, now),
    calls,
    days: CALL_DAYS,
    supply,
    fault:
      fault === undefined
        ? null
        : { ...fault, title: await processName(db, deps, reader, fault.version_id, fault.process) },
  };
}

export async function repeatsOf(
  db: Db,
  deps: HallDeps,
  reader: Reader,
  by: SameBy,
  now: Instant,
): Promise<readonly Repeat[]> {
  const rows = await listRepeats(db, reader, by, now);
  return await Promise.all(
    rows.map(async (row) => ({
      ...(await openCase(db, deps, reader, row)),
      same: row.same,
      repeats: row.repeats,
    })),
  );
}

/** What the clerk may promise: the clocks of the process that hold in this area, if they began now, tightest first. */
export async function promisesOf(
  db: Db,
  deps: HallDeps,
  companyId: string,
  about: { readonly process: string; readonly area: string | null },
  now: Instant,
): Promise<readonly PromiseLine[] | Refusal> {
  const version = await deps.handbook.active(db, companyId);
  if (version === undefined) return refuse('case.no-handbook');
  const definition = version.process(about.process);
  if (definition === undefined) return refuse('case.unknown-process');
  const facts: Facts = about.area === null ? {} : { area: about.area };
  const basis = await deps.clockBasis(db, companyId);
  const limits = new Map(version.handbook.limits.map((limit) => [limit.id, limit]));
  return definition.clocks
    .filter((clock) => clock.role === 'promise' && clock.until === undefined && holds(clock.when, facts))
    .flatMap((clock) => {
      const limit = limits.get(clock.limit);
      if (limit === undefined) return [];
      const text = limitText(basis.limit(limit, version.versionId), clock.role);
      const { name, start = '', stop = '', source, confidence } = limit;
      const line = { limit: limit.id, name, start, stop, text, role: clock.role, source, confidence };
      return [{ ...line, dueAt: endOfLimit(text, now, basis.book) }];
    })
    .toSorted((a, b) => a.dueAt - b.dueAt);
}

async function openCase(db: Db, deps: HallDeps, reader: Reader, row: OpenRow): Promise<OpenCase> {
  const version = await deps.handbook.version(db, reader.companyId, row.version_id);
  const definition = row.process === null ? undefined : version.process(row.process);
  const step = definition === undefined || row.step === null ? undefined : stepOf(definition, row.step);
  const { caseId, no, acceptedAt, startedAt, dueAt, promisedAt } = row;
  const title = definition?.name ?? nameOf(version.handbook.caseTypes, row.case_type);
  return { caseId, no, title, step: step?.name ?? null, acceptedAt, startedAt, dueAt, promisedAt };
}

async function promiseView(
  db: Db,
  deps: HallDeps,
  reader: Reader,
  row: NonNullable<Awaited<ReturnType<typeof findLastPromise>>>,
  now: Instant,
): Promise<NonNullable<Standing['lastPromise']>> {
  const version = await deps.handbook.version(db, reader.companyId, row.version_id);
  const { caseId, no, dueAt, stoppedAt } = row;
  const late = row.kept === false || (row.state === 'running' && now >= dueAt);
  const state = late ? 'broken' : row.state === 'met' ? 'kept' : 'running';
  return { caseId, no, clock: nameOf(version.handbook.limits, row.limit_id), dueAt, stoppedAt, state };
}

async function processName(db: Db, deps: HallDeps, reader: Reader, versionId: string, process: string) {
  const version = await deps.handbook.version(db, reader.companyId, versionId);
  return version.process(process)?.name ?? { zh: process, en: process };
}

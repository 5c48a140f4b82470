import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { realOrder } from '#modules/case/index.ts';
import type { WorkingDays } from '#modules/clock/index.ts';
import { stepOf, type ProcessDefinition } from '#modules/process/domain/index.ts';
import type { handbookLibrary, HandbookVersion } from '#modules/process/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Bottleneck } from './board-api.ts';

type Library = ReturnType<typeof handbookLibrary>;

/** A mean of fewer is chance. */
const ENOUGH = 5;

/**
 * It compares months and reads some hundred thousand tasks of a county, which takes seconds (measured at a million cases), so
 * one answer serves everybody for a while; when it is old it serves until the next one is there.
 */
const KEPT_FOR = 10 * MINUTE;

/** Work that waited longer counts as this long: the calendar of so many days goes into the question. */
const LONGEST_DAYS = 400;

const ZONE = 8 * HOUR;
const FROM_START: ReadonlySet<string> = new Set(['case.accepted', 'order.started', 'order.received']);

type Kept = {
  readonly at: Instant;
  readonly found: Promise<Bottleneck | null>;
  /** What is shown meanwhile; undefined: nothing was found out yet. */
  shown: Bottleneck | null | undefined;
};

const kept = new WeakMap<Db, Map<string, Kept>>();

/**
 * Where work waits longest compared with the month before. The same for every reader: it names a step and a unit, and no
 * case; work with a closed list is not in it. Only who asks before there ever was an answer waits for it.
 */
export async function keptBottleneck(
  db: Db,
  library: Library,
  companyId: string,
  of: { readonly now: Instant; readonly book: WorkingDays },
): Promise<Bottleneck | null> {
  const companies = kept.get(db) ?? new Map<string, Kept>();
  kept.set(db, companies);
  const known = companies.get(companyId);
  const one =
    known !== undefined && Math.abs(of.now - known.at) < KEPT_FOR
      ? known
      : { at: of.now, found: bottleneck(db, library, companyId, of), shown: known?.shown };
  if (one !== known) {
    companies.set(companyId, one);
    one.found.then(
      (answer) => (one.shown = answer),
      // A failure is not kept, and neither is what was shown before it: whoever asks next tries again, and hears of it.
      () => companies.delete(companyId),
    );
  }
  return one.shown === undefined ? await one.found : one.shown;
}

type Row = {
  readonly process: string;
  readonly step: string;
  readonly unit: string;
  readonly version_id: string;
  readonly days: number;
  readonly days_before: number;
  readonly hours: number;
  readonly hours_before: number;
  readonly done: number;
};

/**
 * Counted as the clocks of the process count: in working days of the company's calendar where it promises working days, in
 * hours where it promises hours; what was paused does not count.
 */
export async function bottleneck(
  db: Db,
  library: Library,
  companyId: string,
  { now, book }: { readonly now: Instant; readonly book: WorkingDays },
): Promise<Bottleneck | null> {
  let worst: (Bottleneck & { readonly slower: number }) | null = null;
  for (const row of await listWaits(db, companyId, now, book)) {
    const version = await library.version(db, companyId, row.version_id);
    const definition = version.process(row.process);
    const step = definition === undefined ? undefined : stepOf(definition, row.step);
    if (definition === undefined || step === undefined) continue;
    const inDays = promisesDays(definition, version);
    const value = Number(inDays ? row.days : row.hours);
    const before = Number(inDays ? row.days_before : row.hours_before);
    const slower = (value - before) * (inDays ? DAY : HOUR);
    if (worst !== null && slower <= worst.slower) continue;
    const { unit, done } = row;
    const counted = inDays ? ('working-days' as const) : ('hours' as const);
    worst = { process: definition.name, step: step.name, unit, counted, value, before, done, slower };
  }
  if (worst === null) return null;
  const { slower: _slower, ...shown } = worst;
  return shown;
}

/** By what runs from the demand on: that a case which comes back has working days makes no repair a matter of days. */
function promisesDays(definition: ProcessDefinition, { handbook }: HandbookVersion): boolean {
  const fromStart = definition.clocks.filter((clock) => FROM_START.has(clock.start));
  const limits = new Set(fromStart.map((clock) => clock.limit));
  return handbook.limits.some((limit) => limits.has(limit.id) && limit.unit === 'wd');
}

/** What the tasks of a step waited in a unit in the last thirty days and in the thirty before, counted both ways. */
async function listWaits(
  db: Db,
  companyId: string,
  now: Instant,
  book: WorkingDays,
): Promise<readonly Row[]> {
  const { days, before, works } = calendarOf(now, book);
  const month = timestamp(now - 30 * DAY);
  return await db.rows<Row>(sql`
    with w as (select * from unnest(${days}::integer[], ${before}::float8[], ${works}::integer[])
        as w (day, before, works)),
    waited as (
      select o.process, t.step, t.unit_id, o.handbook_version_id, t.ended_at >= ${month} as recent,
        t.ends - t.begins - coalesce(p.natural, 0) as natural,
        (b.before + b.works * (t.ends - b.day * 86400.0)) - (a.before + a.works * (t.begins - a.day * 86400.0))
          - coalesce(p.working, 0) as working
      from (select t.*, extract(epoch from t.ended_at)::float8 + 28800 as ends, extract(epoch from greatest(t.ready_at,
          ${timestamp(now - LONGEST_DAYS * DAY)}::timestamptz))::float8 + 28800 as begins from tasks t
        where t.company_id = ${companyId} and t.state = 'done'
          and t.ended_at >= ${timestamp(now - 60 * DAY)} and t.ended_at >= t.ready_at) t
      join orders o on o.company_id = t.company_id and o.id = t.order_id
      join w a on a.day = floor(t.begins / 86400)
      join w b on b.day = floor(t.ends / 86400)
      left join lateral (
        select sum(q.ends - q.begins) as natural, sum((d.before + d.works * (q.ends - d.day * 86400.0))
          - (c.before + c.works * (q.begins - c.day * 86400.0))) as working
        from (select greatest(t.begins, extract(epoch from p.from_at)::float8 + 28800) as begins,
            least(t.ends, coalesce(extract(epoch from p.to_at)::float8 + 28800, t.ends)) as ends
          from clock_pauses p where p.company_id = t.company_id and p.order_id = t.order_id
            and p.state in ('provisional', 'standing') and p.from_at is not null) q
        join w c on c.day = floor(q.begins / 86400)
        join w d on d.day = floor(q.ends / 86400)
        where q.ends > q.begins) p on true
      where not exists (select 1 from case_orders l join cases k on k.company_id = l.company_id and k.id = l.case_id
        where l.company_id = t.company_id and l.order_id = t.order_id and k.closed_to is not null)
        and ${realOrder()})
    select x.process, x.step, u.name as unit, (array_agg(x.handbook_version_id))[1] as version_id,
      avg(x.working) filter (where x.recent) / 86400 as days,
      avg(x.working) filter (where not x.recent) / 86400 as days_before,
      avg(x.natural) filter (where x.recent) / 3600 as hours,
      avg(x.natural) filter (where not x.recent) / 3600 as hours_before,
      count(*) filter (where x.recent) as done
    from waited x join units u on u.company_id = ${companyId} and u.id = x.unit_id
    group by x.process, x.step, u.id, u.name
    having count(*) filter (where x.recent) >= ${ENOUGH} and count(*) filter (where not x.recent) >= ${ENOUGH}
    order by x.process, x.step, u.id`);
}

/** For each day its number, the working seconds before it, and whether it is one. */
function calendarOf(now: Instant, book: WorkingDays) {
  const today = Math.floor((now + ZONE) / DAY);
  const days = Array.from({ length: LONGEST_DAYS + 2 }, (_, i) => today - LONGEST_DAYS + i);
  const works = days.map((day) => (['work', 'make-up'].includes(book.days.statusOf(day).kind) ? 1 : 0));
  let seconds = 0;
  const before = works.map((worked) => {
    const sum = seconds;
    seconds += worked * 86_400;
    return sum;
  });
  return { days, before, works };
}

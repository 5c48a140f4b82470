import type { HandbookVersion } from '#modules/process/index.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { ChangeView, LimitView, YearView } from './clock-change-api.ts';
import type { ClockBasis } from './company-clocks.ts';
import { parseLimit } from './domain/index.ts';

/** A notice comes in the autumn before: from then on its absence is a warning. */
const WANTED_FROM_MONTH = 11;
const ZONE = 8 * 3_600_000;

/** Every year that counts, newest first, with the year that is needed next. */
export async function calendarYears(
  db: Db,
  companyId: string,
  basis: ClockBasis,
  now: Instant,
): Promise<readonly YearView[]> {
  const imported = await db.rows<{ year: number }>(sql`
    select distinct y.year from calendar_years y where y.company_id = ${companyId}`);
  const today = new Date(now + ZONE);
  const thisYear = today.getUTCFullYear();
  const next = today.getUTCMonth() + 1 >= WANTED_FROM_MONTH ? thisYear + 1 : thisYear;
  const years = new Set([...basis.book.years.map((one) => one.year), thisYear, next]);
  return [...years]
    .toSorted((a, b) => b - a)
    .map((year) => {
      const known = basis.book.years.find((one) => one.year === year);
      const state = basis.book.days.basisOf(year);
      const isImported = imported.some((one) => one.year === year);
      return {
        year,
        basis: state,
        origin: isImported ? 'imported' : known === undefined ? 'none' : 'shipped',
        papers: known?.papers ?? [],
        days: known?.days ?? [],
        wanted: state !== 'notice' && year >= thisYear && year <= next,
      };
    });
}

/** The limits that clocks count, with what a correction made of them. */
export function clockLimits(version: HandbookVersion, basis: ClockBasis): readonly LimitView[] {
  return version.handbook.limits
    .filter((limit) => limit.lead !== true && parseLimit(`1${limit.unit}`) !== undefined)
    .map((limit) => {
      const { id, name, value, unit, source, confidence } = limit;
      const corrected = basis.limit(limit, version.versionId).value;
      return {
        id,
        name,
        value,
        unit,
        floor: limit.floor ?? null,
        source,
        confidence,
        corrected: corrected === value ? null : corrected,
      };
    });
}

type ChangeRow = Omit<ChangeView, 'limit' | 'mayDecide'> & {
  readonly limitId: string | null;
  readonly askedById: string;
};

export async function clockChanges(
  db: Db,
  reader: { readonly companyId: string; readonly personId: string },
  version: HandbookVersion | undefined,
): Promise<readonly ChangeView[]> {
  const rows = await db.rows<ChangeRow>(sql`
    select h.id, h.kind, h.state, h.year, h.limit_id as "limitId", h.value::float8 as value, h.reason, a.name as "askedBy",
      h.asked_by as "askedById", h.asked_at as "askedAt", d.name as "decidedBy", h.looked, h.moved,
      h.finished_at is not null as finished
    from clock_changes h
    join people a on a.company_id = h.company_id and a.id = h.asked_by
    left join people d on d.company_id = h.company_id and d.id = h.decided_by
    where h.company_id = ${reader.companyId} order by h.asked_at desc, h.id desc limit 100`);
  return rows.map(({ limitId, askedById, ...row }) => {
    const limit = version?.handbook.limits.find((one) => one.id === limitId);
    const own = askedById === reader.personId;
    return {
      ...row,
      limit: limit === undefined ? null : { id: limit.id, name: limit.name, unit: limit.unit },
      mayDecide:
        row.state === 'asked' ? { allowed: !own, reason: own ? 'clock.own-correction' : null } : null,
    };
  });
}

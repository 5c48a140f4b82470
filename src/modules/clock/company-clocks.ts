import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { type CalendarBook, type CalendarYear, calendarBook } from './domain/index.ts';

/** A number of the handbook as far as a clock needs it. */
type CountedLimit = { readonly id: string; readonly value: number };

/** What the clocks of a company are counted with now. */
export type ClockBasis = {
  /** The last change of calendars or limits in it; a clock that remembers an older one is looked at again. */
  readonly seq: number;
  readonly book: CalendarBook;
  /** A limit of this version of the handbook, corrected where a correction is in force. */
  readonly limit: <T extends CountedLimit>(limit: T, versionId: string) => T;
};

/** `seq`: as it was after that change; else as it is now. */
export type ClockBasisOf = (db: Db, companyId: string, seq?: number) => Promise<ClockBasis>;

/**
 * How long a process counts with what it knows before it asks for changes. A clock that another process started within
 * this time carries the older `seq`, so the recalculation finds it: nothing is lost by asking rarely.
 */
const ASK_EVERY = 1000;

type Kept = { basis: ClockBasis; askedAt: number };

/** The basis of each company, kept in this process; `file` are the years that the program ships. */
export function companyClocks(file: CalendarBook): ClockBasisOf {
  const kept = new Map<string, Kept>();

  async function current(db: Db, companyId: string): Promise<ClockBasis> {
    const known = kept.get(companyId);
    const now = performance.now();
    if (known !== undefined && now - known.askedAt < ASK_EVERY) return known.basis;
    const { seq } = await db.one<{ seq: number }>(sql`
      select coalesce(max(h.seq), 0) as seq from clock_changes h where h.company_id = ${companyId}`);
    const basis = known?.basis.seq === seq ? known.basis : await loadBasis(db, companyId, file, seq);
    kept.set(companyId, { basis, askedAt: now });
    return basis;
  }

  return async (db, companyId, seq) => {
    const basis = await current(db, companyId);
    return seq === undefined || seq === basis.seq ? basis : await loadBasis(db, companyId, file, seq);
  };
}

async function loadBasis(db: Db, companyId: string, file: CalendarBook, seq: number): Promise<ClockBasis> {
  const years = await db.rows<CalendarYear>(sql`
    select distinct on (y.year) y.year, y.papers, y.days from calendar_years y
    join clock_changes h on h.company_id = y.company_id and h.id = y.change_id and h.seq <= ${seq}
    where y.company_id = ${companyId} order by y.year, h.seq desc`);
  const corrections = await db.rows<Correction>(sql`
    select h.limit_id as "limitId", h.value::float8 as value,
      array(select v.id from handbook_versions v
        where v.company_id = h.company_id and v.published_at <= h.decided_at) as versions
    from clock_changes h where h.company_id = ${companyId} and h.limit_id is not null and h.seq <= ${seq}
    order by h.seq desc`);
  const imported = new Set(years.map((one) => one.year));
  const all = [...file.years.filter((one) => !imported.has(one.year)), ...years];
  return {
    seq,
    book: years.length === 0 ? file : calendarBook(all),
    limit(limit, versionId) {
      const found = corrections.find((one) => one.limitId === limit.id && one.versions.includes(versionId));
      return found === undefined ? limit : { ...limit, value: found.value };
    },
  };
}

/** `versions`: those published before the correction; a later one says itself what is right. */
type Correction = {
  readonly limitId: string;
  readonly value: number;
  readonly versions: readonly string[];
};

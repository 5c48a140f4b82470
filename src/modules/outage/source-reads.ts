import { HOUR, type Instant } from '#kernel/instant.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { SOURCE_GROUPS, type SourceGroup, type SourceView } from './source-api.ts';

const SHOWN = 24;

export function hourOf(at: Instant): Instant {
  return Math.floor(at / HOUR) * HOUR;
}

/** Meters that say nothing are evidence only while their head-end is heard: one that is cut off is missing data. */
export async function hearsMeters(
  db: Db,
  companyId: string,
  silence: number,
  now: Instant,
): Promise<boolean> {
  const { has } = await db.one<{ has: boolean }>(sql`
    select exists (select 1 from outage_reports r where r.company_id = ${companyId} and r.source = 'last_gasp') as has`);
  if (!has) return false;
  const contact = await lastContact(db, companyId);
  return contact === null || silence <= 0 || contact > now - silence;
}

/**
 * Each source, hour by hour. People are heard whenever they ring; a head-end that has not been in contact for `silence` is cut off, and
 * its hours since are unknown, not quiet.
 */
export async function sourcesView(
  db: Db,
  companyId: string,
  silence: number,
  now: Instant,
): Promise<readonly SourceView[]> {
  const begins = hourOf(now) - (SHOWN - 1) * HOUR;
  const counted = await db.rows<{ source: SourceGroup; hour: number; count: number }>(sql`
    select ${groupOf()} as source, floor((extract(epoch from r.received_at) * 1000 - ${begins}) / ${HOUR}::float8)::integer as hour,
      count(*) as count
    from outage_reports r where r.company_id = ${companyId} and r.received_at >= ${timestamp(begins)}
    group by 1, 2`);
  const last = await db.rows<{ source: SourceGroup; at: Instant }>(sql`
    select g.source, l.at from (values ('people'), ('meters'), ('telemetry')) g (source)
    cross join lateral (select max(r.received_at) as at from outage_reports r
      where r.company_id = ${companyId} and r.received_at > ${timestamp(now - LOOKED_BACK)} and ${groupOf()} = g.source) l
    where l.at is not null`);
  const contact = await lastContact(db, companyId);
  const known = await hoursInContact(db, companyId, begins);
  return SOURCE_GROUPS.map((source) => {
    const heard = last.find((one) => one.source === source)?.at ?? null;
    const lastAt = source === 'people' ? heard : later(heard, contact);
    const isCutOff = source !== 'people' && lastAt !== null && silence > 0 && lastAt < now - silence;
    const hours = Array.from({ length: SHOWN }, (_, hour) => {
      const begin = begins + hour * HOUR;
      const count = counted.find((one) => one.source === source && one.hour === hour)?.count;
      if (count !== undefined || source === 'people') return count ?? 0;
      if (lastAt === null || (isCutOff && begin > lastAt)) return null;
      return known.size > 0 && begin < hourOf(lastAt) && !known.has(begin) ? null : 0;
    });
    return { source, lastAt, silentSince: isCutOff ? lastAt : null, hours };
  });
}

/** Hours in which a head-end showed its key; those of before the first are not known to be silent. */
async function hoursInContact(db: Db, companyId: string, from: Instant): Promise<ReadonlySet<Instant>> {
  const rows = await db.rows<{ hour: Instant }>(sql`
    select distinct c.hour from outage_source_contacts c where c.company_id = ${companyId} and c.hour >= ${timestamp(from)}`);
  return new Set(rows.map(({ hour }) => hour));
}

/** A source that nobody has heard for so long was never heard. */
const LOOKED_BACK = 30 * 24 * HOUR;

/** Meters by their head-end; a company without one has none that could fall silent. */
function groupOf() {
  return sql`case when r.source in ('last_gasp', 'ping') then 'meters' when r.source = 'telemetry' then 'telemetry'
    else 'people' end`;
}

/** When a head-end last showed its key, with events or with none. */
async function lastContact(db: Db, companyId: string): Promise<Instant | null> {
  const row = await db.one<{ at: Instant | null }>(sql`
    select max(k.used_at) as at from door_keys k
    where k.company_id = ${companyId} and k.door = 'meters' and k.revoked_at is null`);
  return row.at;
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b > a) ? b : a;
}

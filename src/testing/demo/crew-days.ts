import { DAY, HOUR, type Instant } from '#kernel/instant.ts';
import type { Database } from '#platform/db/db.ts';
import type { Loop } from '#platform/loop.ts';
import { timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { setShift, shiftPolicy } from '#modules/repair/index.ts';
import type { Cast } from './carry-order.ts';
import { must } from './carry-order.ts';
import { demoCrews, demoShifts } from './crews.ts';

/** So far ahead shifts are set; the demonstration may run for months. */
const AHEAD = 4 * DAY;

/** Sets the next days' shifts of the demonstration, so that somebody stands ready however long it runs. */
export function crewDays(cast: Cast, database: Database): Loop {
  return { name: 'crew-days', everyMs: HOUR, turn: async () => void (await setDays(cast, database)) };
}

export async function setDays({ company, deps }: Cast, database: Database): Promise<number> {
  const now = await database.now();
  const last = new Map(
    (
      await database.rows<{ id: string; until: Instant }>(sql`
        select s.crew_id as id, max(s.until_at) as until from crew_shifts s
        where s.company_id = ${company.id} and s.withdrawn_at is null and s.until_at > ${timestamp(now - 2 * DAY)}
        group by s.crew_id`)
    ).map((row) => [row.id, row.until]),
  );
  const policy = shiftPolicy(await deps.activeHandbook(database, company.id));
  const personId = company.staff.find((person) => person.post === 'dispatcher')?.id ?? '';
  const centre = { companyId: company.id, personId, unitIds: [], ofCentre: true, mayManage: true };
  // A crew that a visitor has closed or changed is his from then on.
  const standing = demoCrews(company).filter((crew) => last.has(crew.id));
  const shifts = standing.flatMap((crew) =>
    demoShifts(crew, Math.max(now - 12 * HOUR, last.get(crew.id) ?? now), now + AHEAD).filter(
      (shift) => shift.until > now,
    ),
  );
  for (const { crew, kind, from, until, people } of shifts) {
    const [leadId = '', watcherId = ''] = people.map((person) => person.id);
    await must(database, (tx) =>
      setShift(tx, centre, policy, crew.id, { kind, from, until, leadId, watcherId, others: [] }),
    );
  }
  return shifts.length;
}

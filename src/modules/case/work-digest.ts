import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { enqueue } from '#modules/notice/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseDeps } from './case-commands.ts';
import { listWork } from './work-reads.ts';

const ZONE = 8 * HOUR;
/** Half past seven in Shanghai: before the counters open. A default of ours. */
const FROM = 7 * HOUR + 30 * MINUTE;
/** Whoever has more open tasks is told "at least so many". */
const MOST = 300;

type Reader = {
  readonly companyId: string;
  readonly personId: string;
  readonly unitId: string;
  readonly unitIds: readonly string[];
  readonly posts: readonly string[];
};

/** On the morning of a working day, whoever wishes it gets one mail with what waits for him; nothing where nothing waits. */
export async function sendDigests(database: Database, deps: Pick<CaseDeps, 'clockBasis'>): Promise<void> {
  const now = await database.now();
  const midnight = Math.floor((now + ZONE) / DAY) * DAY - ZONE;
  if (now < midnight + FROM) return;
  const day = new Date(midnight + ZONE).toISOString().slice(0, 10);
  for (const reader of await listReaders(database, day)) {
    const { book } = await deps.clockBasis(database, reader.companyId);
    const { kind } = book.days.statusOf((midnight + ZONE) / DAY);
    if (kind !== 'work' && kind !== 'make-up') continue;
    await database.transaction((tx) => digest(tx, reader, { day, now, tomorrow: midnight + DAY }));
  }
}

async function digest(
  tx: Tx,
  reader: Reader,
  at: { readonly day: string; readonly now: Instant; readonly tomorrow: Instant },
): Promise<void> {
  const work = await listWork(tx, reader, at.now, MOST);
  const due = (from: Instant, to: Instant) =>
    work.filter((one) => one.due_at !== null && one.due_at >= from && one.due_at < to).length;
  const { companyId, personId } = reader;
  const data = { open: work.length, late: due(0, at.now), today: due(at.now, at.tomorrow) };
  if (work.length === 0) return;
  const key = `work-digest:${at.day}:${personId}`;
  await enqueue(tx, companyId, [{ key, channel: 'mail', template: 'work-digest', to: { personId }, data }]);
}

/** Who wishes a digest and has none of this day; as a session would see him. */
async function listReaders(database: Database, day: string): Promise<readonly Reader[]> {
  return await database.rows<Reader>(sql`
    select p.company_id as "companyId", p.id as "personId", m.unit_id as "unitId",
      array(select y.id from assignments x
        join units own on own.company_id = x.company_id and own.id = x.unit_id
        join units y on y.company_id = own.company_id
          and (y.id = own.id or (y.id = own.parent_id and y.kind <> 'company'))
        where x.company_id = p.company_id and x.person_id = p.id and x.until is null) as "unitIds",
      array(select x.post from assignments x
        where x.company_id = p.company_id and x.person_id = p.id and x.until is null) as posts
    from people p
    join assignments m on m.company_id = p.company_id and m.person_id = p.id and m.main and m.until is null
    where p.mail_digest and p.email is not null and p.left_at is null
      and not exists (select 1 from outbox o where o.company_id = p.company_id
        and o.key = ${`work-digest:${day}:`} || p.id)`);
}

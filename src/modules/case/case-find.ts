import type { Instant } from '#kernel/instant.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { FoundCase } from './case-list-api.ts';
import { type Reader, visibleCase } from './case-reads.ts';
import { nameOf } from './name-of.ts';
import { numbersMeant } from './domain/index.ts';

const MOST = 8;

type Row = {
  readonly id: string;
  readonly no: string;
  readonly version_id: string;
  readonly case_type: string;
  readonly place: string | null;
  readonly state: 'open' | 'closed';
};

/** Cases by number, for Ctrl+K: its beginning, or the last digits of the last fortnight. Newest first. */
export async function findByNumber(
  db: Db,
  library: ReturnType<typeof handbookLibrary>,
  reader: Reader,
  typed: string,
  now: Instant,
): Promise<readonly FoundCase[]> {
  const meant = numbersMeant(typed, now);
  if (meant === undefined) return [];
  const matches =
    'oneOf' in meant
      ? sql`c.no = any(${meant.oneOf}::text[])`
      : sql`c.no >= ${meant.startingWith} and c.no < ${`${meant.startingWith}~`}`;
  const rows = await db.rows<Row>(sql`
    select c.id, c.no, c.handbook_version_id as version_id, c.case_type, m.place, c.state
    from cases c
    left join households h on h.company_id = c.company_id and h.id = c.household_id
    left join premises m on m.company_id = h.company_id and m.id = h.premises_id
    where c.company_id = ${reader.companyId} and ${matches} and ${visibleCase(reader, now)}
    order by c.no desc limit ${MOST}`);
  return await Promise.all(
    rows.map(async ({ id, no, version_id, case_type, place, state }) => {
      const { handbook } = await library.version(db, reader.companyId, version_id);
      return { id, no, caseType: nameOf(handbook.caseTypes, case_type), place, state };
    }),
  );
}

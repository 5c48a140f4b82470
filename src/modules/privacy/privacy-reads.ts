import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import type { PersonalRows } from '#platform/db/personal-rows.ts';
import { sql } from '#platform/db/sql.ts';
import type { Erasure, KeptRows, PrivacyView } from './privacy-api.ts';

const SHOWN = 100;

/** What the company keeps of persons, by how long; and what was erased on request. */
export async function privacyView(
  db: Db,
  personal: readonly PersonalRows[],
  of: { readonly companyId: string; readonly version: HandbookVersion | undefined },
): Promise<PrivacyView> {
  const erasures = await db.rows<Erasure>(sql`
    select h.account_no as "accountNo", e.asked_at as "askedAt", p.name as by, e.reason from erasures e
    join households h on h.company_id = e.company_id and h.id = e.household_id
    join people p on p.company_id = e.company_id and p.id = e.by_person_id
    where e.company_id = ${of.companyId} order by e.asked_at desc limit ${SHOWN}`);
  const groups = [...Map.groupBy(personal, (rows) => rows.limit)];
  return { erasures, kept: groups.map(([limitId, rows]) => keptOf(limitId, rows, of.version)) };
}

function keptOf(
  limitId: string | null,
  rows: readonly PersonalRows[],
  version: HandbookVersion | undefined,
): KeptRows {
  const limit = version?.handbook.limits.find((one) => one.id === limitId);
  return {
    limitId,
    limit: limit?.name ?? null,
    value: limit?.value ?? null,
    unit: limit?.unit ?? null,
    source: limit?.source ?? null,
    confidence: limit?.confidence ?? null,
    tables: rows.map(({ table, columns }) => ({ table, columns: Object.keys(columns) })),
  };
}

import type { PersonalRows } from '#platform/db/personal-rows.ts';
import { type Sql, sql } from '#platform/db/sql.ts';

/** The words, names and phones of demands: five years after the end, as orders are kept (domain-rules §11.3). */
export const casePersonal: readonly PersonalRows[] = [
  {
    table: 'case_texts',
    columns: { body: null },
    with: ['salt'],
    stamp: 'blanked_at',
    limit: 'R103-case',
    since: caseEnd(sql`t.case_id`),
    of: ofCase(sql`t.case_id`),
  },
];

/** When a case ended; null while it is open. */
export function caseEnd(caseId: Sql): Sql {
  return sql`(select c.closed_at from cases c where c.company_id = t.company_id and c.id = ${caseId})`;
}

/**
 * It is of a case of this household. One with a closed list is not erased on request: what is said of misconduct is evidence
 * until its time is over.
 */
export function ofCase(caseId: Sql): (householdId: string) => Sql {
  return (
    householdId,
  ) => sql`exists (select 1 from cases c where c.company_id = t.company_id and c.id = ${caseId}
    and c.household_id = ${householdId} and c.closed_to is null)`;
}

import { caseEnd, ofCase } from '#modules/case/index.ts';
import type { PersonalRows } from '#platform/db/personal-rows.ts';
import { sql } from '#platform/db/sql.ts';

export const attachmentPersonal: readonly PersonalRows[] = [
  {
    table: 'case_files',
    columns: { hash: null, name: null },
    stamp: 'blanked_at',
    limit: 'R103-case',
    since: caseEnd(sql`t.case_id`),
    of: ofCase(sql`t.case_id`),
  },
  {
    // A content to which nothing points any more has no time left, whoever asks.
    table: 'file_contents',
    columns: { bytes: 'remove' },
    limit: null,
    since: sql`(select to_timestamp(0) where not exists (select 1 from case_files f
      where f.company_id = t.company_id and f.hash = t.hash))`,
    of: () => sql`true`,
  },
];

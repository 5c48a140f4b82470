import type { Instant } from '#kernel/instant.ts';
import type { CaseActor } from '#modules/case/index.ts';
import { decideAppeal } from '#modules/process/domain/index.ts';
import { isRefusal } from '#kernel/result.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { LiabilityNotice } from './voice-api.ts';

/** The latest, which is as far back as anybody appeals. */
const MOST = 100;

type Row = Omit<LiabilityNotice, 'appeal' | 'mayNot'> & {
  readonly unitId: string;
  readonly archived: boolean;
  readonly before: number;
  readonly asked_at: Instant | null;
  readonly words: string | null;
  readonly result: 'upheld' | 'changed' | null;
  readonly decided_at: Instant | null;
  readonly appeal_grounds: string | null;
};

/**
 * 责任认定书 of the reader's units: what they are held liable for, on which grounds, and what became of their appeal. It
 * names neither the case nor the customer nor who investigated: the unit is the party, and the case stays out of its sight.
 */
export async function liabilityNotices(db: Db, reader: CaseActor): Promise<readonly LiabilityNotice[]> {
  const rows = await db.rows<Row>(sql`
    select v.id, g.complaint_class as "complaintClass", v.verdict, v.liability, u.name as unit,
      v.liable_unit_id as "unitId", x.body as grounds, v.given_at as "givenAt", v.state = 'standing' as standing,
      c.state = 'closed' as archived,
      (select count(*) from verdict_appeals b join complaint_verdicts w on w.company_id = b.company_id
        and w.id = b.verdict_id where w.company_id = v.company_id and w.case_id = v.case_id
        and b.unit_id = v.liable_unit_id) as before,
      a.asked_at, y.body as words, a.result, a.decided_at, z.body as appeal_grounds
    from complaint_verdicts v
    join cases c on c.company_id = v.company_id and c.id = v.case_id
    join units u on u.company_id = v.company_id and u.id = v.liable_unit_id
    join case_texts x on x.company_id = v.company_id and x.id = v.grounds_id
    left join lateral (select g.complaint_class from complaint_grades g
      where g.company_id = v.company_id and g.case_id = v.case_id order by g.at desc limit 1) g on true
    left join verdict_appeals a on a.company_id = v.company_id and a.verdict_id = v.id
    left join case_texts y on y.company_id = a.company_id and y.id = a.words_id
    left join case_texts z on z.company_id = a.company_id and z.id = a.grounds_id
    where v.company_id = ${reader.companyId} and v.liable_unit_id = any(${reader.unitIds}::uuid[])
    order by v.given_at desc, v.id desc limit ${MOST}`);
  return rows.map(noticeOf);
}

function noticeOf(row: Row): LiabilityNotice {
  const { id, complaintClass, verdict, liability, unit, grounds, givenAt, standing } = row;
  const appeal =
    row.asked_at === null
      ? null
      : {
          askedAt: row.asked_at,
          words: row.words,
          result: row.result,
          decidedAt: row.decided_at,
          grounds: row.appeal_grounds,
        };
  const head = { id, complaintClass, verdict, liability, unit, grounds, givenAt, standing };
  return { ...head, mayNot: whyNot(row), appeal };
}

function whyNot({ standing, unitId, before, archived }: Row): string | null {
  if (!standing) return 'appeal.replaced';
  const decided = decideAppeal({ liableUnit: unitId, byUnit: unitId, appealsBefore: before, archived });
  return isRefusal(decided) ? decided.refused : null;
}

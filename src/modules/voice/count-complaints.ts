import { DAY, type Instant } from '#kernel/instant.ts';
import { type CaseActor, visibleCase } from '#modules/case/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { ComplaintClass } from './voice-api.ts';

/** 重复诉求 is the same matter within two months (domain-rules §3.5). */
const REPEAT_DAYS = 60;

/**
 * Complaints of the same customer about the same matter that the reader may see, this one included, and how many are too
 * many (R037). The customer is the same by his household, as the person who owns another household, or by the phone that he
 * gave; the matter by the class it was graded into, and while one of the two is not graded, it may be the same.
 */
export async function complaintsOf(
  db: Db,
  reader: CaseActor,
  complaint: {
    readonly id: string;
    readonly version: HandbookVersion;
    readonly complaintClass: ComplaintClass | null;
  },
  now: Instant,
): Promise<{ readonly count: number; readonly limit: number }> {
  const limit = complaint.version.handbook.limits.find((one) => one.id === 'R037')?.value;
  if (limit === undefined) throw new Error(`handbook ${complaint.version.hash} has no limit R037`);
  const { companyId } = reader;
  const { id, complaintClass } = complaint;
  const { count } = await db.one<{ count: number }>(sql`
    with me as (select m.id, m.household_id, h.customer_id, array(select ${digits(sql`x.body`)} from case_texts x
        where x.company_id = m.company_id and x.case_id = m.id and x.kind = 'contact-phone'
          and length(${digits(sql`x.body`)}) >= 7) as phones
      from cases m left join households h on h.company_id = m.company_id and h.id = m.household_id
      where m.company_id = ${companyId} and m.id = ${id})
    select count(*) as count from cases c cross join me
    left join households h on h.company_id = c.company_id and h.id = c.household_id
    where c.company_id = ${companyId} and c.case_type = 'TS' and c.accepted_at >= ${timestamp(now - REPEAT_DAYS * DAY)}
      and (c.id = me.id or c.household_id = me.household_id or h.customer_id = me.customer_id
        or exists (select 1 from case_texts x where x.company_id = c.company_id and x.case_id = c.id
          and x.kind = 'contact-phone' and ${digits(sql`x.body`)} = any(me.phones)))
      and (c.id = me.id or ${complaintClass}::text is null or coalesce((select g.complaint_class from complaint_grades g
        where g.company_id = c.company_id and g.case_id = c.id order by g.at desc limit 1), ${complaintClass}::text)
        = ${complaintClass}::text)
      and ${visibleCase(reader, now)}`);
  return { count, limit };
}

/** The last eleven digits of a number: a mobile one whatever stands before it. */
function digits(text: ReturnType<typeof sql>) {
  return sql`right(regexp_replace(coalesce(${text}, ''), '[^0-9]', '', 'g'), 11)`;
}

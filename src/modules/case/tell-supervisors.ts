import { enqueue } from '#modules/notice/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

type Demand = {
  readonly id: string;
  readonly closedTo: readonly string[] | null;
  readonly intake: { readonly escalationRisk: boolean; readonly accusedUnitId: string | null };
};

/**
 * A customer says that he goes to the media, the government or 12345: the control centre hears it with the demand, not from the
 * newspaper (domain-rules §3.3). Nothing of what has a closed list, and nothing of a demand about the centre itself.
 */
export async function tellMayEscalate(
  tx: Tx,
  companyId: string,
  centreId: string | undefined,
  accepted: readonly Demand[],
): Promise<void> {
  const told = accepted.filter(
    ({ closedTo, intake }) => intake.escalationRisk && closedTo === null && intake.accusedUnitId !== centreId,
  );
  if (told.length === 0 || centreId === undefined) return;
  const officers = await tx.rows<{ personId: string }>(sql`
    select distinct a.person_id as "personId" from assignments a
    where a.company_id = ${companyId} and a.unit_id = ${centreId} and a.until is null and a.post = 'control-officer'`);
  await enqueue(
    tx,
    companyId,
    told.flatMap(({ id: caseId }) =>
      officers.map(({ personId }) => ({
        key: `case-may-escalate:${caseId}:${personId}`,
        channel: 'desk' as const,
        template: 'case-may-escalate',
        to: { personId },
        data: { caseId },
      })),
    ),
  );
}

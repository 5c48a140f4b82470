import type { Refusal } from '#kernel/result.ts';
import type { CaseActor, CaseDeps } from '#modules/case/index.ts';
import { decideAppealOf, giveGrade, giveVerdict } from '#modules/voice/index.ts';
import type { StepDefinition } from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Random } from './seeded.ts';

const GROUNDS = '核对工单、通话录音和现场记录，承办人超过约定时间未到场，也未提前告知';

/** What is judged at the complaint desk, as somebody fit to judge would: mostly general, two in three founded. */
export async function judgeComplaint(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  judged: {
    readonly step: StepDefinition;
    readonly orderId: string;
    readonly seq: number;
    readonly round: number;
    readonly random: Random;
  },
): Promise<object | Refusal> {
  const { seq, round, random } = judged;
  const { id: caseId, accused } = await tx.one<{ id: string; accused: string | null }>(sql`
    select c.id, c.accused_unit_id as accused from case_orders l
    join cases c on c.company_id = l.company_id and c.id = l.case_id
    where l.company_id = ${actor.companyId} and l.order_id = ${judged.orderId} and l.unlinked_at is null limit 1`);
  const which = { caseId, seq, round };
  switch (judged.step.judgement) {
    case 'grade':
      return await giveGrade(tx, deps, actor, {
        ...which,
        complaintClass: random.pick(['service', 'business', 'outage', 'quality']),
        passedOnBy: 'none',
        media: 'none',
        mayCauseMassIncident: false,
        seriousOpinionRisk: false,
        injury: false,
        threatensGovernmentOrMedia: random.chance(0.2),
        repeatedComplaint: false,
      });
    case 'verdict': {
      const founded = random.chance(0.67);
      const liable = founded && accused !== null;
      return await giveVerdict(tx, deps, actor, {
        ...which,
        verdict: founded ? 'founded' : 'unfounded',
        liability: liable ? 'unit' : founded ? 'outside' : 'none',
        liableUnitId: liable ? accused : null,
        grounds: founded ? GROUNDS : '核对录音和工单，当班人员按规范办理，没有不当之处',
      });
    }
    default:
      return await decideAppealOf(tx, deps, actor, {
        ...which,
        result: 'upheld',
        verdict: null,
        liability: null,
        liableUnitId: null,
        grounds: '复核原始记录，认定的事实清楚，维持原认定',
      });
  }
}

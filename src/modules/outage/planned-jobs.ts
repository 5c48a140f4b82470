import { HOUR } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { enqueue, type NewMessage } from '#modules/notice/index.ts';
import { inTurn } from '#platform/db/in-turn.ts';
import { type Database, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Loop } from '#platform/loop.ts';
import { again } from './planned-notices.ts';
import { noticeLimit, type PlanDeps, rulesByCompany } from './planned-policy.ts';
import { PLAN_COLUMNS, type PlanRow } from './planned-store.ts';

const AT_ONCE = 20;

/** What comes round for planned outages: reminders to customers, and what somebody forgets. */
export function plannedLoops(database: Database, deps: PlanDeps): readonly Loop[] {
  return [
    {
      name: 'planned-reminders',
      everyMs: 30_000,
      turn: () => inTurn(database, 'planned-reminders', (tx) => remind(tx, deps)),
    },
    { name: 'planned-warnings', everyMs: 60_000, turn: () => database.transaction((tx) => warn(tx, deps)) },
  ];
}

type OfCompany = PlanRow & { readonly companyId: string };

/** A day before (R060-reminder), once a round; not for what was announced so late that the notice itself reminds. */
async function remind(tx: Tx, deps: PlanDeps): Promise<void> {
  const plans = await tx.rows<OfCompany>(sql`
    select p.company_id as "companyId", ${PLAN_COLUMNS} from planned_outages p
    where p.stage = 'announced' and p.kind = 'planned' and p.from_at > ${timestamp(tx.now)}
      and p.from_at <= ${timestamp(tx.now)}::timestamptz + interval '7 days'
      and not exists (select 1 from planned_tellings t where t.company_id = p.company_id and t.plan_id = p.id
        and t.cause = 'reminder' and t.round = p.round)
    order by p.from_at limit ${AT_ONCE} for update of p`);
  const rulesFor = rulesByCompany(tx, deps);
  for (const plan of plans) {
    const rules = await rulesFor(plan.companyId);
    if (isRefusal(rules) || rules.before('R060-reminder', plan.from).at > tx.now) continue;
    await again(tx, plan.companyId, plan, 'reminder', null);
  }
}

/** A notice that must be out within a day, and an outage that is past its published end: told to whoever drafted and approved. */
async function warn(tx: Tx, deps: PlanDeps): Promise<void> {
  const plans = await tx.rows<OfCompany>(sql`
    select p.company_id as "companyId", ${PLAN_COLUMNS} from planned_outages p
    where (p.stage in ('need', 'consulting', 'deciding', 'approved') and p.from_at > ${timestamp(tx.now)}
        and p.from_at <= ${timestamp(tx.now)}::timestamptz + interval '15 days')
      or (p.stage = 'underway' and p.until_at <= ${timestamp(tx.now)})
    order by p.from_at limit 500`);
  const rulesFor = rulesByCompany(tx, deps);
  for (const plan of plans) {
    const rules = await rulesFor(plan.companyId);
    if (isRefusal(rules)) continue;
    if (plan.stage === 'underway')
      await enqueue(tx, plan.companyId, toThem(plan, { template: 'planned-late-now', dueAt: plan.until }));
    else {
      const { at } = rules.before(noticeLimit(plan.kind), plan.from);
      const lead = plan.from - at;
      // A day before it is too late; of a lead of one day, half of it.
      if (tx.now < at && tx.now >= at - Math.min(24 * HOUR, lead / 2))
        await enqueue(tx, plan.companyId, toThem(plan, { template: 'planned-notice-due', dueAt: at }));
    }
  }
}

function toThem(
  plan: PlanRow,
  {
    template,
    dueAt,
  }: { readonly template: 'planned-late-now' | 'planned-notice-due'; readonly dueAt: number },
): readonly NewMessage[] {
  const people = new Set([plan.draftedBy, plan.approvedBy].filter((id) => id !== null));
  return [...people].map((personId) => ({
    key: `${template}:${plan.id}:${dueAt}:${personId}`,
    channel: 'desk',
    template,
    to: { personId },
    data: { planId: plan.id, dueAt },
  }));
}

import type { Instant } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { dueNext, type PlanDue, type PlanFacts } from './domain/index.ts';
import type { OpenPlan, PlanBrief } from './planned-api.ts';
import { type PlanDeps, policyOf, type Rules, rulesOf } from './planned-policy.ts';
import { FAILED, OWED, type PlanRow } from './planned-store.ts';

export const BRIEF = sql`p.id, p.no, p.kind, p.stage, p.from_at as "from", p.until_at as until, p.households, p.work`;
/** The nearest starts; so many plans at work at once are more than a county has. */
const OPEN_SHOWN = 200;

/** Every plan that is not over, what is due first before what is due later, and then those that nothing runs for. */
export async function listOpenPlans(db: Db, deps: PlanDeps, companyId: string): Promise<readonly OpenPlan[]> {
  const rules = await rulesOf(db, deps, companyId);
  const contacts = isRefusal(rules) ? 0 : rules.contacts;
  const rows = await db.rows<
    PlanBrief & {
      draftedAt: Instant;
      announcedAt: Instant | null;
      startedAt: Instant | null;
      unanswered: boolean;
      untoldBy: Instant | null;
    }
  >(sql`
    select ${BRIEF}, p.drafted_at as "draftedAt", p.announced_at as "announcedAt", p.started_at as "startedAt",
      exists (select 1 from planned_consultations c where c.company_id = p.company_id and c.plan_id = p.id
        and c.answer is null and c.contacts < ${contacts}) as unanswered,
      (select min(t.due_at) from planned_tellings t
        left join outbox o on o.company_id = t.company_id and o.key = 'planned:' || t.id
        where ${OWED} and t.decision is null and (t.told_at is null or ${FAILED})) as "untoldBy"
    from planned_outages p
    where p.company_id = ${companyId} and p.stage not in ('closed', 'cancelled')
    order by p.from_at, p.id limit ${OPEN_SHOWN}`);
  return rows
    .map(({ draftedAt, announcedAt, startedAt, unanswered, untoldBy, ...plan }) => {
      const running = { ...plan, draftedAt, announcedAt, startedAt, unanswered, untoldBy };
      const due = isRefusal(rules) ? null : dueNext(running, policyOf(rules, plan.kind, plan.from));
      return { ...plan, due };
    })
    .toSorted((a, b) => (a.due?.at ?? Infinity) - (b.due?.at ?? Infinity) || a.from - b.from);
}

/** The same for one plan, of whose people everything is read already. */
export function dueOf(rules: Rules, plan: PlanRow, facts: PlanFacts): PlanDue | null {
  const untold = facts.owed
    .filter(({ toldAt, failed, decision }) => decision === null && (toldAt === null || failed))
    .map(({ dueAt }) => dueAt);
  const running = {
    ...plan,
    unanswered: facts.consultations.some(
      ({ answer, contacts }) => answer === null && contacts < rules.contacts,
    ),
    untoldBy: untold.length === 0 ? null : Math.min(...untold),
  };
  return dueNext(running, policyOf(rules, plan.kind, plan.from));
}

import type { Instant } from '#kernel/instant.ts';
import type { Db } from '#platform/db/db.ts';
import { decideStep, type PlanFacts, type PlanStage, type PlanStep } from './domain/index.ts';
import type { PlanAction, PlanView } from './planned-api.ts';
import { factsOf } from './planned-facts.ts';
import { policyOf, type Rules } from './planned-policy.ts';
import type { PlanReader, PlanRow } from './planned-store.ts';

const NEEDS: Readonly<Record<PlanAction, string>> = {
  compute: 'planned.draft',
  devices: 'planned.draft',
  authority: 'planned.draft',
  ask: 'planned.draft',
  submit: 'planned.draft',
  approve: 'planned.approve',
  override: 'planned.override',
  announce: 'planned.draft',
  move: 'planned.draft',
  cancel: 'planned.draft',
  start: 'planned.run',
  extend: 'planned.run',
  restore: 'planned.run',
  close: 'planned.draft',
};

const OFFERED: Readonly<Record<PlanStage, readonly PlanAction[]>> = {
  need: ['submit', 'ask', 'authority', 'compute', 'devices', 'move', 'cancel'],
  consulting: ['submit', 'ask', 'authority', 'compute', 'devices', 'move', 'cancel'],
  deciding: ['approve', 'override', 'authority', 'compute', 'devices', 'move', 'cancel'],
  approved: ['announce', 'compute', 'devices', 'move', 'cancel'],
  announced: ['start', 'compute', 'move', 'cancel'],
  underway: ['restore', 'extend'],
  restored: ['close'],
  closed: [],
  cancelled: [],
};

/** Stages in which somebody tells or takes receipts; of what was cancelled, that it was. */
const TELLING: readonly PlanStage[] = ['announced', 'underway', 'cancelled'];

/** What may be done next with a plan and by whom; what stands in the way of the next step stands there even where it is another's. */
export async function possibleSteps(
  db: Db,
  reader: PlanReader,
  rules: Rules,
  plan: PlanRow,
  now: Instant,
): Promise<
  Pick<PlanView, 'actions' | 'next' | 'blocks' | 'mayAnswer' | 'mayTell' | 'mayGoOn'> & {
    readonly facts: PlanFacts;
  }
> {
  const facts = await factsOf(db, reader.companyId, rules, plan);
  const may = (action: PlanAction) =>
    reader.permissions.includes(NEEDS[action]) ||
    (action === 'move' && reader.permissions.includes('planned.override'));
  const asksFirst = facts.mustAsk > facts.consultations.length;
  const offered = OFFERED[plan.stage].filter(
    (one) =>
      (one !== 'ask' || asksFirst) && (one !== 'authority' || (facts.continuous > 0 && !facts.authority)),
  );
  const next = asksFirst && offered.includes('ask') ? 'ask' : (offered[0] ?? null);
  const decision =
    next === null
      ? null
      : decideStep(facts, stepFor(next, facts, reader, now), policyOf(rules, plan.kind, plan.from), now);
  const open = ['need', 'consulting', 'deciding'].includes(plan.stage);
  const ordered = next === null ? offered : [next, ...offered.filter((one) => one !== next)];
  return {
    facts,
    next,
    blocks: decision !== null && 'blocks' in decision ? decision.blocks : [],
    actions: ordered
      .filter(may)
      .filter((one) => one !== 'move' || open || reader.permissions.includes('planned.override')),
    mayAnswer:
      ['consulting', 'deciding', 'approved'].includes(plan.stage) &&
      reader.permissions.includes('planned.consult'),
    mayTell: TELLING.includes(plan.stage) && reader.permissions.includes('planned.tell'),
    mayGoOn: TELLING.includes(plan.stage) && reader.permissions.includes('planned.override'),
  };
}

/** The next step as it would be tried now. */
function stepFor(action: PlanAction, facts: PlanFacts, reader: PlanReader, now: Instant): PlanStep {
  if (action === 'approve') {
    const way = facts.meetsAt === null ? 'approval' : 'meeting';
    // Whoever may not approve is told what stands in the way of those who may.
    const by = reader.permissions.includes('planned.approve') ? reader.personId : 'approver';
    return { do: 'approve', way, by, override: null };
  }
  // That its time has not come is no obstacle to be mended.
  if (action === 'start') return { do: 'start', at: Math.max(now, facts.from) };
  if (action === 'ask' || action === 'submit' || action === 'announce') return { do: action };
  return action === 'restore' ? { do: 'restore' } : { do: 'close' };
}

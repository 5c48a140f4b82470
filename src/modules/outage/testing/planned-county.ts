import { DAY, HOUR } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import { smallCounty } from '#modules/case/testing/small-county.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import type { DraftPlan } from '../planned-api.ts';
import { approvePlan, askCustomers, type PlanActor, recordAnswer, submitPlan } from '../planned-commands.ts';
import { draftPlan } from '../planned-draft.ts';
import { announcePlan } from '../planned-notices.ts';
import { planView } from '../planned-reads.ts';
import { recordTelling } from '../planned-tellings.ts';

export const ALL = [
  'planned.draft',
  'planned.approve',
  'planned.run',
  'planned.consult',
  'planned.tell',
  'planned.override',
];

/** A small county with the people who plan an outage. */
export async function plannedCounty() {
  const t = await smallCounty();
  const as = async (login: string, deputy = false): Promise<PlanActor> => ({
    companyId: t.companyId,
    personId: (await t.actor(login)).personId,
    deputy,
  });
  const [planner, head, deputy, dispatcher] = [
    await as('planner'),
    await as('operation-head'),
    await as('deputy-manager', true),
    await as('grid-dispatcher'),
  ];
  /** A transformer with a household of its own and one of two supplies where there is one. */
  const { feeder } = await t.database.one<{ feeder: string }>(sql`
    select p.feeder_id as feeder from network_supplies s
    join network_places p on p.company_id = s.company_id and p.device_id = s.transformer_id
    where s.company_id = ${t.companyId} group by p.feeder_id order by count(*) desc, p.feeder_id limit 1`);
  const code = async (command: (tx: Tx) => Promise<object | Refusal>) => {
    const result = await transact(t.database, command);
    return isRefusal(result) ? result.refused : 'done';
  };
  const view = async (id: string) => {
    const reader = { companyId: t.companyId, personId: head.personId, permissions: ALL };
    const found = await planView(t.database, t.deps, reader, id, t.clock.now);
    if (isRefusal(found)) throw new Error(found.refused);
    return found;
  };
  const wanted = (given: Partial<DraftPlan> = {}): DraftPlan => ({
    kind: 'planned',
    reason: 'maintenance',
    work: '更换 12# 杆隔离开关',
    from: t.clock.now + 20 * DAY,
    until: t.clock.now + 20 * DAY + 6 * HOUR,
    traffic: false,
    deviceIds: [feeder],
    ...given,
  });
  const draft = async (given: Partial<DraftPlan> = {}) =>
    await t.must((tx) => draftPlan(tx, t.deps, planner, wanted(given)));
  const seqOf = async (id: string) => (await view(id)).seq;
  const askAll = async (id: string) => {
    const { consultations, next } = await view(id);
    if (next !== 'ask' && consultations.length === 0) return;
    await t.must(async (tx) => askCustomers(tx, t.deps, planner, { id, seq: await seqOf(id) }));
  };
  return { ...t, planner, head, deputy, dispatcher, feeder, code, view, wanted, draft, seqOf, askAll };
}

/** Everybody who was asked agrees; the plan is decided and announced. */
export async function announced(
  t: Awaited<ReturnType<typeof plannedCounty>>,
  given: Partial<DraftPlan> = {},
) {
  const { id } = await t.draft(given);
  await t.askAll(id);
  for (const { householdId } of (await t.view(id)).consultations)
    await t.must((tx) => recordAnswer(tx, t.planner, { planId: id, householdId, answer: 'agrees' }));
  await t.must(async (tx) =>
    submitPlan(tx, t.deps, t.planner, { id, seq: await t.seqOf(id), meeting: false }),
  );
  const approve = { id, way: 'approval', override: null } as const;
  await t.must(async (tx) => approvePlan(tx, t.deps, t.head, { ...approve, seq: await t.seqOf(id) }));
  await t.must(async (tx) => announcePlan(tx, t.deps, t.planner, { id, seq: await t.seqOf(id) }));
  for (const { id: telling, toldAt } of (await t.view(id)).byHand)
    if (toldAt === null) await t.must((tx) => recordTelling(tx, t.planner, { id: telling, receipt: true }));
  return id;
}

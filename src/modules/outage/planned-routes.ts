import { Type } from 'typebox';
import type { Database } from '#platform/db/db.ts';
import { param, type Principal, type Router } from '#platform/http/router.ts';
import {
  answerSchema,
  approveSchema,
  authoritySchema,
  decideTellingSchema,
  devicesSchema,
  draftPlanSchema,
  extendSchema,
  moveSchema,
  overrideSchema,
  reasonSchema,
  seqSchema,
  startSchema,
  submitSchema,
  toldSchema,
} from './planned-api.ts';
import {
  approvePlan,
  askCustomers,
  type PlanActor,
  recordAnswer,
  recordAuthority,
  submitPlan,
} from './planned-commands.ts';
import { changeDevices, computePlan, draftPlan } from './planned-draft.ts';
import { announcePlan, cancelPlan, movePlan } from './planned-notices.ts';
import type { PlanDeps } from './planned-policy.ts';
import { planBoard, planHouseholds, planNotice, planView } from './planned-reads.ts';
import { decideTelling, recordTelling } from './planned-tellings.ts';
import { closePlan, extendPlan, restorePlan, startPlan } from './planned-run.ts';

/** 停电计划: from the need to what came after it. */
export function plannedRoutes(router: Router, database: Database, deps: PlanDeps): void {
  readRoutes(router, database, deps);
  draftRoutes(router, deps);
  runRoutes(router, deps);
}

function actorOf(who: Principal): PlanActor {
  const { companyId, personId, permissions } = who;
  return { companyId, personId, deputy: permissions.includes('planned.override') };
}

const instant = Type.String({ pattern: '^[0-9]{1,16}$' });

function readRoutes(router: Router, database: Database, deps: PlanDeps): void {
  const head = { permission: 'planned.read', object: 'other' } as const;
  router.read({
    path: '/api/planned',
    permission: 'planned.read',
    object: 'none',
    summary: 'Planned outages of a span of days by feeder, and all that are not closed',
    query: { from: instant, to: instant },
    answer: async (who, request) => {
      const { from, to } = request.query as { readonly from: string; readonly to: string };
      return await planBoard(database, deps, who, { from: Number(from), to: Number(to) });
    },
  });
  router.read({
    ...head,
    path: '/api/planned/:id',
    summary: 'A planned outage: whom it concerns, what they said, who was told, and what stands in its way',
    answer: async (who, request) =>
      await planView(database, deps, who, param(request, 'id'), await database.now()),
  });
  router.read({
    ...head,
    path: '/api/planned/:id/households',
    summary: 'The households of a planned outage, masked, by kind',
    query: {
      kind: Type.Optional(Type.String({ pattern: '^[a-z]{3,12}$' })),
      offset: Type.Optional(Type.String({ pattern: '^[0-9]{1,6}$' })),
    },
    answer: async (who, request) => {
      const { kind = null, offset = '0' } = request.query as {
        readonly kind?: string;
        readonly offset?: string;
      };
      const page = { kind, offset: Number(offset) };
      return await planHouseholds(database, who.companyId, param(request, 'id'), page);
    },
  });
  router.read({
    ...head,
    path: '/api/planned/:id/notice',
    summary: 'The notice of a planned outage as it is posted, with the villages it concerns',
    answer: async (who, request) => await planNotice(database, who.companyId, param(request, 'id')),
  });
}

function draftRoutes(router: Router, deps: PlanDeps): void {
  const draft = { permission: 'planned.draft', object: 'other' } as const;
  router.write({
    path: '/api/planned',
    permission: 'planned.draft',
    object: 'none',
    summary: 'Drafts a planned outage and counts whom it concerns',
    body: draftPlanSchema,
    command: (tx, who, request) => draftPlan(tx, deps, actorOf(who), request.body),
  });
  router.write({
    ...draft,
    path: '/api/planned/:id/compute',
    summary: 'Counts anew whom a planned outage concerns',
    body: seqSchema,
    command: (tx, who, request) =>
      computePlan(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    ...draft,
    path: '/api/planned/:id/devices',
    summary: 'Other devices of a planned outage, before it is announced; whom it concerns is counted anew',
    body: devicesSchema,
    command: (tx, who, request) =>
      changeDevices(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    ...draft,
    path: '/api/planned/:id/authority',
    summary: 'The approving department has agreed to a planned outage, by a paper with a number',
    body: authoritySchema,
    command: (tx, who, request) =>
      recordAuthority(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    ...draft,
    path: '/api/planned/:id/ask',
    summary: 'Asks the key and important customers through their managers',
    body: seqSchema,
    command: (tx, who, request) =>
      askCustomers(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    path: '/api/planned/:id/consultations/:householdId',
    permission: 'planned.consult',
    object: 'other',
    summary: 'What a customer said about the time of an outage, or that he was reached in vain',
    body: answerSchema,
    command: (tx, who, request) =>
      recordAnswer(tx, actorOf(who), {
        ...request.body,
        planId: param(request, 'id'),
        householdId: param(request, 'householdId'),
      }),
  });
  router.write({
    ...draft,
    path: '/api/planned/:id/submit',
    summary: 'Brings a planned outage before the balance meeting or to approval',
    body: submitSchema,
    command: (tx, who, request) =>
      submitPlan(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    path: '/api/planned/:id/approve',
    permission: 'planned.approve',
    object: 'other',
    summary: 'Approves a planned outage, alone or as the balance meeting decided',
    body: approveSchema,
    command: (tx, who, request) =>
      approvePlan(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id'), override: null }),
  });
  router.write({
    path: '/api/planned/:id/override',
    permission: 'planned.override',
    object: 'other',
    summary: 'The deputy manager approves a planned outage against what stands in its way, with a reason',
    body: overrideSchema,
    command: (tx, who, request) => {
      const { seq, reason } = request.body;
      const asked = { id: param(request, 'id'), seq, way: 'deputy', override: reason } as const;
      return approvePlan(tx, deps, actorOf(who), asked);
    },
  });
}

function runRoutes(router: Router, deps: PlanDeps): void {
  const draft = { permission: 'planned.draft', object: 'other' } as const;
  const run = { permission: 'planned.run', object: 'other' } as const;
  router.write({
    ...draft,
    path: '/api/planned/:id/announce',
    summary: 'Publishes the notice: posted, sent, and lists for the villages',
    body: seqSchema,
    command: (tx, who, request) =>
      announcePlan(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    ...draft,
    path: '/api/planned/:id/move',
    summary: "Another time; after the decision it is the deputy manager's urgent change",
    body: moveSchema,
    command: (tx, who, request) =>
      movePlan(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    ...draft,
    path: '/api/planned/:id/cancel',
    summary: 'A planned outage does not take place; whoever was told of it is told so',
    body: reasonSchema,
    command: (tx, who, request) =>
      cancelPlan(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    path: '/api/planned/tellings/:id',
    permission: 'planned.tell',
    object: 'other',
    summary: 'An addressee was told by hand, or gave a receipt',
    body: toldSchema,
    command: (tx, who, request) =>
      recordTelling(tx, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    path: '/api/planned/tellings/:id/in-person',
    permission: 'planned.tell',
    object: 'other',
    summary: 'An addressee whom the message did not reach was told in person',
    body: decideTellingSchema,
    command: (tx, who, request) =>
      decideTelling(tx, actorOf(who), {
        ...request.body,
        id: param(request, 'id'),
        decision: 'in-person',
      }),
  });
  router.write({
    path: '/api/planned/tellings/:id/go-on',
    permission: 'planned.override',
    object: 'other',
    summary: 'The deputy manager goes on without an addressee whom the message did not reach, with a reason',
    body: decideTellingSchema,
    command: (tx, who, request) =>
      decideTelling(tx, actorOf(who), { ...request.body, id: param(request, 'id'), decision: 'go-on' }),
  });
  router.write({
    ...run,
    path: '/api/planned/:id/start',
    summary: 'The outage begins: its devices are recorded open, as planned',
    body: startSchema,
    command: (tx, who, request) =>
      startPlan(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    ...run,
    path: '/api/planned/:id/extend',
    summary: 'It takes longer: told before the published end, with a reason and a new time',
    body: extendSchema,
    command: (tx, who, request) =>
      extendPlan(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    ...run,
    path: '/api/planned/:id/restore',
    summary: 'Supply is back; early or late is recorded',
    body: startSchema,
    command: (tx, who, request) =>
      restorePlan(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    ...draft,
    path: '/api/planned/:id/close',
    summary: 'A planned outage is looked back upon and closed',
    body: seqSchema,
    command: (tx, who, request) =>
      closePlan(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
}

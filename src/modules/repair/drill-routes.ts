import { Type } from 'typebox';
import { refuse } from '#kernel/result.ts';
import { actorOf, type CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import {
  addFindingSchema,
  checkFindingSchema,
  closeFindingSchema,
  endDrillSchema,
  planDrillSchema,
} from './drill-api.ts';
import { answerInject, beginDrill, cancelDrill, endDrill, giveInject, planDrill } from './drill-commands.ts';
import { addFinding, checkFinding, closeFinding } from './drill-findings.ts';
import { drillView, listDrills, listOwners } from './drill-reads.ts';

const none = Type.Object({}, { additionalProperties: false });

/** 演练: exercises with local government. */
export function drillRoutes(
  router: Router,
  { database }: { readonly database: Database },
  deps: CaseDeps,
): void {
  router.read({
    path: '/api/drills',
    permission: 'drill.read',
    object: 'none',
    summary: 'Exercises, the latest first, with what is still to be put right',
    answer: (who) => listDrills(database, who.companyId),
  });
  router.read({
    path: '/api/drills/:id',
    permission: 'drill.read',
    object: 'other',
    summary: 'An exercise: script, measured times, findings',
    answer: async (who, request) => {
      const version = await deps.activeHandbook(database, who.companyId);
      const reader = { ...who, mayRun: who.permissions.includes('drill.run') };
      return (await drillView(database, reader, version, param(request, 'id'))) ?? refuse('http.not-found');
    },
  });
  const head = { permission: 'drill.run', object: 'other' } as const;
  router.write({
    ...head,
    path: '/api/drills',
    object: 'none',
    summary: 'Plans an exercise with its script',
    body: planDrillSchema,
    command: (tx, who, request) => planDrill(tx, deps, actorOf(who), request.body),
  });
  router.write({
    ...head,
    path: '/api/drills/:id/begin',
    summary: 'Begins an exercise',
    body: none,
    command: (tx, who, request) => beginDrill(tx, actorOf(who), param(request, 'id')),
  });
  router.write({
    ...head,
    path: '/api/drills/:id/cancel',
    summary: 'A planned exercise does not take place',
    body: none,
    command: (tx, who, request) => cancelDrill(tx, actorOf(who), param(request, 'id')),
  });
  router.write({
    ...head,
    path: '/api/drill-injects/:id/give',
    summary: 'Brings an event of the script in: a report becomes a marked case',
    body: none,
    command: (tx, who, request) => giveInject(tx, deps, actorOf(who), param(request, 'id')),
  });
  router.write({
    ...head,
    path: '/api/drill-injects/:id/answered',
    summary: 'A message of the script was answered by word',
    body: none,
    command: (tx, who, request) => answerInject(tx, actorOf(who), param(request, 'id')),
  });
  router.write({
    ...head,
    path: '/api/drills/:id/end',
    summary: 'Ends an exercise with every case of it',
    body: endDrillSchema,
    command: (tx, who, request) =>
      endDrill(tx, deps, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    ...head,
    path: '/api/drills/:id/findings',
    summary: 'What was found: who puts it right, by when',
    body: addFindingSchema,
    command: (tx, who, request) =>
      addFinding(tx, actorOf(who), { ...request.body, drillId: param(request, 'id') }),
  });
  router.write({
    ...head,
    path: '/api/drill-findings/:id/check',
    summary: 'Somebody else looks whether a finding that was put right holds',
    body: checkFindingSchema,
    command: (tx, who, request) =>
      checkFinding(tx, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.read({
    path: '/api/drill-owners/:id',
    permission: 'drill.run',
    object: 'other',
    summary: 'Who works in a unit and can own a finding',
    answer: (who, request) => listOwners(database, who.companyId, param(request, 'id')),
  });
  router.write({
    path: '/api/drill-findings/:id/close',
    permission: 'drill.read',
    object: 'other',
    summary: 'A finding was put right, and how',
    body: closeFindingSchema,
    command: (tx, who, request) =>
      closeFinding(tx, actorOf(who), {
        ...request.body,
        id: param(request, 'id'),
        mayRun: who.permissions.includes('drill.run'),
      }),
  });
}

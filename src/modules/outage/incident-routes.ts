import { refuse } from '#kernel/result.ts';
import { actorOf, type CaseDeps, sharedByAudience } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { beforeOrder } from './before-order.ts';
import {
  callFalseAlarm,
  confirmIncident,
  mergeIncidents,
  moveIncident,
  splitIncident,
} from './decide-commands.ts';
import { reportHazard } from './hazard-commands.ts';
import { confirmSchema, hazardSchema, mergeSchema, moveSchema, splitSchema } from './incident-api.ts';
import { incidentView, openIncidents } from './incident-reads.ts';
import { outagePolicy } from './outage-policy.ts';
import { sourcesView } from './source-reads.ts';

/** Incidents: what is believed and why, the dispatcher's word about it, dangers, and what is known before an order is made. */
export function incidentRoutes(router: Router, database: Database, deps: CaseDeps): void {
  const openFor = sharedByAudience(
    database,
    async (reader) => await openIncidents(database, reader, await database.now()),
  );
  router.read({
    path: '/api/outage/incidents',
    permission: 'outage.read',
    object: 'none',
    summary: 'Open incidents: dangers first, then the largest',
    answer: async (who) => await openFor(actorOf(who)),
  });
  router.read({
    path: '/api/outage/incidents/:id',
    permission: 'outage.read',
    object: 'other',
    summary: 'An incident: which reports and which silence speak for it, and what became of it',
    answer: async (who, request) =>
      (await incidentView(database, actorOf(who), param(request, 'id'), await database.now())) ??
      refuse('http.not-found'),
  });
  router.read({
    path: '/api/outage/sources',
    permission: 'outage.read',
    object: 'none',
    summary: 'What each source of reports said hour by hour, and which is cut off',
    answer: async (who) => {
      const { silence } = await outagePolicy(database, deps, who.companyId);
      return await sourcesView(database, who.companyId, silence, await database.now());
    },
  });
  const decide = { permission: 'outage.decide', object: 'other' } as const;
  router.write({
    ...decide,
    path: '/api/outage/incidents/:id/confirm',
    summary: 'It is so, says a dispatcher',
    body: confirmSchema,
    command: (tx, who, request) => confirmIncident(tx, who, param(request, 'id'), request.body),
  });
  router.write({
    ...decide,
    path: '/api/outage/incidents/:id/move',
    summary: 'Another device above or below failed',
    body: moveSchema,
    command: (tx, who, request) => moveIncident(tx, who, param(request, 'id'), request.body),
  });
  router.write({
    ...decide,
    path: '/api/outage/incidents/:id/split',
    summary: 'Not one fault but several',
    body: splitSchema,
    command: (tx, who, request) => splitIncident(tx, who, param(request, 'id'), request.body),
  });
  router.write({
    ...decide,
    path: '/api/outage/incidents/:id/merge',
    summary: 'Two incidents are one fault',
    body: mergeSchema,
    command: (tx, who, request) => mergeIncidents(tx, who, param(request, 'id'), request.body),
  });
  router.write({
    ...decide,
    path: '/api/outage/incidents/:id/false-alarm',
    summary: 'There is no outage',
    body: confirmSchema,
    command: (tx, who, request) => callFalseAlarm(tx, who, param(request, 'id'), request.body),
  });
  router.write({
    path: '/api/outage/hazards',
    permission: 'outage.report',
    object: 'none',
    summary: 'A danger: line down, pole, shock or fire; an urgent order at once',
    body: hazardSchema,
    command: (tx, who, request) =>
      reportHazard(tx, deps, actorOf(who), request.body, String(request.headers['idempotency-key'])),
  });
  router.read({
    path: '/api/outage/households/:id',
    permission: 'outage.report',
    object: 'household',
    summary: 'What is known of the supply of a household before an order is made',
    answer: async (who, request) =>
      await beforeOrder(database, deps, who.companyId, param(request, 'id'), await database.now()),
  });
}

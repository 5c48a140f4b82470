import type { FastifyInstance } from 'fastify';
import { actorOf, type CaseDeps } from '#modules/case/index.ts';
import { demoOutside, type Outside } from '#platform/outside.ts';
import { param, type Router } from '#platform/http/router.ts';
import { passingVault, type Vault } from '#platform/vault.ts';
import { caseTalk } from './case-talk.ts';
import { evaluateAtCounter } from './evaluate.ts';
import { evaluationSchema } from './link-api.ts';
import { type LinkDeps, linkDoors } from './link-doors.ts';

export { evaluateAtCounter } from './evaluate.ts';
export { readUnasked, takeUnasked } from './unasked-sms.ts';
export { linkEventTypes } from './link-event-types.ts';

export function linkRoutes(
  router: Router,
  deps: Pick<LinkDeps, 'database' | 'handbook'>,
  caseDeps: CaseDeps,
): void {
  const { database, handbook } = deps;
  router.read({
    path: '/api/cases/:id/messages',
    permission: 'case.read',
    object: 'case',
    summary: 'What was said to the customer and what he said',
    answer: async (who, request) =>
      await caseTalk(database, handbook, actorOf(who), param(request, 'id'), await database.now()),
  });
  router.write({
    path: '/api/cases/:id/evaluation',
    permission: 'case.work',
    object: 'case',
    summary: 'The customer’s word at the rating key of the counter',
    body: evaluationSchema,
    command: (tx, who, request) => {
      const { solved, satisfied, words = '' } = request.body;
      const answer = { caseId: param(request, 'id'), solved, satisfied, words };
      return evaluateAtCounter(tx, caseDeps, actorOf(who), answer);
    },
  });
}

/** The doors of customers: their links, and their replies by SMS. */
export function customerDoors(
  app: FastifyInstance,
  deps: Omit<LinkDeps, 'smsSecret' | 'vault'> & { readonly outside?: Outside; readonly vault?: Vault },
  caseDeps: CaseDeps,
): void {
  const { smsSecret } = deps.outside ?? demoOutside;
  linkDoors(app, { ...deps, smsSecret, vault: deps.vault ?? passingVault }, caseDeps);
}

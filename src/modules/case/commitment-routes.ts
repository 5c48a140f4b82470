import { Type } from 'typebox';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { actorOf } from './case-routes.ts';
import { commitSchema, keepSchema, moveSchema } from './case-work-api.ts';
import { endCommitment, makeCommitment, moveCommitment } from './commitment-commands.ts';
import { listCommitments } from './commitment-reads.ts';

type Deps = { readonly database: Database; readonly handbook: ReturnType<typeof handbookLibrary> };

/** What was promised to customers, and outlives their cases. */
export function commitmentRoutes(router: Router, { database }: Deps): void {
  router.read({
    path: '/api/commitments',
    permission: 'case.read',
    object: 'none',
    summary: 'Open commitments by their day',
    query: { mine: Type.Optional(Type.Enum(['1'])) },
    answer: async (who, request) => {
      const { mine } = request.query as { mine?: '1' };
      const of = { caseId: null, mine: mine !== undefined };
      return await listCommitments(database, actorOf(who), await database.now(), of);
    },
  });
  router.write({
    path: '/api/cases/:id/commitments',
    permission: 'case.work',
    object: 'case',
    summary: 'Promises something to the customer, by a day and by a unit',
    body: commitSchema,
    command: (tx, who, request) =>
      makeCommitment(tx, actorOf(who), {
        ...request.body,
        caseId: param(request, 'id'),
      }),
  });
  router.write({
    path: '/api/commitments/:id/move',
    permission: 'case.work',
    object: 'other',
    summary: 'Moves the day of a commitment; the customer is told again',
    body: moveSchema,
    command: (tx, who, request) =>
      moveCommitment(tx, actorOf(who), {
        ...request.body,
        id: param(request, 'id'),
      }),
  });
  router.write({
    path: '/api/commitments/:id/end',
    permission: 'case.work',
    object: 'other',
    summary: 'A commitment was kept or is withdrawn',
    body: keepSchema,
    command: (tx, who, request) =>
      endCommitment(tx, actorOf(who), {
        ...request.body,
        id: param(request, 'id'),
      }),
  });
}

import { refuse } from '#kernel/result.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import type { CaseDeps } from './case-commands.ts';
import { actorOf } from './case-routes.ts';
import { addGroupSchema, recordSupplySchema } from './supply-api.ts';
import { addGroup, recordSupply, supplyView } from './supply-groups.ts';

/** Staged restoration: which customers have their supply back since when. */
export function supplyRoutes(router: Router, database: Database, deps: CaseDeps): void {
  router.read({
    path: '/api/orders/:id/supply',
    permission: 'case.read',
    object: 'order',
    summary: 'The groups of customers of an outage, energised and supplied again since when',
    answer: async (who, request) => {
      const now = await database.now();
      const view = await supplyView(database, deps, actorOf(who), param(request, 'id'), now);
      return view ?? refuse('http.not-found');
    },
  });
  router.write({
    path: '/api/orders/:id/supply-groups',
    permission: 'case.work',
    object: 'order',
    summary: 'Names a group of customers that gets its supply back apart from others',
    body: addGroupSchema,
    command: (tx, who, request) =>
      addGroup(tx, deps, actorOf(who), {
        ...request.body,
        orderId: param(request, 'id'),
      }),
  });
  router.write({
    path: '/api/orders/:id/supply',
    permission: 'case.work',
    object: 'order',
    summary: 'A group was energised, or has its supply back',
    body: recordSupplySchema,
    command: (tx, who, request) =>
      recordSupply(tx, deps, actorOf(who), {
        ...request.body,
        orderId: param(request, 'id'),
      }),
  });
}

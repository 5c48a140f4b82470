import { param, type Router } from '#platform/http/router.ts';
import type { BlankDeps } from './blank-rows.ts';
import { eraseHousehold } from './erase-household.ts';
import { eraseSchema } from './privacy-api.ts';
import { privacyView } from './privacy-reads.ts';

export function privacyRoutes(router: Router, deps: BlankDeps): void {
  const { database, personal, activeHandbook } = deps;
  router.read({
    path: '/api/privacy',
    permission: 'privacy.officer',
    object: 'none',
    summary: 'What is kept of persons and for how long, and what was erased on request',
    answer: async ({ companyId }) => {
      const version = await activeHandbook(database, companyId);
      return await privacyView(database, personal, { companyId, version });
    },
  });
  router.write({
    path: '/api/privacy/households/:id/erase',
    permission: 'privacy.officer',
    object: 'household',
    summary:
      'A customer asks for his data to be erased: what nobody needs any more goes now, the rest when it ends',
    body: eraseSchema,
    command: (tx, who, request) =>
      eraseHousehold(tx, personal, who, { ...request.body, householdId: param(request, 'id') }),
  });
}

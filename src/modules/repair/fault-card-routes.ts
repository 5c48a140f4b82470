import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import type { Router } from '#platform/http/router.ts';
import type { FaultCardList } from './fault-card-api.ts';

type Deps = { readonly database: Database; readonly handbook: ReturnType<typeof handbookLibrary> };

/** What everybody who works on demands may look up; the cards of an order come with its case page, in its version. */
export function faultCardRoutes(router: Router, { database, handbook }: Deps): void {
  router.read({
    path: '/api/fault-cards',
    permission: 'case.work',
    object: 'none',
    summary: 'The cards of typical faults in the handbook in force',
    answer: async (who): Promise<FaultCardList> =>
      (await handbook.active(database, who.companyId))?.handbook.faultCards ?? [],
  });
}

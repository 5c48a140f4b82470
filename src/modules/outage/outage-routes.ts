import { Type } from 'typebox';
import type { CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import type { Router } from '#platform/http/router.ts';
import { incidentRoutes } from './incident-routes.ts';
import { keptReliability } from './kept-reliability.ts';
import { reportRoutes } from './report-routes.ts';

/** Reliability by the record of switchings; reports and incidents. */
export function outageRoutes(
  router: Router,
  { database }: { readonly database: Database },
  deps: CaseDeps,
): void {
  const reliabilityOf = keptReliability(database);
  router.read({
    path: '/api/reliability',
    permission: 'network.read',
    object: 'none',
    summary:
      'SAIDI, SAIFI, CAIDI, RS-1, MAIFI of a year by cause, town and feeder, with the interruptions behind them',
    query: { year: Type.String({ pattern: '^20[0-9]{2}$' }) },
    answer: async (who, request) => {
      const { year } = request.query as { readonly year: string };
      return await reliabilityOf(who.companyId, Number(year));
    },
  });
  incidentRoutes(router, database, deps);
  reportRoutes(router, deps);
}

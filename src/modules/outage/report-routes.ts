import type { CaseDeps } from '#modules/case/index.ts';
import type { Router } from '#platform/http/router.ts';
import { outagePolicy } from './outage-policy.ts';
import { reportSchema } from './report-api.ts';
import { absorbReports } from './report-commands.ts';

/** Reports of missing supply by the staff: a light way beside the taking in of cases, for the hour in which everybody rings. */
export function reportRoutes(router: Router, deps: CaseDeps): void {
  router.write({
    path: '/api/outage/reports',
    permission: 'outage.report',
    object: 'none',
    summary: 'Somebody says that a household has no supply, or has it again',
    body: reportSchema,
    command: async (tx, who, request) => {
      const key = String(request.headers['idempotency-key']);
      const policy = await outagePolicy(tx, deps, who.companyId);
      const [taken] = await absorbReports(tx, who.companyId, [{ key, body: request.body }], policy);
      if (taken === undefined) throw new Error('one report gives one answer');
      return taken;
    },
    batch: {
      takes: () => true,
      commands: async (tx, companyId, requests) => {
        const policy = await outagePolicy(tx, deps, companyId);
        const asked = requests.map(({ request }) => ({
          key: String(request.headers['idempotency-key']),
          body: request.body,
        }));
        return await absorbReports(tx, companyId, asked, policy);
      },
    },
  });
}

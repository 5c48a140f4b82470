import { HOUR } from '#kernel/instant.ts';
import { refuse } from '#kernel/result.ts';
import { actorOf, type CaseDeps } from '#modules/case/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import type { Router } from '#platform/http/router.ts';
import { daySchema } from '#platform/http/schemas.ts';
import { explainException } from './explain-exception.ts';
import { exceptionSchema } from './five-ones-api.ts';
import { morningReport } from './five-ones-report.ts';

type Deps = { readonly database: Database; readonly handbook: ReturnType<typeof handbookLibrary> };

export function fiveOnesRoutes(router: Router, { database, handbook }: Deps, deps: CaseDeps): void {
  router.write({
    path: '/api/five-ones/exceptions',
    permission: 'repair.report',
    object: 'none',
    summary: 'Says why a fault broke the five ones, where nobody said it yet',
    body: exceptionSchema,
    command: (tx, who, request) => explainException(tx, deps, actorOf(who), request.body),
  });
  router.read({
    path: '/api/five-ones',
    permission: 'repair.report',
    object: 'none',
    summary: 'The five ones of the faults that were reported on a day, each with its reasons',
    query: { day: daySchema },
    answer: async (who, request) => {
      const { day } = request.query as { day: string };
      const from = Date.parse(`${day}T00:00:00Z`) - 8 * HOUR;
      const version = await handbook.active(database, who.companyId);
      if (version === undefined) return refuse('case.no-handbook');
      return await morningReport(database, actorOf(who), version, { from, now: await database.now() });
    },
  });
}

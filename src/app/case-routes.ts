import type { Static } from 'typebox';
import { type Refusal, refuse } from '#kernel/result.ts';
import {
  acceptCase,
  type CaseActor,
  type CaseDeps,
  caseList,
  caseView,
  finishStep,
  intakeCatalogue,
  myWork,
  returnStep,
  type StepReport,
  suggestions,
  takeStep,
} from '#modules/case/index.ts';
import { finishSchema, intakeSchema, returnSchema, takeSchema } from '#modules/case/case-api.ts';
import type { Signed } from '#modules/org/index.ts';
import type { AppDeps } from './build-app.ts';
import type { Router } from './routes.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function caseRoutes(router: Router, deps: AppDeps, caseDeps: CaseDeps): void {
  const { database } = deps;
  router.read({
    path: '/api/intake',
    permission: 'case.intake',
    answer: (who) => intakeCatalogue(database, deps.handbook, who.companyId),
  });
  router.read({
    path: '/api/intake/suggest',
    permission: 'case.intake',
    answer: async (who, request) => {
      const { words } = request.query as { words?: string | string[] };
      if (typeof words !== 'string' || words.length > 4000)
        return refuse('http.invalid', { field: 'words', rule: '' });
      return await suggestions(database, deps.handbook, who.companyId, words);
    },
  });
  router.read({
    path: '/api/work',
    permission: 'case.work',
    answer: async (who) => await myWork(database, deps.handbook, actorOf(who), await database.now()),
  });
  router.read({
    path: '/api/cases',
    permission: 'case.read',
    answer: async (who, request) => {
      const filter = listFilter(request.query as Record<string, unknown>);
      if ('refused' in filter) return filter;
      return await caseList(database, deps.handbook, actorOf(who), filter, await database.now());
    },
  });
  router.read({
    path: '/api/cases/:id',
    permission: 'case.read',
    answer: async (who, request) => {
      const id = idOf(request.params);
      if (id === undefined) return refuse('http.not-found');
      const view = await caseView(database, deps.handbook.version, actorOf(who), id, await database.now());
      return view ?? refuse('http.not-found');
    },
  });
  router.write({
    path: '/api/cases',
    permission: 'case.intake',
    body: intakeSchema,
    command: (tx, who, request) =>
      acceptCase(tx, caseDeps, actorOf(who), request.body as Static<typeof intakeSchema>),
  });
  router.write({
    path: '/api/orders/:id/take',
    permission: 'case.work',
    body: takeSchema,
    command: (tx, who, request) =>
      withOrder(request.params, (orderId) =>
        takeStep(tx, caseDeps, actorOf(who), { ...(request.body as Static<typeof takeSchema>), orderId }),
      ),
  });
  router.write({
    path: '/api/orders/:id/finish',
    permission: 'case.work',
    body: finishSchema,
    command: (tx, who, request) =>
      withOrder(request.params, (orderId) =>
        finishStep(tx, caseDeps, actorOf(who), { ...(request.body as Omit<StepReport, 'orderId'>), orderId }),
      ),
  });
  router.write({
    path: '/api/orders/:id/return',
    permission: 'case.work',
    body: returnSchema,
    command: (tx, who, request) =>
      withOrder(request.params, (orderId) =>
        returnStep(tx, caseDeps, actorOf(who), { ...(request.body as Static<typeof returnSchema>), orderId }),
      ),
  });
}

/** The signed-in person as the one who acts on cases. */
function actorOf(who: Signed): CaseActor {
  return {
    companyId: who.companyId,
    personId: who.personId,
    unitId: who.unit.id,
    unitIds: who.unitIds,
    posts: who.posts,
    mayReassign: who.permissions.includes('case.reassign'),
  };
}

function idOf(params: unknown): string | undefined {
  const { id } = params as { id: string };
  return UUID.test(id) ? id : undefined;
}

async function withOrder(
  params: unknown,
  work: (orderId: string) => Promise<object | Refusal>,
): Promise<object | Refusal> {
  const id = idOf(params);
  return id === undefined ? refuse('order.unknown') : await work(id);
}

function listFilter(query: Record<string, unknown>) {
  const { state = null, household = null, before = null } = query;
  if (state !== null && state !== 'open' && state !== 'closed')
    return refuse('http.invalid', { field: 'state', rule: 'open | closed' });
  for (const [field, value] of Object.entries({ household, before }))
    if (value !== null && (typeof value !== 'string' || !UUID.test(value)))
      return refuse('http.invalid', { field, rule: 'uuid' });
  return {
    state: state as 'open' | 'closed' | null,
    householdId: household as string | null,
    before: before as string | null,
  };
}

import { Type } from 'typebox';
import { refuse } from '#kernel/result.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Principal, type Router } from '#platform/http/router.ts';
import { finishSchema, intakeSchema, returnSchema, takeSchema } from './case-api.ts';
import { acceptCase, acceptCases, type CaseActor, type CaseDeps } from './case-commands.ts';
import { auditCaseExport, caseExport, type ExportLanguage } from './case-export.ts';
import { findByNumber } from './case-find.ts';
import type { CaseFilter } from './case-filter.ts';
import { filterMoments } from './filter-moments.ts';
import { caseList, intakeCatalogue, myWork, rememberMany, suggestions } from './case-lists.ts';
import { countCases } from './case-reads.ts';
import { casePaper } from './case-paper.ts';
import { caseView } from './case-view.ts';
import { finishStep, returnStep, takeStep } from './step-commands.ts';
import { readerNotes } from './note-reader.ts';

const uuid = Type.String({ format: 'uuid' });

/** The filters of the case list, as they stand in its address. */
const listQuery = {
  state: Type.Optional(Type.Enum(['open', 'closed'])),
  household: Type.Optional(uuid),
  business: Type.Optional(Type.String({ maxLength: 40 })),
  unit: Type.Optional(uuid),
  due: Type.Optional(Type.Enum(['late', 'hour', 'week'])),
  since: Type.Optional(Type.Enum(['today'])),
};

export function caseRoutes(
  router: Router,
  deps: { readonly database: Database; readonly handbook: ReturnType<typeof handbookLibrary> },
  caseDeps: CaseDeps,
): void {
  const { database } = deps;
  const noteReader = readerNotes(database);
  const count = rememberMany(countCases, () => performance.now());
  router.read({
    path: '/api/intake',
    permission: 'case.intake',
    object: 'none',
    summary: 'What the counter may accept, from the handbook in force',
    answer: (who) => intakeCatalogue(database, deps.handbook, who.companyId),
  });
  router.read({
    path: '/api/intake/suggest',
    permission: 'case.intake',
    object: 'none',
    summary: 'The three likeliest processes for what was said',
    query: { words: Type.String({ maxLength: 4000 }) },
    answer: (who, request) => {
      const { words } = request.query as { words: string };
      return suggestions(database, deps.handbook, who.companyId, words);
    },
  });
  router.read({
    path: '/api/work',
    permission: 'case.work',
    object: 'none',
    summary: 'My open tasks by time left',
    answer: async (who) => await myWork(database, deps.handbook, actorOf(who), await database.now()),
  });
  router.read({
    path: '/api/cases',
    permission: 'case.read',
    object: 'none',
    summary: 'A page of cases, newest first',
    query: { ...listQuery, before: Type.Optional(uuid) },
    answer: async (who, request) => {
      const { before = null, ...query } = request.query as ListQuery;
      const list = { filter: filterOf(query), before };
      const moments = await filterMoments(database, caseDeps, who.companyId);
      return await caseList(database, deps.handbook, actorOf(who), list, moments, count);
    },
  });
  router.exports({
    path: '/api/exports/cases',
    permission: 'case.read',
    object: 'none',
    summary: 'The case list as a file, exactly as it is seen',
    query: { ...listQuery, lang: Type.Optional(Type.Enum(['zh', 'en'])) },
    file: 'cases',
    record: async (tx, who, request) => {
      const { lang: _lang, ...query } = request.query as ListQuery & { lang?: ExportLanguage };
      await auditCaseExport(tx, actorOf(who), filterOf(query));
    },
    lines: async (who, request) => {
      const { lang: language = 'zh', ...query } = request.query as ListQuery & { lang?: ExportLanguage };
      const moments = await filterMoments(database, caseDeps, who.companyId);
      const of = { filter: filterOf(query), moments, language };
      return caseExport(database, deps.handbook, actorOf(who), of);
    },
  });
  router.read({
    path: '/api/cases/find',
    permission: 'case.read',
    object: 'none',
    summary: 'Cases by number, for Ctrl+K',
    query: { q: Type.String({ maxLength: 40 }) },
    answer: async (who, request) => {
      const { q } = request.query as { q: string };
      return await findByNumber(database, deps.handbook, actorOf(who), q, await database.now());
    },
  });
  router.read({
    path: '/api/cases/:id/paper',
    permission: 'case.read',
    object: 'case',
    summary: 'The steps of a case as they go on paper, to be worked by hand',
    answer: async (who, request) => {
      const of = { id: param(request, 'id'), now: await database.now() };
      return (await casePaper(database, deps.handbook.version, actorOf(who), of)) ?? refuse('http.not-found');
    },
  });
  router.read({
    path: '/api/cases/:id',
    permission: 'case.read',
    object: 'case',
    summary: 'The whole case on one page',
    answer: async (who, request) => {
      const id = param(request, 'id');
      const view = await caseView(database, deps.handbook.version, actorOf(who), id, await database.now());
      if (view === undefined) return refuse('http.not-found');
      if (view.contact !== null) await noteReader(who, id);
      return view;
    },
  });
  router.write({
    path: '/api/cases',
    permission: 'case.intake',
    object: 'none',
    summary: 'Accepts a demand',
    body: intakeSchema,
    command: (tx, who, request) => acceptCase(tx, caseDeps, actorOf(who), request.body),
    batch: {
      takes: () => true,
      commands: (tx, companyId, requests) =>
        acceptCases(
          tx,
          caseDeps,
          companyId,
          requests.map(({ who, request }) => ({ actor: actorOf(who), intake: request.body })),
        ),
    },
  });
  router.write({
    path: '/api/orders/:id/take',
    permission: 'case.work',
    object: 'order',
    summary: 'Takes an open task',
    body: takeSchema,
    command: (tx, who, request) =>
      takeStep(tx, caseDeps, actorOf(who), {
        ...request.body,
        orderId: param(request, 'id'),
      }),
  });
  router.write({
    path: '/api/orders/:id/finish',
    permission: 'case.work',
    object: 'order',
    summary: 'Finishes a step',
    body: finishSchema,
    command: (tx, who, request) =>
      finishStep(tx, caseDeps, actorOf(who), {
        ...request.body,
        orderId: param(request, 'id'),
      }),
  });
  router.write({
    path: '/api/orders/:id/return',
    permission: 'case.work',
    object: 'order',
    summary: 'Sends work back to an earlier step',
    body: returnSchema,
    command: (tx, who, request) =>
      returnStep(tx, caseDeps, actorOf(who), {
        ...request.body,
        orderId: param(request, 'id'),
      }),
  });
}

type ListQuery = {
  readonly state?: 'open' | 'closed';
  readonly household?: string;
  readonly before?: string;
  readonly business?: string;
  readonly unit?: string;
  readonly due?: 'late' | 'hour' | 'week';
  readonly since?: 'today';
};

/** What runs out is open by itself: a late list has no closed cases. */
function filterOf(query: Omit<ListQuery, 'before'>): CaseFilter {
  const { state, household, business, unit, due, since } = query;
  return {
    state: state ?? (due === undefined && unit === undefined ? null : 'open'),
    householdId: household ?? null,
    business: business ?? null,
    unitId: unit ?? null,
    due: due ?? null,
    since: since ?? null,
  };
}

/** The signed-in person as the one who acts on cases. */
export function actorOf(who: Principal): CaseActor {
  return {
    companyId: who.companyId,
    personId: who.personId,
    unitId: who.unit.id,
    unitIds: who.unitIds,
    posts: who.posts,
    mayReassign: who.permissions.includes('case.reassign'),
    mayEnterFor: who.permissions.includes('case.enter-for'),
  };
}

import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { actorOf, sharedByAudience } from '#modules/case/index.ts';
import { gridMaps } from '#modules/network/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database, Db } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { type Books, commandView } from './command-reads.ts';
import type { DispatchDeps } from './dispatch-board.ts';
import { sharedPlans } from './dispatch-view.ts';
import { forecastOf } from './restoration-forecast.ts';
import { caseOutlook } from './case-outlook.ts';
import { estimateSchema, paceSchema, tellSchema, tellingSettingsSchema } from './telling-api.ts';
import { setEstimate, tellGroup } from './telling-commands.ts';
import { tellingPolicy } from './telling-policy.ts';
import { tellingView } from './telling-reads.ts';
import { setPace, setTelling } from './telling-settings.ts';

type Deps = { readonly database: Database; readonly handbook: ReturnType<typeof handbookLibrary> };

/** 抢修指挥: what is open, worst first, and what its customers are told. */
export function commandRoutes(router: Router, { database, handbook }: Deps, caseDeps: DispatchDeps): void {
  const maps = gridMaps(database);
  const plans = sharedPlans(database, caseDeps, () => performance.now());

  async function books(db: Db, companyId: string): Promise<Books | Refusal> {
    const active = await handbook.active(db, companyId);
    return active === undefined ? refuse('case.no-handbook') : { active, version: handbook.version };
  }

  // Every page asks again when something moves; of those who see the same one asks for all.
  const viewFor = sharedByAudience(database, async (reader) => {
    const found = await books(database, reader.companyId);
    if (isRefusal(found)) return found;
    return await commandView(database, reader, { ...found, maps }, await database.now());
  });

  router.read({
    path: '/api/repair/command',
    permission: 'repair.command',
    object: 'none',
    summary: 'Open repairs with place, promise, crew and what customers hear next, worst first',
    answer: async (who) => await viewFor(actorOf(who)),
  });
  router.read({
    path: '/api/repair/command/forecast',
    permission: 'repair.command',
    object: 'none',
    summary: 'When each waiting repair would be reached and lit, if crews go as planned',
    answer: async (who) => {
      const planned = await plans.plan(actorOf(who), false);
      return planned === undefined ? refuse('case.no-handbook') : forecastOf(planned);
    },
  });
  router.read({
    path: '/api/repair/orders/:id/tellings',
    permission: 'repair.command',
    object: 'order',
    summary: 'What each group of customers of an open repair was told, and what it can be told now',
    answer: async (who, request) => {
      const found = await books(database, who.companyId);
      if (isRefusal(found)) return found;
      const reader = { ...actorOf(who), mayTell: who.permissions.includes('repair.tell') };
      const of = { orderId: param(request, 'id'), now: await database.now() };
      return await tellingView(database, reader, found, of);
    },
  });
  router.read({
    path: '/api/repair/cases/:id/outlook',
    permission: 'case.read',
    object: 'case',
    summary: 'What the customer of an open repair can be told: which crew, when, when there is news next',
    answer: async (who, request) => {
      const found = await books(database, who.companyId);
      if (isRefusal(found)) return found;
      const of = { caseId: param(request, 'id'), now: await database.now() };
      return await caseOutlook(database, actorOf(who), found, of);
    },
  });
  router.write({
    path: '/api/repair/orders/:id/tellings',
    permission: 'repair.tell',
    object: 'order',
    summary: 'Tells a group of customers how their outage stands',
    body: tellSchema,
    command: async (tx, who, request) => {
      const found = await books(tx, who.companyId);
      if (isRefusal(found)) return found;
      return await tellGroup(tx, found, actorOf(who), { ...request.body, orderId: param(request, 'id') });
    },
  });
  router.write({
    path: '/api/repair/orders/:id/estimates',
    permission: 'repair.tell',
    object: 'order',
    summary: 'When supply is expected back, and by whose word',
    body: estimateSchema,
    command: async (tx, who, request) => {
      const found = await books(tx, who.companyId);
      if (isRefusal(found)) return found;
      return await setEstimate(tx, found, actorOf(who), { ...request.body, orderId: param(request, 'id') });
    },
  });
  router.write({
    path: '/api/repair/telling-settings',
    permission: 'repair.tell',
    object: 'none',
    summary: 'Whether the program tells customers of outages by itself',
    body: tellingSettingsSchema,
    command: async (tx, who, request) => await setTelling(tx, actorOf(who), request.body),
  });
  router.write({
    path: '/api/repair/telling-pace',
    permission: 'repair.tell',
    object: 'none',
    summary: 'How many messages a minute go to those who did not report',
    body: paceSchema,
    command: async (tx, who, request) => {
      const found = await books(tx, who.companyId);
      if (isRefusal(found)) return found;
      return await setPace(tx, actorOf(who), tellingPolicy(found.active), request.body);
    },
  });
}

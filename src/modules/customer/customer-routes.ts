import { Type } from 'typebox';
import { refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Principal, type Router } from '#platform/http/router.ts';
import { flagSchema, reachSchema, reasonSchema } from './customer-api.ts';
import { type CustomerAudit, endFlag, reveal, setFlag, setReach } from './customer-commands.ts';
import { findCaller, householdStrip } from './customer-reads.ts';
import { searchHouseholds } from './household-search.ts';

export function customerRoutes(router: Router, { database }: { readonly database: Database }): void {
  router.read({
    path: '/api/households',
    permission: 'customer.search',
    object: 'none',
    summary: 'Households found by what was typed',
    query: { q: Type.String({ maxLength: 100 }) },
    answer: (who, request) => {
      const { q } = request.query as { q: string };
      return searchHouseholds(database, { companyId: who.companyId, typed: q, limit: 20 });
    },
  });
  router.read({
    path: '/api/households/:id',
    permission: 'customer.search',
    object: 'household',
    summary: 'The strip beside an intake: one household, masked',
    answer: async (who, request) => {
      const strip = await householdStrip(database, who.companyId, param(request, 'id'), await database.now());
      return strip ?? refuse('http.not-found');
    },
  });
  router.read({
    path: '/api/callers/:phone',
    permission: 'customer.search',
    object: 'none',
    summary: 'Households of a calling number',
    answer: async (who, request) => {
      const phone = param(request, 'phone');
      if (!/^\d{3,15}$/.test(phone)) return refuse('http.invalid', { field: 'phone', rule: '\\d{3,15}' });
      return await findCaller(database, who.companyId, phone);
    },
  });
  router.write({
    path: '/api/households/:id/reach',
    method: 'PUT',
    permission: 'case.intake',
    object: 'household',
    summary: 'How the customer wants to be reached, and in which language',
    body: reachSchema,
    command: (tx, who, request) => {
      const audit = auditWriter(tx, who.companyId);
      const reach = { ...request.body, householdId: param(request, 'id') };
      return setReach(tx, who, reach, (_tx, entry) =>
        audit.write({ ...entry, actorId: who.personId, outcome: 'done' }),
      );
    },
  });
  router.write({
    path: '/api/households/:id/reveal',
    permission: 'customer.reveal',
    object: 'household',
    summary: 'Personal data in clear, for a reason that is kept',
    body: reasonSchema,
    command: (tx, who, request) =>
      reveal(tx, who, { householdId: param(request, 'id'), ...request.body }, auditOf(who)),
  });
  router.write({
    path: '/api/households/:id/flags',
    permission: 'customer.flag',
    object: 'household',
    summary: 'Marks a household as in need of care, on evidence and until a day',
    body: flagSchema,
    command: (tx, who, request) =>
      setFlag(tx, who, { householdId: param(request, 'id'), ...request.body }, auditOf(who)),
  });
  router.write({
    path: '/api/households/:id/flags/:flagId/end',
    permission: 'customer.flag',
    object: 'household',
    summary: 'Ends a mark that no longer holds',
    body: reasonSchema,
    command: (tx, who, request) => {
      const [householdId, flagId] = [param(request, 'id'), param(request, 'flagId')];
      return endFlag(tx, who, { householdId, flagId, ...request.body }, auditOf(who));
    },
  });
}

function auditOf(who: Principal): CustomerAudit {
  return (tx, entry) =>
    auditWriter(tx, who.companyId).write({ ...entry, actorId: who.personId, outcome: 'done' });
}

import { Type } from 'typebox';
import { refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { findCaller, householdStrip, reveal, searchHouseholds } from '#modules/customer/index.ts';
import type { AppDeps } from './build-app.ts';
import type { Router } from './routes.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const reasonSchema = Type.Object(
  { reason: Type.String({ minLength: 2, maxLength: 200 }) },
  { additionalProperties: false },
);

export function customerRoutes(router: Router, { database }: AppDeps): void {
  router.read({
    path: '/api/households',
    permission: 'customer.search',
    answer: async (who, request) => {
      const { q } = request.query as { q?: string | string[] };
      if (typeof q !== 'string' || q.length > 100)
        return refuse('http.invalid', { field: 'q', rule: '1–100' });
      return await searchHouseholds(database, { companyId: who.companyId, typed: q, limit: 20 });
    },
  });
  router.read({
    path: '/api/households/:id',
    permission: 'customer.search',
    answer: async (who, request) => {
      const { id } = request.params as { id: string };
      if (!UUID.test(id)) return refuse('http.not-found');
      const strip = await householdStrip(database, who.companyId, id, await database.now());
      return strip ?? refuse('http.not-found');
    },
  });
  router.read({
    path: '/api/callers/:phone',
    permission: 'customer.search',
    answer: async (who, request) => {
      const { phone } = request.params as { phone: string };
      if (!/^\d{3,15}$/.test(phone)) return refuse('http.invalid', { field: 'phone', rule: '\\d{3,15}' });
      return await findCaller(database, who.companyId, phone);
    },
  });
  router.write({
    path: '/api/households/:id/reveal',
    permission: 'customer.reveal',
    body: reasonSchema,
    command: async (tx, who, request) => {
      const { id } = request.params as { id: string };
      if (!UUID.test(id)) return refuse('http.not-found');
      const { reason } = request.body as { reason: string };
      const audit = auditWriter(tx, who.companyId);
      return await reveal(tx, who, { householdId: id, reason }, (_tx, entry) =>
        audit.write({ ...entry, actorId: who.personId, outcome: 'done' }),
      );
    },
  });
}

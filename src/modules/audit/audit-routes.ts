import { Type } from 'typebox';
import { DAY } from '#kernel/instant.ts';
import type { Database } from '#platform/db/db.ts';
import type { Router } from '#platform/http/router.ts';
import { auditPage, auditState } from './audit-reads.ts';

export function auditRoutes(router: Router, { database }: { readonly database: Database }): void {
  router.read({
    path: '/api/audit',
    permission: 'audit.read',
    object: 'none',
    summary: 'A page of the audit, newest first',
    query: {
      before: Type.Optional(Type.String({ format: 'uuid' })),
      object: Type.Optional(Type.String({ maxLength: 80 })),
      action: Type.Optional(Type.String({ maxLength: 80 })),
      alarm: Type.Optional(Type.Enum(['1'])),
    },
    answer: (who, request) => {
      const { before, object, action, alarm } = request.query as Readonly<Record<string, string>>;
      return auditPage(database, who.companyId, {
        before: before ?? null,
        object: object ?? null,
        action: action ?? null,
        alarm: alarm !== undefined,
      });
    },
  });
  router.read({
    path: '/api/audit/state',
    permission: 'audit.read',
    object: 'none',
    summary: 'How far the audit is sealed, the last exported head, alarms of the last day',
    answer: async (who) => auditState(database, who.companyId, (await database.now()) - DAY),
  });
}

import { Type } from 'typebox';
import { DAY } from '#kernel/instant.ts';
import type { Database } from '#platform/db/db.ts';
import type { Router } from '#platform/http/router.ts';
import { auditExport, auditPage, auditState } from './audit-reads.ts';
import { auditWriter } from './audit-writer.ts';

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
  router.exports({
    path: '/api/exports/audit',
    permission: 'audit.read',
    object: 'none',
    summary: 'The audit as a file, by the filters of its page',
    query: {
      object: Type.Optional(Type.String({ maxLength: 80 })),
      action: Type.Optional(Type.String({ maxLength: 80 })),
      alarm: Type.Optional(Type.Enum(['1'])),
    },
    file: 'audit',
    record: async (tx, who) => {
      await auditWriter(tx, who.companyId).write({
        actorId: who.personId,
        action: 'audit.export',
        outcome: 'done',
        objectType: 'company',
        objectId: who.companyId,
      });
    },
    lines: async (who, request) => {
      const { object, action, alarm } = request.query as Readonly<Record<string, string>>;
      const filter = { object: object ?? null, action: action ?? null, alarm: alarm !== undefined };
      return auditExport(database, who.companyId, filter);
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

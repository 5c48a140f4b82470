import { Type } from 'typebox';
import type { handbookLibrary } from '#modules/process/index.ts';
import { actorOf } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { addFile, blankFile, caseFiles, openFile } from './attachment-commands.ts';

export { attachmentPersonal } from './attachment-personal.ts';
export type { AddedFile } from './attachment-api.ts';
export { attachmentEventTypes } from './attachment-event-types.ts';
export { keepFile } from './attachment-commands.ts';

export function attachmentRoutes(
  router: Router,
  deps: { readonly database: Database; readonly handbook: ReturnType<typeof handbookLibrary> },
): void {
  const { database, handbook } = deps;
  router.read({
    path: '/api/cases/:id/files',
    permission: 'case.read',
    object: 'case',
    summary: 'The files of a case',
    answer: async (who, request) =>
      await caseFiles(database, handbook, actorOf(who), param(request, 'id'), await database.now()),
  });
  router.upload({
    path: '/api/cases/:id/files',
    permission: 'case.work',
    object: 'case',
    summary: 'Adds a picture or a PDF to a case',
    command: (tx, who, request, file) => addFile(tx, actorOf(who), param(request, 'id'), file),
  });
  router.write({
    path: '/api/cases/:id/files/:fileId/blank',
    permission: 'case.work',
    object: 'case',
    summary: 'Takes out a file that one added by mistake',
    body: Type.Object({}, { additionalProperties: false }),
    command: (tx, who, request) =>
      blankFile(tx, actorOf(who), { caseId: param(request, 'id'), fileId: param(request, 'fileId') }),
  });
  router.download({
    path: '/api/cases/:id/files/:fileId',
    permission: 'case.read',
    object: 'case',
    summary: 'One file of a case, as an attachment',
    answer: (tx, who, request) =>
      openFile(tx, handbook, actorOf(who), {
        caseId: param(request, 'id'),
        fileId: param(request, 'fileId'),
      }),
  });
}

import { Type } from 'typebox';
import { actorOf } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { callMeetingSchema, cancelMeetingSchema, holdMeetingSchema } from './meeting-api.ts';
import { callMeeting, cancelMeeting, holdMeeting } from './meeting-commands.ts';
import { listMeetings } from './meeting-reads.ts';

/** 会商: departments called together about cases. */
export function meetingRoutes(router: Router, { database }: { readonly database: Database }): void {
  router.read({
    path: '/api/meetings',
    permission: 'case.read',
    object: 'none',
    summary: 'Meetings about cases that one may see, those to come first',
    query: { case: Type.Optional(Type.String({ format: 'uuid' })) },
    answer: async (who, request) => {
      const { case: caseId = null } = request.query as { case?: string };
      return await listMeetings(database, actorOf(who), await database.now(), caseId);
    },
  });
  router.write({
    path: '/api/meetings',
    permission: 'meeting.call',
    object: 'none',
    summary: 'Calls departments together about cases',
    body: callMeetingSchema,
    command: (tx, who, request) => callMeeting(tx, actorOf(who), request.body),
  });
  router.write({
    path: '/api/meetings/:id/held',
    permission: 'meeting.call',
    object: 'other',
    summary: 'What a meeting decided: tasks of units and promises to customers',
    body: holdMeetingSchema,
    command: (tx, who, request) =>
      holdMeeting(tx, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    path: '/api/meetings/:id/cancel',
    permission: 'meeting.call',
    object: 'other',
    summary: 'A meeting does not take place',
    body: cancelMeetingSchema,
    command: (tx, who, request) =>
      cancelMeeting(tx, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
}

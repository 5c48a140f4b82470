import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { DAY, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { sendRefusal } from '#platform/http/shell.ts';
import type { EventKeyOf } from './meter-door.ts';
import {
  changeNoticeSchema,
  closeNoticeSchema,
  reportNoticeSchema,
  restoreNoticeSchema,
} from './supply-notice-api.ts';
import { reportNotice, stepNotice } from './supply-notice-commands.ts';
import { changedNotices, listNotices } from './supply-notice-reads.ts';

/** How long what is over stays on the list. */
const SHOWN = 7 * DAY;

/** 停送电信息 for the staff. */
export function supplyNoticeRoutes(router: Router, database: Database): void {
  const run = { permission: 'planned.run', object: 'other' } as const;
  router.read({
    path: '/api/supply-notices',
    permission: 'planned.read',
    object: 'none',
    summary: 'Notices of supply that is or will be off, and those of the last week',
    answer: async (who) => {
      const since = (await database.now()) - SHOWN;
      return {
        mayReport: who.permissions.includes('planned.run'),
        notices: await listNotices(database, who.companyId, since),
      };
    },
  });
  router.write({
    ...run,
    path: '/api/supply-notices',
    object: 'none',
    summary: 'Reports that supply below a device is or will be off',
    body: reportNoticeSchema,
    command: (tx, who, request) => reportNotice(tx, who, request.body),
  });
  router.write({
    ...run,
    path: '/api/supply-notices/:id/change',
    summary: 'Another time, told before the old end',
    body: changeNoticeSchema,
    command: (tx, who, request) => {
      const { seq, from, until } = request.body;
      return stepNotice(tx, who, { id: param(request, 'id'), seq }, { do: 'change', from, until });
    },
  });
  router.write({
    ...run,
    path: '/api/supply-notices/:id/restored',
    summary: 'Supply is back',
    body: restoreNoticeSchema,
    command: (tx, who, request) => {
      const { seq, at } = request.body;
      return stepNotice(tx, who, { id: param(request, 'id'), seq }, { do: 'restored', at });
    },
  });
  router.write({
    ...run,
    path: '/api/supply-notices/:id/closed',
    summary: 'Nothing more is to be said about a notice',
    body: closeNoticeSchema,
    command: (tx, who, request) =>
      stepNotice(tx, who, { id: param(request, 'id'), seq: request.body.seq }, { do: 'closed' }),
  });
}

/** Where 95598 and the other doors fetch what changed, with a key; `since` is the `asked` of the last answer. */
export function supplyNoticeDoor(app: FastifyInstance, database: Database, keyOf: EventKeyOf): void {
  const querystring = Type.Object(
    { since: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}$' })) },
    { additionalProperties: false },
  );
  app.get('/api/outside/supply-notices', {
    schema: { summary: 'Notices of supply that changed since an instant (key)', querystring },
    // The key is looked at before the schema: whoever has none learns nothing of the interface.
    attachValidation: true,
    handler: async (request: FastifyRequest, reply) => {
      const key = await keyOf(request);
      if (isRefusal(key)) return sendRefusal(request, reply, key);
      if (request.validationError) throw request.validationError;
      const { since = '0' } = request.query as { readonly since?: string };
      // A change that was begun before and is committed after this answer comes with the next one; some come twice, none is lost.
      const asked = (await database.now()) - MINUTE;
      const notices = await changedNotices(database, key.companyId, Number(since));
      return reply.header('cache-control', 'no-store').send({ asked, notices });
    },
  });
}

import { Type } from 'typebox';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { param, type Router } from '#platform/http/router.ts';
import type { Outside } from '#platform/outside.ts';
import { bellOf, markRead, type VisibleCase, type Withheld } from './bell-reads.ts';
import { QUEUE_STATES, type QueueState } from './domain/index.ts';
import { ownMailSchema, queueActionSchema, readSchema } from './notice-api.ts';
import { ownMail, setOwnMail } from './own-mail.ts';
import { queuePage, retryMessage, withdrawMessage } from './queue-reads.ts';

export function bellAndQueueRoutes(
  router: Router,
  deps: {
    readonly database: Database;
    readonly handbook: ReturnType<typeof handbookLibrary>;
    readonly outside: Outside;
    readonly visible: VisibleCase;
    readonly withheld: Withheld;
  },
): void {
  const { database } = deps;
  router.read({
    path: '/api/bell',
    permission: 'notice.own',
    object: 'none',
    summary: 'Messages on my desk, and how many are unread',
    answer: async (who) => await bellOf(database, deps.handbook, deps.visible, who, await database.now()),
  });
  router.write({
    path: '/api/bell/read',
    permission: 'notice.own',
    object: 'none',
    summary: 'Marks my messages as read',
    body: readSchema,
    command: (tx, who, request) => markRead(tx, who, request.body),
  });
  router.read({
    path: '/api/me/mail',
    permission: 'notice.own',
    object: 'none',
    summary: 'Where mail to me goes, and whether I am told of my work in the morning',
    answer: (who) => ownMail(database, who),
  });
  router.write({
    path: '/api/me/mail',
    method: 'PUT',
    permission: 'notice.own',
    object: 'none',
    summary: 'Sets where mail to me goes',
    body: ownMailSchema,
    command: (tx, who, request) => setOwnMail(tx, who, request.body),
  });
  router.read({
    path: '/api/outbox',
    permission: 'notice.queue',
    object: 'none',
    summary: 'What goes out: a page of one state, newest first, with the state of the gateways',
    query: {
      state: Type.Optional(Type.Enum([...QUEUE_STATES])),
      before: Type.Optional(Type.String({ format: 'uuid' })),
    },
    answer: async (who, request) => {
      const { state = 'waiting', before = null } = request.query as { state?: QueueState; before?: string };
      const leftOut = who.permissions.includes('case.read') ? deps.withheld(who) : sql`false`;
      return await queuePage(database, { ...deps, leftOut }, who, { state, before }, await database.now());
    },
  });
  router.write({
    path: '/api/outbox/:id/retry',
    permission: 'notice.queue',
    object: 'other',
    summary: 'Sends a message once more',
    body: queueActionSchema,
    command: (tx, who, request) => retryMessage(tx, who, param(request, 'id')),
  });
  router.write({
    path: '/api/outbox/:id/withdraw',
    permission: 'notice.queue',
    object: 'other',
    summary: 'Takes back a message that has not gone out',
    body: queueActionSchema,
    command: (tx, who, request) => withdrawMessage(tx, who, param(request, 'id')),
  });
}

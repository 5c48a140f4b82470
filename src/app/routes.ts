import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { findSession, type Permission, type Signed } from '#modules/org/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import { transact } from '#platform/db/transact.ts';
import { idempotent } from '#platform/http/idempotent.ts';
import { sendRefusal } from '#platform/http/shell.ts';

export const SESSION_COOKIE = 'sid';

type ReadRoute = {
  readonly path: string;
  readonly permission: Permission;
  readonly answer: (who: Signed, request: FastifyRequest) => Promise<unknown>;
};

type WriteRoute = {
  readonly method?: 'POST' | 'DELETE';
  readonly path: string;
  readonly permission: Permission;
  readonly body: TSchema;
  readonly command: (tx: Tx, who: Signed, request: FastifyRequest) => Promise<object | Refusal>;
};

export type Router = {
  /** A read: a permission, then an answer. A refusal as the answer becomes its error. */
  read(route: ReadRoute): void;
  /** A write: a permission, a body schema, one transaction, one effect per idempotency key. */
  write(route: WriteRoute): void;
  signedIn(request: FastifyRequest): Promise<Signed | Refusal>;
};

/** Every route of staff goes through here, so none can forget the session, the permission or the transaction. */
export function router(app: FastifyInstance, database: Database, cookieName: string): Router {
  async function signedIn(request: FastifyRequest): Promise<Signed | Refusal> {
    const token = request.cookies[cookieName];
    const who = token === undefined ? undefined : await findSession(database, token);
    return who ?? refuse('session.none');
  }

  async function allowed(request: FastifyRequest, permission: Permission): Promise<Signed | Refusal> {
    const who = await signedIn(request);
    if (isRefusal(who)) return who;
    if (who.locked) return refuse('session.locked');
    return who.permissions.includes(permission) ? who : refuse('http.forbidden');
  }

  return {
    signedIn,
    read(route) {
      app.get(route.path, async (request, reply) => {
        const who = await allowed(request, route.permission);
        const answer = isRefusal(who) ? who : await route.answer(who, request);
        return send(request, reply, answer);
      });
    },
    write(route) {
      const schema = { body: route.body };
      app.route({
        method: route.method ?? 'POST',
        url: route.path,
        schema,
        handler: async (request, reply) => {
          const who = await allowed(request, route.permission);
          if (isRefusal(who)) return send(request, reply, who);
          const key = request.headers['idempotency-key'];
          if (typeof key !== 'string' || !/^[\w-]{8,80}$/.test(key))
            return send(request, reply, refuse('http.key-missing'));
          const content = [request.method, request.url, request.body];
          const { companyId, personId: actorId } = who;
          const result = await transact(database, (tx) =>
            idempotent<object>(tx, { companyId, actorId, key, content }, () =>
              route.command(tx, who, request),
            ),
          );
          return send(request, reply, result);
        },
      });
    },
  };
}

function send(request: FastifyRequest, reply: FastifyReply, answer: unknown): FastifyReply {
  if (isRefusal(answer)) return sendRefusal(request, reply, answer);
  return reply.header('cache-control', 'no-store').send(answer);
}

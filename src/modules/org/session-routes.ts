import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { Database } from '#platform/db/db.ts';
import { transact } from '#platform/db/transact.ts';
import { isUuid, notNow, param } from '#platform/http/router.ts';
import { sendRefusal } from '#platform/http/shell.ts';
import { tryLimit } from '#platform/http/try-limit.ts';
import type { Vault } from '#platform/vault.ts';
import { nothingSchema } from './admin-api.ts';
import { redeemCode } from './one-time-codes.ts';
import { factorRoutes } from './factor-routes.ts';
import { endSession, listSessions } from './open-sessions.ts';
import { codeSchema, type Names, passwordSchema, signInSchema, unlockSchema } from './org-api.ts';
import { changePassword, signIn, signOut, unlock } from './session-commands.ts';
import { findSession, listDemoRoles, type Signed } from './session-reads.ts';

export type SessionDeps = {
  readonly database: Database;
  /** Served by TLS: the cookie is secure and bound to the host. */
  readonly secure: boolean;
  /** Business seconds a real second. */
  readonly clockScale: number;
  readonly postName: (post: string) => Names;
  readonly vault: Vault;
};

/** Who sent a request: the session that its cookie names. Refuses with `session.none`. */
export function sessionOf(
  deps: Pick<SessionDeps, 'database' | 'secure'>,
): (request: FastifyRequest) => Promise<Signed | Refusal> {
  const cookieName = cookieNameOf(deps);
  return async (request) => {
    const token = request.cookies[cookieName];
    const who = token === undefined ? undefined : await findSession(deps.database, token);
    return who ?? refuse('session.none');
  };
}

/** Sign-in and the screen lock: the only staff routes that work without an open session. */
export function sessionRoutes(app: FastifyInstance, deps: SessionDeps): void {
  const { database } = deps;
  const signedIn = sessionOf(deps);
  const cookieName = cookieNameOf(deps);
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: deps.secure } as const;

  const tries = tryLimit();

  app.get('/api/session', async (request, reply) => {
    const who = await signedIn(request);
    if (isRefusal(who)) return sendRefusal(request, reply, who);
    return reply.header('cache-control', 'no-store').send(await sessionView(deps, who));
  });

  app.post('/api/session', { schema: { body: signInSchema } }, async (request, reply) => {
    if (tries.exhausted(request.ip)) return sendRefusal(request, reply, refuse('session.too-many'));
    const body = request.body as Static<typeof signInSchema>;
    const device = request.headers['user-agent'] ?? '';
    // A plain transaction: a counted failure is committed although it is a refusal.
    const opened = await database.transaction((tx) => signIn(tx, deps.vault, { ...body, device }));
    if (isRefusal(opened)) {
      if (opened.refused !== 'session.second-factor') tries.failed(request.ip);
      return sendRefusal(request, reply, opened);
    }
    return reply.setCookie(cookieName, opened.token, cookie).code(204).send();
  });

  app.delete('/api/session', async (request, reply) => {
    const who = await signedIn(request);
    if (!isRefusal(who)) await database.transaction((tx) => signOut(tx, who));
    return reply.clearCookie(cookieName, cookie).header('clear-site-data', '"cache"').code(204).send();
  });

  app.post('/api/session/unlock', { schema: { body: unlockSchema } }, async (request, reply) => {
    const who = await signedIn(request);
    if (isRefusal(who)) return sendRefusal(request, reply, who);
    const { password } = request.body as Static<typeof unlockSchema>;
    const result = await database.transaction((tx) => unlock(tx, who, password));
    return isRefusal(result) ? sendRefusal(request, reply, result) : reply.code(204).send();
  });

  app.post('/api/session/password', { schema: { body: passwordSchema } }, async (request, reply) => {
    const who = await signedIn(request);
    if (isRefusal(who)) return sendRefusal(request, reply, who);
    if (who.locked) return sendRefusal(request, reply, refuse('session.locked'));
    const body = request.body as Static<typeof passwordSchema>;
    const result = await database.transaction((tx) => changePassword(tx, who, body));
    return isRefusal(result) ? sendRefusal(request, reply, result) : reply.code(204).send();
  });

  app.post('/api/session/code', { schema: { body: codeSchema } }, async (request, reply) => {
    if (tries.exhausted(request.ip)) return sendRefusal(request, reply, refuse('session.too-many'));
    const body = request.body as Static<typeof codeSchema>;
    const done = await transact(database, (tx) => redeemCode(tx, body));
    if (isRefusal(done) && done.refused === 'code.wrong') tries.failed(request.ip);
    if (isRefusal(done)) return sendRefusal(request, reply, done);
    return reply.header('cache-control', 'no-store').send(done);
  });

  factorRoutes(app, deps, signedIn);

  app.get('/api/sessions', async (request, reply) => {
    const who = await signedIn(request);
    if (isRefusal(who)) return sendRefusal(request, reply, who);
    const refused = notNow(who);
    if (refused !== undefined) return sendRefusal(request, reply, refused);
    return reply.header('cache-control', 'no-store').send(await listSessions(database, who, who.personId));
  });

  app.post('/api/sessions/:id/end', { schema: { body: nothingSchema } }, async (request, reply) => {
    const who = await signedIn(request);
    if (isRefusal(who)) return sendRefusal(request, reply, who);
    const refused = notNow(who);
    if (refused !== undefined) return sendRefusal(request, reply, refused);
    const sessionId = param(request, 'id');
    if (!isUuid(sessionId)) return sendRefusal(request, reply, refuse('http.not-found'));
    const done = await transact(database, (tx) => endSession(tx, who, { sessionId, of: 'own' }));
    return isRefusal(done) ? sendRefusal(request, reply, done) : reply.code(204).send();
  });

  app.get('/api/demo-roles', async (request, reply) => {
    const rows = await listDemoRoles(database);
    if (rows === undefined) return sendRefusal(request, reply, refuse('http.not-found'));
    return rows.map((row) => ({ ...row, postName: deps.postName(row.post) }));
  });
}

function cookieNameOf({ secure }: Pick<SessionDeps, 'secure'>): string {
  return secure ? '__Host-sid' : 'sid';
}

async function sessionView(deps: SessionDeps, who: Signed) {
  return {
    person: { id: who.personId, name: who.name, staffNo: who.staffNo },
    login: who.login,
    post: who.post,
    postName: deps.postName(who.post),
    unit: who.unit,
    company: who.company,
    roles: who.roles,
    permissions: who.permissions,
    mustChangePassword: who.mustChangePassword,
    mustEnrol: who.mustEnrol,
    locked: who.locked,
    clock: { now: await deps.database.now(), scale: deps.clockScale },
  };
}

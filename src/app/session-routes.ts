import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { isRefusal, refuse } from '#kernel/result.ts';
import { changePassword, listDemoRoles, type Signed, signIn, signOut, unlock } from '#modules/org/index.ts';
import { passwordSchema, signInSchema, unlockSchema } from '#modules/org/org-api.ts';
import type { AppDeps } from './build-app.ts';
import type { Router } from './routes.ts';
import { sendRefusal } from '#platform/http/shell.ts';

/** Sign-in and the screen lock: the only staff routes that work without an open session. */
export function sessionRoutes(app: FastifyInstance, router: Router, deps: AppDeps, cookieName: string): void {
  const { database } = deps;
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: deps.secure } as const;

  app.get('/api/session', async (request, reply) => {
    const who = await router.signedIn(request);
    if (isRefusal(who)) return sendRefusal(request, reply, who);
    return reply.header('cache-control', 'no-store').send(await sessionView(deps, who));
  });

  app.post('/api/session', { schema: { body: signInSchema } }, async (request, reply) => {
    const { login, password } = request.body as Static<typeof signInSchema>;
    const device = request.headers['user-agent'] ?? '';
    // A plain transaction: a counted failure is committed although it is a refusal.
    const opened = await database.transaction((tx) => signIn(tx, { login, password, device }));
    if (isRefusal(opened)) return sendRefusal(request, reply, opened);
    return reply.setCookie(cookieName, opened.token, cookie).code(204).send();
  });

  app.delete('/api/session', async (request, reply) => {
    const who = await router.signedIn(request);
    if (!isRefusal(who)) await database.transaction((tx) => signOut(tx, who));
    return reply.clearCookie(cookieName, cookie).header('clear-site-data', '"cache"').code(204).send();
  });

  app.post('/api/session/unlock', { schema: { body: unlockSchema } }, async (request, reply) => {
    const who = await router.signedIn(request);
    if (isRefusal(who)) return sendRefusal(request, reply, who);
    const { password } = request.body as Static<typeof unlockSchema>;
    const result = await database.transaction((tx) => unlock(tx, who, password));
    return isRefusal(result) ? sendRefusal(request, reply, result) : reply.code(204).send();
  });

  app.post('/api/session/password', { schema: { body: passwordSchema } }, async (request, reply) => {
    const who = await router.signedIn(request);
    if (isRefusal(who)) return sendRefusal(request, reply, who);
    if (who.locked) return sendRefusal(request, reply, refuse('session.locked'));
    const body = request.body as Static<typeof passwordSchema>;
    const result = await database.transaction((tx) => changePassword(tx, who, body));
    return isRefusal(result) ? sendRefusal(request, reply, result) : reply.code(204).send();
  });

  app.get('/api/demo-roles', async (request, reply) => {
    const rows = await listDemoRoles(database);
    if (rows === undefined) return sendRefusal(request, reply, refuse('http.not-found'));
    return rows.map((row) => ({ ...row, postName: deps.postName(row.post) }));
  });
}

async function sessionView(deps: AppDeps, who: Signed) {
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
    locked: who.locked,
    clock: { now: await deps.database.now(), scale: deps.clockScale },
  };
}

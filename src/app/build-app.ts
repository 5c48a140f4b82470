import type { FastifyInstance } from 'fastify';
import { dueAt, type WorkingDays } from '#modules/clock/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import { httpShell, type ShellOptions } from '#platform/http/shell.ts';
import { caseRoutes } from './case-routes.ts';
import { customerRoutes } from './customer-routes.ts';
import { liveRoute } from './live-route.ts';
import { router, SESSION_COOKIE } from './routes.ts';
import { sessionRoutes } from './session-routes.ts';

export type AppDeps = {
  readonly database: Database;
  readonly handbook: ReturnType<typeof handbookLibrary>;
  readonly days: WorkingDays;
  /** Business seconds a real second. */
  readonly clockScale: number;
  /** Served by TLS: cookies are secure and bound to the host. */
  readonly secure: boolean;
  readonly postName: (post: string) => string;
};

/** The whole program behind its HTTP door, without a port: tests use `inject`. */
export async function buildApp(deps: AppDeps, shell: ShellOptions): Promise<FastifyInstance> {
  const app = await httpShell(shell);
  const cookieName = deps.secure ? `__Host-${SESSION_COOKIE}` : SESSION_COOKIE;
  const routes = router(app, deps.database, cookieName);
  sessionRoutes(app, routes, deps, cookieName);
  customerRoutes(routes, deps);
  caseRoutes(routes, deps, {
    activeHandbook: deps.handbook.active,
    version: deps.handbook.version,
    dueAt: (limit, start) => dueAt(limit, start, deps.days),
  });
  liveRoute(app, routes, deps);
  app.get('/api/health', async () => ({ now: await deps.database.now() }));
  return app;
}

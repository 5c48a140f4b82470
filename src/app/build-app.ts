import type { FastifyInstance } from 'fastify';
import type { WorkingDays } from '#modules/clock/index.ts';
import { isPermission, sessionOf, sessionRoutes } from '#modules/org/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import { router } from '#platform/http/router.ts';
import { httpShell, type ShellOptions } from '#platform/http/shell.ts';
import type { Outside } from '#platform/outside.ts';
import { healthRoutes } from './health-routes.ts';
import { liveRoute } from './live-route.ts';
import { modules } from './modules.ts';
import { describeInterface } from './openapi.ts';

export type AppDeps = {
  readonly database: Database;
  readonly handbook: ReturnType<typeof handbookLibrary>;
  readonly days: WorkingDays;
  /** Business seconds a real second. */
  readonly clockScale: number;
  /** Served by TLS: cookies are secure and bound to the host. */
  readonly secure: boolean;
  readonly postName: (post: string) => string;
  /** Gateways for messages; absent: the demo's, which only show what would go out. */
  readonly outside?: Outside;
  /** Where the heads of the audit chain are exported; absent: sealed only, as in tests. */
  readonly auditFolder?: string;
  /** Opens `/metrics` to other machines; absent: this one only. */
  readonly metricsKey?: string | null;
};

/** The whole program behind its HTTP door, without a port: tests use `inject`. */
export async function buildApp(deps: AppDeps, shell: ShellOptions): Promise<FastifyInstance> {
  const app = await httpShell(shell);
  await describeInterface(app);
  const signedIn = sessionOf(deps);
  const routes = router(app, deps.database, signedIn);
  sessionRoutes(app, deps);
  for (const module of modules) {
    module.routes?.(routes, deps);
    module.doors?.(app, deps);
  }
  liveRoute(
    app,
    signedIn,
    deps.database,
    modules.flatMap((module) => module.hints?.(deps) ?? []),
  );
  healthRoutes(app, { database: deps.database, metricsKey: deps.metricsKey ?? null });
  const undeclared = routes.routes.find((route) => !isPermission(route.permission));
  if (undeclared) throw new Error(`${undeclared.path} asks for ${undeclared.permission}, which no role has`);
  return app;
}

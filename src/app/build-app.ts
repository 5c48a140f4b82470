import type { FastifyInstance } from 'fastify';
import { isPermission, sessionOf, sessionRoutes } from '#modules/org/index.ts';
import { router } from '#platform/http/router.ts';
import { httpShell, type ShellOptions } from '#platform/http/shell.ts';
import { passingVault } from '#platform/vault.ts';
import type { AppDeps } from './app-deps.ts';
import { healthRoutes } from './health-routes.ts';
import { liveRoute } from './live-route.ts';
import { modules } from './modules.ts';
import { describeInterface } from './openapi.ts';

/** The whole program behind its HTTP door, without a port: tests use `inject`. */
export async function buildApp(deps: AppDeps, shell: ShellOptions): Promise<FastifyInstance> {
  const app = await httpShell(shell);
  await describeInterface(app);
  const signedIn = sessionOf(deps);
  const sealed = { ...deps, vault: deps.vault ?? passingVault };
  const routes = router(app, sealed, signedIn);
  sessionRoutes(app, sealed);
  for (const module of modules) {
    module.routes?.(routes, deps);
    module.doors?.(app, deps);
  }
  liveRoute(
    app,
    signedIn,
    deps,
    modules.flatMap((module) => module.hints?.(deps) ?? []),
  );
  healthRoutes(app, { database: deps.database, metricsKey: deps.metricsKey ?? null });
  const undeclared = routes.routes.find((route) => !isPermission(route.permission));
  if (undeclared) throw new Error(`${undeclared.path} asks for ${undeclared.permission}, which no role has`);
  return app;
}

import { refuse } from '#kernel/result.ts';
import { actorOf, type CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import type { Router } from '#platform/http/router.ts';
import { liftEarthsForCrew } from './earths-commands.ts';
import {
  liftEarthsSchema,
  permitSchema,
  refusePermissionSchema,
  withdrawPermissionSchema,
} from './permission-api.ts';
import { permitWork, refusePermission, withdrawPermission } from './permission-commands.ts';
import { permissionDesk } from './permission-reads.ts';

/** The desk of the grid dispatcher: what waits for his word, what he permitted and is still out. */
export function permissionRoutes(
  router: Router,
  { database }: { readonly database: Database },
  deps: CaseDeps,
): void {
  router.read({
    path: '/api/permissions',
    permission: 'repair.permit',
    object: 'none',
    summary: 'Work that waits for permission, permissions that are out, and what was decided in the last day',
    answer: async (who) => {
      const version = await deps.activeHandbook(database, who.companyId);
      if (version === undefined) return refuse('case.no-handbook');
      return await permissionDesk(database, actorOf(who), version, await database.now());
    },
  });
  router.write({
    path: '/api/permissions/permit',
    permission: 'repair.permit',
    object: 'none',
    summary: 'Records that the grid dispatcher permitted work',
    body: permitSchema,
    command: (tx, who, request) => permitWork(tx, deps, actorOf(who), request.body),
  });
  router.write({
    path: '/api/permissions/refuse',
    permission: 'repair.permit',
    object: 'none',
    summary: 'Sends the sheet back without permission, with a reason',
    body: refusePermissionSchema,
    command: (tx, who, request) => refusePermission(tx, deps, actorOf(who), request.body),
  });
  router.write({
    path: '/api/permissions/withdraw',
    permission: 'repair.permit',
    object: 'none',
    summary: 'Takes a permission back while the work is not done: it waits for permission once more',
    body: withdrawPermissionSchema,
    command: (tx, who, request) => withdrawPermission(tx, deps, actorOf(who), request.body),
  });
  router.write({
    path: '/api/permissions/earths',
    permission: 'repair.permit',
    object: 'none',
    summary: 'Enters for the crew that its earths are removed, by whose word and when',
    body: liftEarthsSchema,
    command: (tx, who, request) => liftEarthsForCrew(tx, actorOf(who), request.body),
  });
}

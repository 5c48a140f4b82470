import type { FastifyInstance } from 'fastify';
import type { CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import type { Router } from '#platform/http/router.ts';
import { passingVault, type Vault } from '#platform/vault.ts';
import { appointmentRoutes } from './appointment-routes.ts';
import { callDoors, callRoutes } from './call-routes.ts';
import { deviceRoutes } from './device-routes.ts';
import type { HallDeps } from './hall-reads.ts';
import { intakeRoutes } from './intake-routes.ts';
import { queueDoors, queueRoutes } from './queue-routes.ts';
import { shiftRoutes } from './shift-routes.ts';

export { hallPersonal } from './hall-personal.ts';
export { arrive, bookSlot, setSlots } from './appointment-commands.ts';
export { endCall, openCall } from './call-commands.ts';
export { callHints } from './call-hints.ts';
export { saveDraft } from './draft-commands.ts';
export { hallEventTypes } from './hall-event-types.ts';
export type { HallDeps } from './hall-reads.ts';
export { papersOf } from './receipt-reads.ts';
export { callNext, issueTicket, moveTicket } from './queue-commands.ts';

/** Everything that the hall's staff asks for. */
export function hallRoutes(
  router: Router,
  deps: { readonly database: Database; readonly handbook: HallDeps['handbook'] },
  caseDeps: CaseDeps,
): void {
  const { database, handbook } = deps;
  const hall = { handbook, clockBasis: caseDeps.clockBasis };
  intakeRoutes(router, database, hall, caseDeps);
  callRoutes(router, database, caseDeps);
  queueRoutes(router, database, hall);
  appointmentRoutes(router, database, hall);
  shiftRoutes(router, database, hall);
  deviceRoutes(router, database);
}

/** What devices ask for, each by its own token. */
export function hallDoors(
  app: FastifyInstance,
  deps: {
    readonly database: Database;
    readonly handbook: HallDeps['handbook'];
    readonly vault?: Vault;
  },
  caseDeps: CaseDeps,
): void {
  const { database, handbook, vault = passingVault } = deps;
  callDoors(app, database, caseDeps);
  queueDoors(app, { database, vault }, { handbook, clockBasis: caseDeps.clockBasis });
}

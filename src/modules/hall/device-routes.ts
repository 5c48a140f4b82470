import type { FastifyRequest } from 'fastify';
import { type Refusal, refuse } from '#kernel/result.ts';
import { actorOf } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { newDeviceSchema } from './device-api.ts';
import { makeDevice, revokeDevice } from './device-commands.ts';
import { type Device, type DeviceKind, findDevice, listDevices } from './device-store.ts';
import { nothingSchema } from './hall-api.ts';

export function deviceRoutes(router: Router, database: Database): void {
  router.read({
    path: '/api/devices',
    permission: 'hall.manage',
    object: 'none',
    summary: 'Screens, ticket machines and exchanges that may speak to us',
    answer: async (who) => await listDevices(database, who.companyId),
  });
  router.write({
    path: '/api/devices',
    permission: 'hall.manage',
    object: 'none',
    summary: 'Lets a device in; its token is shown once',
    body: newDeviceSchema,
    command: (tx, who, request) => makeDevice(tx, actorOf(who), request.body),
  });
  router.write({
    path: '/api/devices/:id/revoke',
    permission: 'hall.manage',
    object: 'other',
    summary: 'Takes the token of a device back',
    body: nothingSchema,
    command: (tx, who, request) => revokeDevice(tx, actorOf(who), param(request, 'id')),
  });
}

/** The device that a request comes from, by `authorization: Bearer …`. Refuses with `device.unknown`. */
export async function deviceOf(
  database: Database,
  request: FastifyRequest,
  kind: DeviceKind,
): Promise<Device | Refusal> {
  const [, token] = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) return refuse('device.unknown');
  const device = await findDevice(database, token, await database.now());
  return device?.kind === kind ? device : refuse('device.unknown');
}

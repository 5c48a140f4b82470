import { Type } from 'typebox';
import { refuse } from '#kernel/result.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { deviceView } from './device-view.ts';
import { gridMaps } from './grid-map.ts';
import { switchSchema } from './network-api.ts';
import { feederView, findDevices, householdsBelow, networkOverview } from './network-reads.ts';
import { switchDevice } from './switch-device.ts';

/** The grid: what hangs below what, what is dark, and the record of switchings. */
export function networkRoutes(router: Router, { database }: { readonly database: Database }): void {
  const maps = gridMaps(database);
  const head = { permission: 'network.read', object: 'other' } as const;
  router.read({
    path: '/api/network',
    permission: 'network.read',
    object: 'none',
    summary:
      'Substations and feeders, devices that are not in their normal state, households without supply by them',
    answer: async (who) => await networkOverview(database, who.companyId),
  });
  router.read({
    path: '/api/network/map',
    permission: 'network.read',
    object: 'none',
    summary: 'The ways of medium voltage on a map, and transformers without supply',
    answer: async (who) => await maps.view(who.companyId),
  });
  router.read({
    path: '/api/network/search',
    permission: 'network.read',
    object: 'none',
    summary: 'Devices by code or name',
    query: { words: Type.String({ minLength: 1, maxLength: 40 }) },
    answer: async (who, request) =>
      await findDevices(database, who.companyId, (request.query as { words: string }).words),
  });
  router.read({
    ...head,
    path: '/api/network/feeders/:id',
    summary: 'The medium voltage of a feeder as it is switched now',
    answer: async (who, request) =>
      (await feederView(database, who.companyId, param(request, 'id'))) ?? refuse('http.not-found'),
  });
  router.read({
    ...head,
    path: '/api/network/devices/:id',
    summary: 'A device with what is above and below it, now or at a past instant',
    query: { at: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}$' })) },
    answer: async (who, request) => {
      const { at } = request.query as { readonly at?: string };
      const reader = {
        companyId: who.companyId,
        maySwitch: who.permissions.includes('network.switch'),
      };
      const moment = at === undefined ? null : Number(at);
      return (await deviceView(database, reader, param(request, 'id'), moment)) ?? refuse('http.not-found');
    },
  });
  router.read({
    ...head,
    path: '/api/network/devices/:id/households',
    summary: 'The households below a device, masked',
    query: { offset: Type.Optional(Type.String({ pattern: '^[0-9]{1,6}$' })) },
    answer: async (who, request) => {
      const { offset = '0' } = request.query as { readonly offset?: string };
      const id = param(request, 'id');
      return (await householdsBelow(database, who.companyId, id, Number(offset))) ?? refuse('http.not-found');
    },
  });
  router.write({
    path: '/api/network/devices/:id/switch',
    permission: 'network.switch',
    object: 'other',
    summary: 'Records that a device was opened or closed',
    body: switchSchema,
    command: (tx, who, request) => switchDevice(tx, who, param(request, 'id'), request.body),
  });
}

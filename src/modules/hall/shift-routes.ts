import { actorOf } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { nothingSchema } from './hall-api.ts';
import type { HallDeps } from './hall-reads.ts';
import { acceptShiftSchema, offerSchema } from './shift-api.ts';
import { acceptShift, offerShift, withdrawShift } from './shift-commands.ts';
import { shiftView } from './shift-reads.ts';

export function shiftRoutes(router: Router, database: Database, hall: HallDeps): void {
  router.read({
    path: '/api/shift',
    permission: 'shift.hand-over',
    object: 'none',
    summary: 'What I would hand over now, offers to me, and what was handed over before',
    answer: async (who) => await shiftView(database, hall, actorOf(who), await database.now()),
  });
  router.write({
    path: '/api/shift/offers',
    permission: 'shift.hand-over',
    object: 'none',
    summary: 'Offers my shift',
    body: offerSchema,
    command: (tx, who, request) => offerShift(tx, hall, actorOf(who), request.body),
  });
  router.write({
    path: '/api/shift/offers/:id/accept',
    permission: 'shift.hand-over',
    object: 'other',
    summary: 'Accepts a shift',
    body: acceptShiftSchema,
    command: (tx, who, request) =>
      acceptShift(tx, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    path: '/api/shift/offers/:id/withdraw',
    permission: 'shift.hand-over',
    object: 'other',
    summary: 'Takes an offer of mine back',
    body: nothingSchema,
    command: (tx, who, request) => withdrawShift(tx, actorOf(who), param(request, 'id')),
  });
}

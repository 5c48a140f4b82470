import { Type } from 'typebox';
import { actorOf } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { daySchema } from '#platform/http/schemas.ts';
import { bookSchema, slotsSchema } from './appointment-api.ts';
import {
  appointmentsOf,
  arrive,
  bookSlot,
  endAppointment,
  setSlots,
  slotDay,
} from './appointment-commands.ts';
import { nothingSchema } from './hall-api.ts';
import type { HallDeps } from './hall-reads.ts';

const uuid = Type.String({ format: 'uuid' });

export function appointmentRoutes(router: Router, database: Database, hall: HallDeps): void {
  router.read({
    path: '/api/appointments/slots',
    permission: 'case.intake',
    object: 'none',
    summary: 'The parts of a day that can be booked in a hall',
    query: { day: daySchema, hall: Type.Optional(uuid) },
    answer: async (who, request) => {
      const { day, hall: hallId = null } = request.query as { day: string; hall?: string };
      return await slotDay(database, hall, actorOf(who), { hallId, day }, await database.now());
    },
  });
  router.read({
    path: '/api/appointments',
    permission: 'case.intake',
    object: 'none',
    summary: 'The appointments of my hall on a day',
    query: { day: daySchema },
    answer: async (who, request) =>
      await appointmentsOf(database, actorOf(who), (request.query as { day: string }).day),
  });
  router.write({
    path: '/api/appointments/slots',
    method: 'PUT',
    permission: 'hall.manage',
    object: 'none',
    summary: 'How many people my hall sees by appointment in each part of a day',
    body: slotsSchema,
    command: (tx, who, request) => setSlots(tx, actorOf(who), request.body),
  });
  router.write({
    path: '/api/appointments',
    permission: 'case.intake',
    object: 'none',
    summary: 'Books a part of a day',
    body: bookSchema,
    command: (tx, who, request) => bookSlot(tx, hall, actorOf(who), request.body),
  });
  router.write({
    path: '/api/appointments/:id/arrive',
    permission: 'case.intake',
    object: 'other',
    summary: 'Whoever booked came and gets a ticket',
    body: nothingSchema,
    command: (tx, who, request) => arrive(tx, hall, actorOf(who), param(request, 'id')),
  });
  for (const [verb, state] of [
    ['cancel', 'cancelled'],
    ['miss', 'missed'],
  ] as const)
    router.write({
      path: `/api/appointments/:id/${verb}`,
      permission: 'case.intake',
      object: 'other',
      summary: state === 'missed' ? 'Nobody came' : 'Cancels an appointment',
      body: nothingSchema,
      command: (tx, who, request) => endAppointment(tx, actorOf(who), { id: param(request, 'id'), state }),
    });
}

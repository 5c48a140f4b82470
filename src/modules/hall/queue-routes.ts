import type { FastifyInstance } from 'fastify';
import { isRefusal, refuse } from '#kernel/result.ts';
import { actorOf } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { transact } from '#platform/db/transact.ts';
import { idempotent } from '#platform/http/idempotent.ts';
import type { Router } from '#platform/http/router.ts';
import { sendRefusal } from '#platform/http/shell.ts';
import type { Vault } from '#platform/vault.ts';
import { deviceOf } from './device-routes.ts';
import { dayOf } from './business-day.ts';
import { nothingSchema } from './hall-api.ts';
import type { HallDeps } from './hall-reads.ts';
import { type Issue, issueSchema, ticketEndSchema, windowSchema } from './queue-api.ts';
import { callNext, issueTicket, moveTicket } from './queue-commands.ts';
import { hallScreen, queueView } from './queue-reads.ts';

export function queueRoutes(router: Router, database: Database, hall: HallDeps): void {
  router.read({
    path: '/api/queue',
    permission: 'case.intake',
    object: 'none',
    summary: 'The queue of my hall today',
    answer: async (who) => {
      const now = await database.now();
      return await queueView(database, hall, actorOf(who), dayOf(now), now);
    },
  });
  router.write({
    path: '/api/queue/tickets',
    permission: 'case.intake',
    object: 'none',
    summary: 'Gives out a ticket',
    body: issueSchema,
    command: (tx, who, request) =>
      issueTicket(tx, hall, { companyId: who.companyId, hallId: who.unit.id }, request.body),
  });
  router.write({
    path: '/api/queue/next',
    permission: 'case.intake',
    object: 'none',
    summary: 'Calls the next to my window',
    body: windowSchema,
    command: (tx, who, request) => callNext(tx, actorOf(who), request.body),
  });
  for (const step of ['recall', 'serve'] as const)
    router.write({
      path: `/api/queue/${step}`,
      permission: 'case.intake',
      object: 'none',
      summary: step === 'recall' ? 'Calls the ticket in hand again' : 'The customer stands at the window',
      body: nothingSchema,
      command: (tx, who) => moveTicket(tx, actorOf(who), step),
    });
  router.write({
    path: '/api/queue/end',
    permission: 'case.intake',
    object: 'none',
    summary: 'The ticket in hand is done, or nobody came',
    body: ticketEndSchema,
    command: (tx, who, request) => moveTicket(tx, actorOf(who), request.body.outcome),
  });
}

/** What a wall reads and a ticket machine writes, each by its own token. */
export function queueDoors(
  app: FastifyInstance,
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  hall: HallDeps,
): void {
  app.get('/api/hall-screen', async (request, reply) => {
    const device = await deviceOf(database, request, 'hall-screen');
    if (isRefusal(device)) return sendRefusal(request, reply, device);
    const now = await database.now();
    const place = { companyId: device.companyId, hallId: device.unitId, day: dayOf(now) };
    return reply.header('cache-control', 'no-store').send(await hallScreen(database, hall, place, now));
  });
  app.post('/api/tickets', {
    schema: { summary: 'A ticket drawn at the machine', body: issueSchema },
    attachValidation: true,
    handler: async (request, reply) => {
      const device = await deviceOf(database, request, 'ticket-machine');
      if (isRefusal(device)) return sendRefusal(request, reply, device);
      if (request.validationError) throw request.validationError;
      const key = request.headers['idempotency-key'];
      if (typeof key !== 'string' || !/^[\w-]{8,80}$/.test(key))
        return sendRefusal(request, reply, refuse('http.key-missing'));
      const { companyId, id: actorId, unitId: hallId } = device;
      const content = [request.method, request.url, request.body];
      const result = await transact(database, (tx) =>
        idempotent<object>(tx, vault, { companyId, actorId, key, content }, () =>
          issueTicket(tx, hall, { companyId, hallId }, request.body as Issue),
        ),
      );
      if (isRefusal(result)) return sendRefusal(request, reply, result);
      return reply.header('cache-control', 'no-store').send(result);
    },
  });
}

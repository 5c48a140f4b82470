import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MINUTE } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { actorOf, type CaseDeps, listOwedCalls } from '#modules/case/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import { transact } from '#platform/db/transact.ts';
import { param, type Router } from '#platform/http/router.ts';
import { sendRefusal } from '#platform/http/shell.ts';
import {
  callNotesSchema,
  endCallSchema,
  openCallSchema,
  type RangOff,
  type Ring,
  rangOffSchema,
  ringSchema,
} from './call-api.ts';
import {
  answerCall,
  callFigures,
  callView,
  endCall,
  noteOnCall,
  openCall,
  rangOff,
  ring,
} from './call-commands.ts';
import { findRinging } from './call-store.ts';
import { deviceOf } from './device-routes.ts';
import type { Device } from './device-store.ts';
import { nothingSchema } from './hall-api.ts';

/** A telephone that rings longer has been given up, whatever the exchange says. */
const RINGS_FOR = 2 * MINUTE;

export function callRoutes(router: Router, database: Database, deps: CaseDeps): void {
  router.read({
    path: '/api/calls/ringing',
    permission: 'case.intake',
    object: 'none',
    summary: 'What rings on my screen, and how many call-backs are owed',
    answer: async (who) => {
      const now = await database.now();
      const call = (await findRinging(database, who, now - RINGS_FOR)) ?? null;
      return { call, owed: (await listOwedCalls(database, deps.activeHandbook, actorOf(who), now)).length };
    },
  });
  router.read({
    path: '/api/calls/figures',
    permission: 'case.intake',
    object: 'none',
    summary: 'Calls of my units today: picked up in time, missed, called back',
    answer: async (who) => await callFigures(database, deps, who, await database.now()),
  });
  router.read({
    path: '/api/calls/:id',
    permission: 'case.intake',
    object: 'other',
    summary: 'A call and who may be calling',
    answer: async (who, request) =>
      (await callView(database, who, param(request, 'id'), await database.now())) ?? refuse('http.not-found'),
  });
  router.write({
    path: '/api/calls/open',
    permission: 'case.intake',
    object: 'none',
    summary: 'Opens a call by its number',
    body: openCallSchema,
    command: (tx, who, request) => openCall(tx, actorOf(who), request.body),
  });
  router.write({
    path: '/api/calls/:id/answer',
    permission: 'case.intake',
    object: 'other',
    summary: 'Answers a ringing call',
    body: nothingSchema,
    command: (tx, who, request) => answerCall(tx, actorOf(who), param(request, 'id')),
  });
  router.write({
    path: '/api/calls/:id/notes',
    method: 'PUT',
    permission: 'case.intake',
    object: 'other',
    summary: 'Mood, threat of escalation, recording number, household',
    body: callNotesSchema,
    command: (tx, who, request) =>
      noteOnCall(tx, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.write({
    path: '/api/calls/:id/end',
    permission: 'case.intake',
    object: 'other',
    summary: 'Ends a call; a dropped one owes a call-back',
    body: endCallSchema,
    command: (tx, who, request) =>
      endCall(tx, deps, actorOf(who), {
        ...request.body,
        id: param(request, 'id'),
      }),
  });
}

/**
 * What a telephone exchange may say, with the key that the hall's lead made for it. A repeated message has one effect by
 * the exchange's own number of the call.
 */
export function callDoors(app: FastifyInstance, database: Database, deps: CaseDeps): void {
  const door =
    (command: (tx: Tx, device: Device, body: unknown) => Promise<object | Refusal>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const device = await deviceOf(database, request, 'exchange');
      if (isRefusal(device)) return sendRefusal(request, reply, device);
      if (request.validationError) throw request.validationError;
      const result = await transact(database, (tx) => command(tx, device, request.body));
      if (isRefusal(result)) return sendRefusal(request, reply, result);
      return reply.header('cache-control', 'no-store').send(result);
    };
  app.post('/api/calls', {
    schema: { summary: 'A telephone rings (exchange)', body: ringSchema },
    // The key is looked at first: whoever has none learns nothing of the interface.
    attachValidation: true,
    handler: door((tx, device, body) => ring(tx, device, body as Ring)),
  });
  app.post('/api/calls/rang-off', {
    schema: { summary: 'What became of a call (exchange)', body: rangOffSchema },
    attachValidation: true,
    handler: door((tx, device, body) => rangOff(tx, deps, device, body as RangOff)),
  });
}

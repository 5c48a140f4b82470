import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { CaseDeps } from '#modules/case/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import { transact } from '#platform/db/transact.ts';
import { sendRefusal } from '#platform/http/shell.ts';
import { outsideOrderSchema, returnSchema, takenSchema } from './door-api.ts';
import type { OutsideOrder } from './domain/index.ts';
import { keyOf } from './key-routes.ts';
import type { DoorKey, OrderKey } from './key-store.ts';
import { receiveFromSystem } from './receive-order.ts';
import { handOver, returnReply } from './reply-commands.ts';
import { listReady } from './reply-reads.ts';

/** What other systems ask for, each with its key. Their number makes every write harmless to repeat. */
export function outsideDoors(app: FastifyInstance, database: Database, deps: CaseDeps): void {
  type Work = (key: OrderKey, request: FastifyRequest) => Promise<unknown>;
  const answer =
    (scope: 'orders' | 'replies', work: Work) => async (request: FastifyRequest, reply: FastifyReply) => {
      const key = await keyOf(database, request, scope);
      if (isRefusal(key)) return sendRefusal(request, reply, key);
      if (!isOrderKey(key)) return sendRefusal(request, reply, refuse('door.key-scope'));
      if (request.validationError) throw request.validationError;
      const result = await work(key, request);
      if (isRefusal(result)) return sendRefusal(request, reply, result);
      return reply.header('cache-control', 'no-store').send(result);
    };
  const writes =
    (command: (tx: Tx, key: OrderKey, body: unknown) => Promise<object | Refusal>): Work =>
    (key, request) =>
      transact(database, (tx) => command(tx, key, request.body));
  const post = (url: string, summary: string, body: TSchema, scope: 'orders' | 'replies', work: Work) =>
    // The key is looked at before the schema: whoever has none learns nothing of the interface.
    app.post(url, { schema: { summary, body }, attachValidation: true, handler: answer(scope, work) });

  post(
    '/api/outside/orders',
    'An order of 95598, 12398 or 12345 comes in (key)',
    outsideOrderSchema,
    'orders',
    writes((tx, key, body) => receiveFromSystem(tx, deps, arrivalOf(key), body as OutsideOrder)),
  );
  post(
    '/api/outside/returns',
    'They send a reply back: the work begins anew (key)',
    returnSchema,
    'orders',
    writes((tx, key, body) => returnReply(tx, deps, key, body as { number: string; reason: string })),
  );
  // Two statements: a schema with a summary alone fits no overload of the framework's types.
  const schema: Readonly<Record<string, unknown>> = {
    summary: 'Replies that wait to be fetched, in their fields (key)',
  };
  app.get('/api/outside/replies', {
    schema,
    handler: answer('replies', async (key) => await listReady(database, deps, key)),
  });
  post(
    '/api/outside/replies/taken',
    'They have these replies now (key)',
    takenSchema,
    'replies',
    writes(async (tx, key, body) => {
      const { numbers } = body as { numbers: string[] };
      return await handOver(tx, key, { door: key.door, numbers, way: 'http', by: null });
    }),
  );
}

function isOrderKey(key: DoorKey): key is OrderKey {
  return key.door !== 'meters';
}

function arrivalOf(key: OrderKey) {
  return { companyId: key.companyId, door: key.door, way: 'http', keyId: key.id, personId: null } as const;
}

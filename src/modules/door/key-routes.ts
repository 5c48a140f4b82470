import type { FastifyRequest } from 'fastify';
import { type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import { param, type Principal, type Router } from '#platform/http/router.ts';
import { nothingSchema } from './door-api.ts';
import { type KeyScope, type NewKey, newKeySchema } from './door-key-api.ts';
import { type DoorKey, findKey, insertKey, listKeys, revokeKey } from './key-store.ts';

export function keyRoutes(router: Router, database: Database): void {
  router.read({
    path: '/api/door-keys',
    permission: 'door.keys',
    object: 'none',
    summary: 'Keys of other systems, without the keys themselves',
    answer: async (who) => await listKeys(database, who.companyId, await database.now()),
  });
  router.write({
    path: '/api/door-keys',
    permission: 'door.keys',
    object: 'none',
    summary: 'Makes a key for another system; it is shown once',
    body: newKeySchema,
    command: async (tx, who, request) => {
      if (!fits(request.body)) return refuse('door.key-unfit');
      const made = await insertKey(tx, who, request.body);
      await audit(tx, who, 'door-key.made', made.id);
      return made;
    },
  });
  router.write({
    path: '/api/door-keys/:id/revoke',
    permission: 'door.keys',
    object: 'other',
    summary: 'Takes a key back',
    body: nothingSchema,
    command: async (tx, who, request) => {
      const id = param(request, 'id');
      if (!(await revokeKey(tx, who.companyId, id))) return refuse('http.not-found');
      await audit(tx, who, 'door-key.revoked', id);
      return { revoked: true };
    },
  });
}

/** Meters send events; the other doors send orders and fetch replies. */
function fits({ door, scopes }: NewKey): boolean {
  return scopes.every((scope) => (scope === 'events') === (door === 'meters'));
}

/** The key of `authorization: Bearer …`. Refuses with `door.key-unknown` and, for another scope, `door.key-scope`. */
export async function keyOf(
  database: Database,
  request: FastifyRequest,
  scope: KeyScope,
): Promise<DoorKey | Refusal> {
  const [, shown] = /^Bearer ([\w.-]{20,200})$/.exec(request.headers.authorization ?? '') ?? [];
  if (shown === undefined) return refuse('door.key-unknown');
  const key = await findKey(database, shown, await database.now());
  if (key === undefined) return refuse('door.key-unknown');
  return key.scopes.includes(scope) ? key : refuse('door.key-scope');
}

async function audit(tx: Tx, who: Principal, action: string, id: string): Promise<void> {
  await auditWriter(tx, who.companyId).write({
    actorId: who.personId,
    action,
    outcome: 'done',
    objectType: 'door-key',
    objectId: id,
  });
}

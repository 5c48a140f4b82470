import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import type { Database } from '#platform/db/db.ts';
import { transact } from '#platform/db/transact.ts';
import { sendRefusal } from '#platform/http/shell.ts';
import type { Vault } from '#platform/vault.ts';
import { confirmFactorSchema, endFactorSchema, unlockSchema } from './org-api.ts';
import { beginFactor, confirmFactor, endFactor, factorView } from './second-factor.ts';
import { provePassword } from './session-commands.ts';
import { notNow } from '#platform/http/router.ts';
import type { Signed } from './session-reads.ts';

/** One's own second factor. Open to whoever is signed in, also while he may do nothing else for want of one. */
export function factorRoutes(
  app: FastifyInstance,
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  signedIn: (request: FastifyRequest) => Promise<Signed | Refusal>,
): void {
  const open = async (request: FastifyRequest): Promise<Signed | Refusal> => {
    const who = await signedIn(request);
    return isRefusal(who) ? who : (notNow(who) ?? who);
  };
  /** A plain transaction: a counted wrong password is committed although it is a refusal. */
  const proved = async (who: Signed, password: string): Promise<Refusal | undefined> =>
    await database.transaction((tx) => provePassword(tx, who, password));

  app.get('/api/session/second-factor', async (request, reply) => {
    const who = await open(request);
    return answer(request, reply, isRefusal(who) ? who : await factorView(database, who));
  });

  app.post('/api/session/second-factor', { schema: { body: unlockSchema } }, async (request, reply) => {
    const who = await open(request);
    if (isRefusal(who)) return answer(request, reply, who);
    const { password } = request.body as Static<typeof unlockSchema>;
    const refused = await proved(who, password);
    return answer(request, reply, refused ?? (await transact(database, (tx) => beginFactor(tx, vault, who))));
  });

  app.post(
    '/api/session/second-factor/confirm',
    { schema: { body: confirmFactorSchema } },
    async (request, reply) => {
      const who = await open(request);
      if (isRefusal(who)) return answer(request, reply, who);
      const { code } = request.body as Static<typeof confirmFactorSchema>;
      return answer(request, reply, await transact(database, (tx) => confirmFactor(tx, vault, who, code)));
    },
  );

  app.post(
    '/api/session/second-factor/end',
    { schema: { body: endFactorSchema } },
    async (request, reply) => {
      const who = await open(request);
      if (isRefusal(who)) return answer(request, reply, who);
      const { password, code } = request.body as Static<typeof endFactorSchema>;
      const refused = await proved(who, password);
      return answer(
        request,
        reply,
        refused ?? (await transact(database, (tx) => endFactor(tx, vault, who, code))),
      );
    },
  );
}

function answer(request: FastifyRequest, reply: FastifyReply, given: object): FastifyReply {
  if (isRefusal(given)) return sendRefusal(request, reply, given);
  return reply.header('cache-control', 'no-store').send(given);
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { isRefusal, refuse } from '#kernel/result.ts';
import type { CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sendRefusal } from '#platform/http/shell.ts';
import type { Vault } from '#platform/vault.ts';
import { type PageInfo, type PageReport, pageReportSchema } from './page-api.ts';
import { reportByPage } from './page-commands.ts';
import { findPlaces, pageCompany } from './page-reads.ts';

/** The work is for a text that the small hash takes: key and nonce together under 56 characters. */
const KEY = /^[\w-]{16,40}$/;

/** The customers' own page: what it shows, places, and reports. Nobody is signed in. */
export function pageDoors(
  app: FastifyInstance,
  stores: { readonly database: Database; readonly vault: Vault },
  deps: CaseDeps,
): void {
  const { database } = stores;
  type Work = (companyId: string, request: FastifyRequest) => Promise<unknown>;
  const open = (work: Work) => async (request: FastifyRequest, reply: FastifyReply) => {
    const company = await pageCompany(database);
    const answer = company === undefined ? refuse('http.not-found') : await work(company.id, request);
    if (isRefusal(answer)) return sendRefusal(request, reply, answer);
    return reply.header('cache-control', 'no-store').send(answer);
  };
  const info: Readonly<Record<string, unknown>> = { summary: 'What the customers’ page offers' };
  app.get('/api/page', {
    schema: info,
    handler: open(async (companyId): Promise<PageInfo> => {
      const version = await deps.activeHandbook(database, companyId);
      const items = version?.handbook.doors.page ?? [];
      const { name } = (await pageCompany(database)) ?? { name: '' };
      return { company: name, items: items.map(({ id, name: text, fault }) => ({ id, name: text, fault })) };
    }),
  });
  const places: Readonly<Record<string, unknown>> = {
    summary: 'Villages and compounds by a piece of their name',
    querystring: Type.Object(
      { q: Type.String({ minLength: 1, maxLength: 20 }) },
      { additionalProperties: false },
    ),
  };
  app.get('/api/page/places', {
    schema: places,
    handler: open(async (companyId, request) => {
      const { q } = request.query as { q: string };
      return await findPlaces(database, companyId, q.trim());
    }),
  });
  app.post('/api/page/reports', {
    schema: { summary: 'A customer reports by the page', body: pageReportSchema },
    handler: open(async (companyId, request) => {
      const key = request.headers['idempotency-key'];
      if (typeof key !== 'string' || !KEY.test(key)) return refuse('http.key-missing');
      const from = { companyId, key, address: addressOf(request) };
      return await reportByPage(stores, deps, from, request.body as PageReport);
    }),
  });
}

function addressOf(request: FastifyRequest): string | null {
  return /^(127\.|::1$|::ffff:127\.)/.test(request.ip) ? null : request.ip;
}

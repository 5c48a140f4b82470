import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { CaseDeps } from '#modules/case/index.ts';
import { findLink, type OpenLink, takeReceipt } from '#modules/notice/index.ts';
import { sayStillDark } from '#modules/outage/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database, Tx } from '#platform/db/db.ts';
import { transact } from '#platform/db/transact.ts';
import { fileDoor, receiveFile } from '#platform/http/file-door.ts';
import { idempotent } from '#platform/http/idempotent.ts';
import { sendRefusal } from '#platform/http/shell.ts';
import { tryLimit } from '#platform/http/try-limit.ts';
import type { Vault } from '#platform/vault.ts';
import { checkDigits } from './check-digits.ts';
import { evaluate } from './evaluate.ts';
import {
  type EvaluationBody,
  evaluationSchema,
  type LanguageBody,
  languageSchema,
  type ReceiptBody,
  receiptSchema,
  type ReplyBody,
  replySchema,
  stillDarkSchema,
  type WordsBody,
  wordsSchema,
} from './link-api.ts';
import { addPhoto, addWords, chooseLanguage } from './link-commands.ts';
import { linkView } from './link-reads.ts';
import { findAsked, takeReply } from './sms-replies.ts';
import { readUnasked, takeUnasked } from './unasked-sms.ts';

export type LinkDeps = {
  readonly database: Database;
  readonly handbook: ReturnType<typeof handbookLibrary>;
  readonly clockScale: number;
  readonly smsSecret: string | null;
  readonly vault: Vault;
};

/**
 * What customers ask for with the token of their link, in a header and never in an address, where it would be logged.
 * An unknown, a broken and an expired token are answered alike.
 */
export function linkDoors(app: FastifyInstance, deps: LinkDeps, caseDeps: CaseDeps): void {
  const { database } = deps;
  const tries = tryLimit();

  app.get('/api/link', async (request, reply) => {
    const link = await linkOf(database, tries, request);
    if (isRefusal(link)) return send(request, reply, link);
    const clock = { now: await database.now(), scale: deps.clockScale };
    return send(request, reply, (await linkView(database, deps.handbook, link, clock)) ?? unknown());
  });

  app.post('/api/link/words', { schema: { body: wordsSchema } }, async (request, reply) => {
    const { digits, words } = request.body as WordsBody;
    const link = await checked(database, tries, request, digits);
    if (isRefusal(link)) return send(request, reply, link);
    return send(request, reply, await once(deps, request, link, (tx) => addWords(tx, link, 'page', words)));
  });

  app.post('/api/link/language', { schema: { body: languageSchema } }, async (request, reply) => {
    const link = await linkOf(database, tries, request);
    if (isRefusal(link)) return send(request, reply, link);
    const { language } = request.body as LanguageBody;
    const result = await once(deps, request, link, (tx) => chooseLanguage(tx, link, language));
    return send(request, reply, result);
  });

  app.post('/api/link/evaluation', { schema: { body: evaluationSchema } }, async (request, reply) => {
    const link = await linkOf(database, tries, request);
    if (isRefusal(link)) return send(request, reply, link);
    const { solved, satisfied, words = '' } = request.body as EvaluationBody;
    const answer = { caseId: link.caseId, source: 'page', solved, satisfied, words } as const;
    const result = await once(deps, request, link, (tx) => evaluate(tx, caseDeps, link.companyId, answer));
    return send(request, reply, result);
  });

  app.post('/api/link/still-dark', { schema: { body: stillDarkSchema } }, async (request, reply) => {
    const link = await linkOf(database, tries, request);
    if (isRefusal(link)) return send(request, reply, link);
    const said = { caseId: link.caseId, source: 'page' } as const;
    const result = await once(deps, request, link, (tx) => sayStillDark(tx, caseDeps, link.companyId, said));
    return send(request, reply, result);
  });

  fileDoor(app, (scope) =>
    scope.post('/api/link/files', async (request, reply) => {
      const digits = request.headers['x-dafuwu-digits'];
      const link = await checked(database, tries, request, typeof digits === 'string' ? digits : '');
      if (isRefusal(link)) return send(request, reply, link);
      const file = await receiveFile(request);
      if (isRefusal(file)) return send(request, reply, file);
      return send(request, reply, await transact(database, (tx) => addPhoto(tx, link, file)));
    }),
  );

  app.post('/api/sms/replies', { schema: { body: replySchema } }, async (request, reply) => {
    if (!knowsSecret(request, deps.smsSecret)) return send(request, reply, refuse('device.unknown'));
    const body = request.body as ReplyBody;
    const unasked = await readUnasked(database, caseDeps, body);
    const last = await findAsked(database, body, await database.now());
    const lastCaseId = last?.about === 'case' ? last.id : undefined;
    const asked =
      unasked === undefined ? last : { ...unasked, ...(lastCaseId !== undefined && { lastCaseId }) };
    if (asked === undefined) return send(request, reply, { what: 'nobody-asked' });
    const { companyId } = asked;
    const actorId = 'about' in asked ? asked.id : companyId;
    const result = await transact(database, (tx) =>
      idempotent(
        tx,
        deps.vault,
        { companyId, actorId, key: `sms:${body.id}`, content: [body.from, body.text] },
        () => ('about' in asked ? takeReply(tx, caseDeps, asked, body) : takeUnasked(tx, caseDeps, asked)),
      ),
    );
    return send(request, reply, result);
  });

  app.post('/api/sms/receipts', { schema: { body: receiptSchema } }, async (request, reply) => {
    if (!knowsSecret(request, deps.smsSecret)) return send(request, reply, refuse('device.unknown'));
    const known = await database.transaction((tx) => takeReceipt(tx, request.body as ReceiptBody));
    return send(request, reply, { known });
  });
}

type Tries = ReturnType<typeof tryLimit>;

/** Whoever guesses tokens is soon not answered any more, from his address; a link that is one is never counted. */
async function linkOf(
  database: Database,
  tries: Tries,
  request: FastifyRequest,
): Promise<OpenLink | Refusal> {
  if (tries.exhausted(request.ip)) return refuse('link.too-many-guesses');
  const token = request.headers['x-dafuwu-link'];
  const link = typeof token === 'string' ? await findLink(database, token, await database.now()) : undefined;
  if (link !== undefined) return link;
  tries.failed(request.ip);
  return unknown();
}

/** The link and the digits. A plain transaction: a counted failure is committed although it is a refusal. */
async function checked(
  database: Database,
  tries: Tries,
  request: FastifyRequest,
  digits: string,
): Promise<OpenLink | Refusal> {
  const link = await linkOf(database, tries, request);
  if (isRefusal(link)) return link;
  return (await database.transaction((tx) => checkDigits(tx, link, digits))) ?? link;
}

/** One effect for each idempotency key of a case. */
async function once<T extends object>(
  { database, vault }: Pick<LinkDeps, 'database' | 'vault'>,
  request: FastifyRequest,
  link: OpenLink,
  command: (tx: Tx) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\w-]{8,80}$/.test(key)) return refuse('http.key-missing');
  const { companyId, caseId: actorId } = link;
  const content = [request.url, request.body];
  return await transact(database, (tx) =>
    idempotent<T>(tx, vault, { companyId, actorId, key, content }, () => command(tx)),
  );
}

function knowsSecret(request: FastifyRequest, secret: string | null): boolean {
  const [, shown = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  const a = Buffer.from(shown);
  const b = Buffer.from(secret ?? '');
  return secret !== null && a.length === b.length && timingSafeEqual(a, b);
}

function unknown(): Refusal {
  return refuse('link.unknown');
}

function send(request: FastifyRequest, reply: FastifyReply, answer: object): FastifyReply {
  if (isRefusal(answer)) return sendRefusal(request, reply, answer);
  return reply.header('cache-control', 'no-store').send(answer);
}

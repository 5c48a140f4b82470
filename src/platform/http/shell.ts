import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import files from '@fastify/static';
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Refusal } from '#kernel/result.ts';
import { BadRequest, useStrictJson } from './json-door.ts';
import { sentence } from './messages.ts';
import { refusalStatus } from './refusal-status.ts';

export type ShellOptions = {
  /** The built web app. Absent: only the interface is served. */
  readonly webFolder: string | null;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly trustedProxy: string | null;
  readonly logError: (error: unknown, requestId: string) => void;
  /** Absent in tests. */
  readonly log?: FastifyBaseLogger;
};

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** disk_full: the server could not write, and its transaction is rolled back. */
const DISK_FULL = '53100';
/** Errors of node-postgres and the socket that mean "no database now", not "our mistake". */
const DATABASE_GONE = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|57P0[123]|08\w{3}|53300)$/;
/** The largest JSON body; files have a door of their own. */
const BODY_LIMIT = 1024 * 1024;

/** The HTTP server without any route of ours: strict input, strict headers, one form of error. */
export async function httpShell(options: ShellOptions): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    trustProxy: options.trustedProxy ?? false,
    genReqId: () => randomUUID(),
    // Our own line says the pattern of the route, never the address, which may hold what somebody searched for.
    logController: new LogController({ disableRequestLogging: true }),
    ...(options.log === undefined ? {} : { loggerInstance: options.log }),
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false } },
    ...(options.tls === null ? {} : { https: options.tls }),
  });
  useStrictJson(app);
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    strictTransportSecurity: options.tls === null ? false : { maxAge: 31_536_000 },
    referrerPolicy: { policy: 'same-origin' },
  });
  app.addHook('onRequest', async (request) => refuseCrossSite(request));
  app.addHook('onResponse', async (request, reply) => logRequest(request, reply));
  app.setErrorHandler<FastifyError>((error, request, reply) => answerError(options, error, request, reply));
  if (options.webFolder === null) app.setNotFoundHandler(notFound);
  else await serveWeb(app, options.webFolder);
  return app;
}

/** Sends a refusal as an error; `detail` holds ids, codes and numbers only. */
export function sendRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  return sendError(request, reply, refusalStatus(refusal.refused), refusal.refused, refusal.detail ?? {});
}

function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: string,
  detail: Readonly<Record<string, string | number>>,
): FastifyReply {
  const message = sentence(code, { ...detail, requestId: request.id }, request.headers['accept-language']);
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send({ error: { code, message, detail, requestId: request.id } });
}

/** A page of another site cannot set our header, and its browser says where the request came from (ASVS 3.5). */
function refuseCrossSite(request: FastifyRequest): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  const foreign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && URL.canParse(origin) && new URL(origin).host !== request.headers.host);
  // Other programs show a token of their own, which no page of another site can add either.
  const ours = request.headers['x-dafuwu-csrf'] === '1' || request.headers.authorization !== undefined;
  if (foreign || !ours) throw new BadRequest(403, 'http.cross-site');
}

function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  request.log.info({
    method: request.method,
    route: request.routeOptions.url ?? null,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
  });
}

function answerError(
  options: ShellOptions,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof BadRequest) return sendError(request, reply, error.statusCode, error.code, {});
  if (error.validation) {
    const first = error.validation[0];
    const field = `${error.validationContext ?? ''}${first?.instancePath ?? ''}`;
    return sendError(request, reply, 400, 'http.invalid', { field, rule: first?.message ?? '' });
  }
  if (error.statusCode === 413) return sendError(request, reply, 413, 'http.too-large', {});
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return sendError(request, reply, error.statusCode, 'http.not-json', {});
  options.logError(error, request.id);
  if (error.code === DISK_FULL) return sendError(request, reply, 503, 'http.disk-full', {});
  if (DATABASE_GONE.test(error.code ?? '') || /timeout|terminat/i.test(error.message)) {
    reply.header('retry-after', '2');
    return sendError(request, reply, 503, 'http.unavailable', {});
  }
  return sendError(request, reply, 500, 'http.failed', {});
}

async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  const compressed = existsSync(join(folder, 'index.html.gz'));
  await app.register(files, {
    root: folder,
    preCompressed: compressed,
    wildcard: false,
    index: false,
    setHeaders: (response, path) => {
      // Names under assets/ carry a hash of their content.
      const forever = path.includes(`${join(folder, 'assets')}`);
      response.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (!/^(GET|HEAD)$/.test(request.method) || path.startsWith('/api/') || /\.\w+$/.test(path))
      return notFound(request, reply);
    return reply.sendFile(`${entranceAt(path)}.html`);
  });
}

/** Customers, walls and crews have pages of their own (design, rule 10). */
function entranceAt(path: string): string {
  if (path.startsWith('/c/')) return 'customer';
  if (path.startsWith('/hall/')) return 'hall';
  return path === '/field' || path.startsWith('/field/') ? 'field' : 'index';
}

function notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendError(request, reply, 404, 'http.not-found', {});
}

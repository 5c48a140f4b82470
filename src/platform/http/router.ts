import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { Database, Tx } from '../db/db.ts';
import { transact } from '../db/transact.ts';
import type { Vault } from '../vault.ts';
import { batcher } from '../batcher.ts';
import { type FileToSend, fileDoor, type Received, receiveFile, sendFile } from './file-door.ts';
import { idempotent, idempotentMany, type KeyedRequest } from './idempotent.ts';
import { type ListFormat, sendList } from './list-file.ts';
import { sendRefusal } from './shell.ts';

/** Who is signed in, as far as every route needs it: from the session in the database, never from the client. */
export type Principal = {
  readonly companyId: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly unit: { readonly id: string; readonly code: string };
  readonly unitIds: readonly string[];
  readonly posts: readonly string[];
  readonly permissions: readonly string[];
  readonly locked: boolean;
  /** The first sign-in, or the password is too old: nothing but another password. */
  readonly mustChangePassword: boolean;
};

/** What a route's address names. The authorisation matrix tries each with own, joint, foreign and accused objects. */
type RouteObject = 'none' | 'case' | 'order' | 'household' | 'person' | 'unit' | 'other';

type RouteHead = {
  readonly path: string;
  readonly permission: string;
  readonly object: RouteObject;
  /** One English line for the interface description. */
  readonly summary: string;
};

type ReadRoute = RouteHead & {
  /** Query strings; anything else in the query is refused. */
  readonly query?: Readonly<Record<string, TSchema>>;
  readonly answer: (who: Principal, request: FastifyRequest) => Promise<unknown>;
};

type WriteRoute<Body extends TSchema = TSchema> = RouteHead & {
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  readonly body: Body;
  readonly command: (tx: Tx, who: Principal, request: Asked<Body>) => Promise<object | Refusal>;
  /** For what comes in crowds: requests that arrive together share a transaction. */
  readonly batch?: {
    readonly takes: (request: Asked<Body>) => boolean;
    /** One answer a request, in their order; whatever is refused has written nothing, and so undoes nothing of the others. */
    readonly commands: (
      tx: Tx,
      companyId: string,
      requests: readonly BatchedRequest<Body>[],
    ) => Promise<readonly (object | Refusal)[]>;
  };
};

/** A request whose body has been checked against the schema of its route. */
type Asked<Body extends TSchema> = FastifyRequest & { readonly body: Static<Body> };

type BatchedRequest<Body extends TSchema> = { readonly who: Principal; readonly request: Asked<Body> };

type KeyedBatch<Body extends TSchema> = BatchedRequest<Body> & KeyedRequest;

type UploadRoute = RouteHead & {
  readonly command: (
    tx: Tx,
    who: Principal,
    request: FastifyRequest,
    file: Received,
  ) => Promise<object | Refusal>;
};

type DownloadRoute = RouteHead & {
  /** In a transaction, because whoever reads a file leaves a row in the audit. */
  readonly answer: (tx: Tx, who: Principal, request: FastifyRequest) => Promise<FileToSend | Refusal>;
};

type ExportRoute = RouteHead & {
  readonly query?: Readonly<Record<string, TSchema>>;
  /** What the file is called, without its ending. */
  readonly file: string;
  /** Leaves a row in the audit before the first line goes out: whoever takes data out is on record even if he cuts it short. */
  readonly record: (tx: Tx, who: Principal, request: FastifyRequest) => Promise<void>;
  /** The lines, the head first; asked for as fast as they go out, so that a file may be larger than the memory. */
  readonly lines: (who: Principal, request: FastifyRequest) => Promise<AsyncIterable<readonly string[]>>;
};

export type Router = {
  /** A read: a permission, then an answer. A refusal as the answer becomes its error. */
  read(route: ReadRoute): void;
  /** A write: a permission, a body schema, one transaction, one effect per idempotency key. */
  write<Body extends TSchema>(route: WriteRoute<Body>): void;
  /** A write that takes one file. Repeated it must not double: the command goes by the content. */
  upload(route: UploadRoute): void;
  /** A file, served so that no browser runs it. */
  download(route: DownloadRoute): void;
  /** A list as a file: CSV that spreadsheets read as Chinese, or with `as=xlsx` a workbook. */
  exports(route: ExportRoute): void;
  /** What was registered: the start checks the permissions, the matrix test walks them all. */
  readonly routes: readonly (RouteHead & { readonly method: string })[];
};

/** Of every list that goes out as a file. */
const FORMAT = { as: Type.Optional(Type.Enum(['csv', 'xlsx'])) };
const NO_QUERY = Type.Object({}, { additionalProperties: false });
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Every route of staff goes through here, so none can forget the session, the permission or the transaction. A `:id` (or
 * `:xxxId`) in the path that is no UUID is answered like one that does not exist.
 */
export function router(
  app: FastifyInstance,
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  signedIn: (request: FastifyRequest) => Promise<Principal | Refusal>,
): Router {
  const routes: (RouteHead & { readonly method: string })[] = [];

  async function allowed(request: FastifyRequest, permission: string): Promise<Principal | Refusal> {
    const who = await signedIn(request);
    if (isRefusal(who)) return who;
    const refused = notNow(who);
    if (refused !== undefined) return refused;
    if (!who.permissions.includes(permission)) return refuse('http.forbidden');
    return idsAreUuids(request) ? who : refuse('http.not-found');
  }

  function register(route: RouteHead, method: string) {
    routes.push({ ...route, method });
    const { permission, object, summary } = route;
    return { summary, 'x-authz': { permission, object } };
  }

  return {
    routes,
    read(route) {
      const querystring = Type.Object(route.query ?? {}, { additionalProperties: false });
      app.route({
        method: 'GET',
        url: route.path,
        schema: { ...register(route, 'GET'), querystring },
        // The schema is checked after the session: whoever is not signed in learns nothing of the interface.
        attachValidation: true,
        handler: async (request, reply) => {
          const who = await allowed(request, route.permission);
          if (isRefusal(who)) return send(request, reply, who);
          if (request.validationError) throw request.validationError;
          return send(request, reply, await route.answer(who, request));
        },
      });
    },
    write(route) {
      const method = route.method ?? 'POST';
      const alone = runAlone(route);
      const gathered = runTogether(route, alone);
      app.route({
        method,
        url: route.path,
        schema: { ...register(route, method), body: route.body },
        attachValidation: true,
        handler: async (request, reply) => {
          const who = await allowed(request, route.permission);
          if (isRefusal(who)) return send(request, reply, who);
          if (request.validationError) throw request.validationError;
          const key = request.headers['idempotency-key'];
          if (typeof key !== 'string' || !/^[\w-]{8,80}$/.test(key))
            return send(request, reply, refuse('http.key-missing'));
          const content = [request.method, request.url, request.body];
          const asked = request as Asked<typeof route.body>;
          const keyed = { who, request: asked, actorId: who.personId, key, content };
          const together = route.batch?.takes(asked) === true ? gathered : alone;
          return send(request, reply, await together(keyed));
        },
      });
    },
    upload(route) {
      const schema = { ...register(route, 'POST'), querystring: NO_QUERY };
      fileDoor(app, (scope) =>
        scope.post(route.path, { schema }, async (request, reply) => {
          const who = await allowed(request, route.permission);
          if (isRefusal(who)) return send(request, reply, who);
          const file = await receiveFile(request);
          if (isRefusal(file)) return send(request, reply, file);
          const result = await transact(database, (tx) => route.command(tx, who, request, file));
          return send(request, reply, result);
        }),
      );
    },
    download(route) {
      app.get(
        route.path,
        { schema: { ...register(route, 'GET'), querystring: NO_QUERY } },
        async (request, reply) => {
          const who = await allowed(request, route.permission);
          if (isRefusal(who)) return send(request, reply, who);
          const file = await transact(database, (tx) => route.answer(tx, who, request));
          return isRefusal(file) ? send(request, reply, file) : sendFile(reply, file);
        },
      );
    },
    exports(route) {
      const querystring = Type.Object({ ...route.query, ...FORMAT }, { additionalProperties: false });
      app.route({
        method: 'GET',
        url: route.path,
        schema: { ...register(route, 'GET'), querystring },
        attachValidation: true,
        handler: async (request, reply) => {
          const who = await allowed(request, route.permission);
          if (isRefusal(who)) return send(request, reply, who);
          if (request.validationError) throw request.validationError;
          await database.transaction(async (tx) => await route.record(tx, who, request));
          const lines = await route.lines(who, request);
          const { as } = request.query as { as?: ListFormat };
          return sendList(reply, route.file, as ?? 'csv', lines);
        },
      });
    },
  };

  function runAlone<Body extends TSchema>(route: WriteRoute<Body>): Run<Body> {
    return ({ who, request, actorId, key, content }) =>
      transact(database, (tx) =>
        idempotent<object>(tx, vault, { companyId: who.companyId, actorId, key, content }, () =>
          route.command(tx, who, request),
        ),
      );
  }

  /** Requests of one company in one transaction; when it fails each is tried alone, so that one bad apple spoils nothing. */
  function runTogether<Body extends TSchema>({ batch }: WriteRoute<Body>, alone: Run<Body>): Run<Body> {
    if (batch === undefined) return alone;
    const gather = perCompany((companyId: string) =>
      batcher(async (items: readonly KeyedBatch<Body>[]) => {
        try {
          return await database.transaction((tx) =>
            idempotentMany<object>(tx, vault, companyId, items, (fresh) =>
              batch.commands(
                tx,
                companyId,
                fresh.flatMap((i) => items[i] ?? []),
              ),
            ),
          );
        } catch (error) {
          if (items.length === 1) throw error;
          return items.map(alone);
        }
      }),
    );
    return (item) => gather(item.who.companyId)(item);
  }
}

type Run<Body extends TSchema> = (item: KeyedBatch<Body>) => Promise<object | Refusal>;

function perCompany<T>(make: (companyId: string) => T): (companyId: string) => T {
  const made = new Map<string, T>();
  return (companyId) => {
    const one = made.get(companyId) ?? make(companyId);
    made.set(companyId, one);
    return one;
  };
}

/** Signed in, and yet may do nothing now: the screen is locked, or the password must be changed first. */
export function notNow(who: Pick<Principal, 'locked' | 'mustChangePassword'>): Refusal | undefined {
  if (who.locked) return refuse('session.locked');
  return who.mustChangePassword ? refuse('session.password-first') : undefined;
}

/** The `:name` of the path; the router has checked that ids are UUIDs. */
export function param(request: FastifyRequest, name: string): string {
  return (request.params as Readonly<Record<string, string>>)[name] ?? '';
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

function idsAreUuids(request: FastifyRequest): boolean {
  return Object.entries((request.params ?? {}) as Readonly<Record<string, string>>).every(
    ([name, value]) => !/^id$|Id$/.test(name) || isUuid(value),
  );
}

function send(request: FastifyRequest, reply: FastifyReply, answer: unknown): FastifyReply {
  if (isRefusal(answer)) return sendRefusal(request, reply, answer);
  return reply.header('cache-control', 'no-store').send(answer);
}

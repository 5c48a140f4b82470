import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { refuse } from '#kernel/result.ts';
import { type OutboxLag, outboxLag } from '#modules/notice/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { sendRefusal } from '#platform/http/shell.ts';

export type HealthOptions = {
  readonly database: Database;
  /** `DAFUWU_METRICS_KEY`: who may read the figures from elsewhere. Null: this machine only. */
  readonly metricsKey: string | null;
};

/**
 * `/api/health` for whoever watches whether we are there: no figure of the business, no version. `/metrics` for
 * Prometheus, from this machine or with the key.
 */
export function healthRoutes(app: FastifyInstance, { database, metricsKey }: HealthOptions): void {
  app.get('/api/health', async () => {
    const { handbook } = await database.one<{ handbook: boolean }>(sql`
      select exists (select 1 from companies c where c.handbook_version_id is not null) as handbook`);
    return {
      now: await database.now(),
      database: 'ok',
      handbook: handbook ? 'ok' : 'none',
      outbox: { lagSeconds: (await outboxLag(database)).seconds },
    };
  });

  const registry = measure(app, database);
  app.get('/metrics', async (request, reply) => {
    if (!mayRead(request, metricsKey)) return sendRefusal(request, reply, refuse('http.not-found'));
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics());
  });
}

function measure(app: FastifyInstance, database: Database): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'dafuwu_http_request_seconds',
    help: 'Requests by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    // The pattern, never the address: an address may hold what somebody searched for.
    const route = request.routeOptions.url ?? 'none';
    requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  gauge(registry, 'dafuwu_db_connections', 'Connections of the pool', () => database.pool.totalCount);
  gauge(
    registry,
    'dafuwu_db_waiting',
    'Requests that wait for a connection',
    () => database.pool.waitingCount,
  );
  const lag = once(() => outboxLag(database));
  gauge(registry, 'dafuwu_outbox_due', 'Messages that should be out', async () => (await lag()).due);
  gauge(
    registry,
    'dafuwu_outbox_lag_seconds',
    'How long the oldest waits',
    async () => (await lag()).seconds,
  );
  return registry;
}

function gauge(register: Registry, name: string, help: string, read: () => number | Promise<number>): void {
  const made: Gauge = new Gauge({
    name,
    help,
    registers: [register],
    collect: async () => made.set(await read()),
  });
}

/** Two figures of one query: the second asks the first one's promise. */
function once(read: () => Promise<OutboxLag>): () => Promise<OutboxLag> {
  let running: Promise<OutboxLag> | undefined;
  return () => {
    running ??= read().finally(() => (running = undefined));
    return running;
  };
}

function mayRead(request: FastifyRequest, key: string | null): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (key !== null) return given !== undefined && isEqual(given, key);
  // A proxy on this machine that nobody named would make the whole world look like this machine.
  return isLoopback(request.ip) && request.headers['x-forwarded-for'] === undefined;
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function isLoopback(address: string): boolean {
  return /^(127\.|::1$|::ffff:127\.)/.test(address);
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import { sendRefusal } from '#platform/http/shell.ts';
import { sql } from '#platform/db/sql.ts';
import type { Signed } from '#modules/org/index.ts';
import type { AppDeps } from './build-app.ts';

const TICK = 1000;
/** A comment keeps proxies from closing a quiet line; the session is looked at again as often. */
const HEARTBEAT_TICKS = 15;

/**
 * Live updates: `{topic: "work", id, seq}` to every open page when an order of the company moved. A hint says that
 * something moved and never what (design rule 10); the page asks again and gets what it may see.
 */
export function liveRoute(
  app: FastifyInstance,
  signedIn: (request: FastifyRequest) => Promise<Signed | Refusal>,
  deps: AppDeps,
): void {
  const open = new Map<
    FastifyReply,
    { readonly companyId: string; readonly stillIn: () => Promise<boolean> }
  >();
  let since = 0;
  let ticks = 0;
  let looking = false;

  const timer = setInterval(() => {
    if (looking || open.size === 0) return;
    looking = true;
    tick()
      .catch((error: unknown) => app.log.error(error))
      .finally(() => {
        looking = false;
      });
  }, TICK);
  app.addHook('onClose', async () => {
    clearInterval(timer);
    for (const reply of open.keys()) reply.raw.end();
  });

  async function tick(): Promise<void> {
    ticks += 1;
    const rows = await deps.database.rows<{ company_id: string; moved: number }>(sql`
      select e.company_id, (extract(epoch from max(e.recorded_at)) * 1000)::bigint as moved from order_events e
      where e.recorded_at > to_timestamp(${since / 1000}) group by e.company_id`);
    const first = since === 0;
    since = Math.max(since, ...rows.map((row) => row.moved));
    for (const [reply, { companyId, stillIn }] of open) {
      const moved = rows.find((row) => row.company_id === companyId)?.moved;
      if (moved !== undefined && !first)
        reply.raw.write(`data: ${JSON.stringify({ topic: 'work', id: '', seq: moved })}\n\n`);
      if (ticks % HEARTBEAT_TICKS === 0) {
        if (await stillIn()) reply.raw.write(': here\n\n');
        else reply.raw.end();
      }
    }
  }

  app.get('/api/live', async (request, reply) => {
    const who = await signedIn(request);
    if (isRefusal(who)) return sendRefusal(request, reply, who);
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    reply.raw.write(': here\n\n');
    open.set(reply, {
      companyId: who.companyId,
      stillIn: async () => !isRefusal(await signedIn(request)),
    });
    request.raw.on('close', () => open.delete(reply));
  });
}

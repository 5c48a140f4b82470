import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '#kernel/instant.ts';
import type { LiveTopic } from '#kernel/live-topics.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import type { Signed } from '#modules/org/index.ts';
import { type Database, timestamp } from '#platform/db/db.ts';
import { settledUntil } from '#platform/db/settled-until.ts';
import { sql } from '#platform/db/sql.ts';
import { sendRefusal } from '#platform/http/shell.ts';

const TICK = 1000;
/** A comment keeps proxies from closing a quiet line; the session is looked at again as often. */
const HEARTBEAT_TICKS = 15;

/** The server notes when a transaction began a moment after it read the clock. */
const SLACK = 1000;

/** Something moved at `at`: told to every open page of the company, or to one person's. */
type Hint = {
  readonly companyId: string;
  readonly personId: string | null;
  readonly topic: LiveTopic;
  readonly id: string;
  readonly at: Instant;
  /** What moved, where several things stand behind one hint: each is told once. */
  readonly key?: string;
};

/** Answers what moved after `since`. */
export type HintSource = (since: Instant) => Promise<readonly Hint[]>;

type Listener = {
  readonly companyId: string;
  readonly personId: string;
  readonly stillIn: () => Promise<boolean>;
};

/**
 * Live updates: `{topic: "work", id, seq}` to every open page when an order of the company moved (one with a closed list: to
 * whoever is on the list), and the hints of the modules. A hint says that something moved and never what (design rule 10); the page asks again and gets what it may see.
 */
export function liveRoute(
  app: FastifyInstance,
  signedIn: (request: FastifyRequest) => Promise<Signed | Refusal>,
  { database, clockScale }: { readonly database: Database; readonly clockScale: number },
  modules: readonly HintSource[],
): void {
  const open = new Map<FastifyReply, Listener>();
  const sources = [movedOrders(database), ...modules];
  const hints = newHints(sources);
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
    for (const hint of await hints.look(await settledUntil(database, clockScale))) tell(hint);
    if (ticks % HEARTBEAT_TICKS === 0) await beat();
  }

  function tell({ companyId, personId, topic, id, at }: Hint): void {
    for (const [reply, listener] of open)
      if (listener.companyId === companyId && (personId === null || personId === listener.personId))
        reply.raw.write(`data: ${JSON.stringify({ topic, id, seq: at })}\n\n`);
  }

  async function beat(): Promise<void> {
    for (const [reply, { stillIn }] of open) {
      if (await stillIn()) reply.raw.write(': here\n\n');
      else reply.raw.end();
    }
  }

  app.get('/api/live', async (request, reply) => {
    const who = await signedIn(request);
    if (isRefusal(who)) return sendRefusal(request, reply, who);
    if (who.mustChangePassword) return sendRefusal(request, reply, refuse('session.password-first'));
    const settled = await settledUntil(database, clockScale);
    // What moves between now and the first look is told too.
    if (open.size === 0) hints.begin(settled);
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    reply.raw.write(': here\n\n');
    open.set(reply, {
      companyId: who.companyId,
      personId: who.personId,
      stillIn: async () => !isRefusal(await signedIn(request)),
    });
    request.raw.on('close', () => open.delete(reply));
  });
}

/**
 * What moved and was not told yet. A change bears the time at which its transaction began and is seen when that has
 * committed, perhaps after later ones: each look goes back to where everything had been committed at the look before, and
 * leaves out what it has told.
 */
export function newHints(sources: readonly HintSource[]) {
  let since: Instant | undefined;
  const told = new Map<string, Instant>();
  return {
    begin(settled: Instant): void {
      since = settled;
      told.clear();
    },
    async look(settled: Instant): Promise<readonly Hint[]> {
      const from = (since ?? settled) - SLACK;
      const fresh = new Map<string, Hint>();
      for (const source of sources)
        for (const hint of await source(from)) {
          const receiver = `${hint.companyId} ${hint.personId} ${hint.topic} ${hint.id}`;
          const change = `${receiver} ${hint.key ?? hint.at}`;
          if (!told.has(change)) fresh.set(receiver, hint);
          told.set(change, hint.at);
        }
      for (const [change, at] of told) if (at <= from) told.delete(change);
      since = settled;
      return [...fresh.values()];
    },
  };
}

export function movedOrders(database: Database): HintSource {
  return async (since) => {
    const rows = await database.rows<{
      companyId: string;
      personId: string | null;
      at: Instant;
      key: string;
    }>(sql`
      with moved as (select e.company_id, e.stream_id, max(e.recorded_at) as at, max(e.seq) as seq from order_events e
        where e.recorded_at > ${timestamp(since)} group by e.company_id, e.stream_id),
      closed as (select m.company_id, m.stream_id, m.at, m.seq, c.id, c.closed_to from moved m
        join case_orders l on l.company_id = m.company_id and l.order_id = m.stream_id and l.unlinked_at is null
        join cases c on c.company_id = l.company_id and c.id = l.case_id and c.closed_to is not null)
      select m.company_id as "companyId", null as "personId", m.at, m.stream_id || ' ' || m.seq as key from moved m
      where not exists (select 1 from closed x where x.company_id = m.company_id and x.stream_id = m.stream_id)
      union all
      select distinct x.company_id, a.person_id, x.at, x.stream_id || ' ' || x.seq from closed x
      join case_access s on s.company_id = x.company_id and s.case_id = x.id and s.until is null
        and s.unit_id = any(x.closed_to)
      join units u on u.company_id = s.company_id and s.unit_id in (u.id, u.parent_id)
      join assignments a on a.company_id = u.company_id and a.unit_id = u.id and a.until is null`);
    return rows.map((row) => ({ ...row, topic: 'work' as const, id: '' }));
  };
}

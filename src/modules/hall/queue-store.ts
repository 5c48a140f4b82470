import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { TicketClass } from './domain/index.ts';

/** One hall on one day. */
export type HallDay = { readonly companyId: string; readonly hallId: string; readonly day: string };

export type TicketRow = {
  readonly id: string;
  readonly class: TicketClass;
  readonly n: number;
  readonly state: 'waiting' | 'called' | 'serving' | 'served' | 'no-show';
  readonly issuedAt: Instant;
  readonly calledAt: Instant | null;
  readonly calls: number;
  readonly servingAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly window: number | null;
  readonly clerkId: string | null;
  readonly clerk: string | null;
};

/** All tickets of a day, at most some hundreds: one read from which every figure of the queue is made. */
export async function listTickets(db: Db, hall: HallDay): Promise<TicketRow[]> {
  return await db.rows<TicketRow>(sql`
    select t.id, t.class, t.n, t.state, t.issued_at as "issuedAt", t.called_at as "calledAt", t.calls,
      t.serving_at as "servingAt", t.ended_at as "endedAt", t.window_no as window, t.clerk_id as "clerkId",
      p.name as clerk
    from queue_tickets t left join people p on p.company_id = t.company_id and p.id = t.clerk_id
    where t.company_id = ${hall.companyId} and t.hall_id = ${hall.hallId} and t.day = ${hall.day}
    order by t.issued_at, t.id`);
}

export type ReadyRow = {
  readonly no: string;
  readonly process: string;
  readonly step: string;
  readonly version_id: string;
  readonly window: number | null;
};

/**
 * Open tasks on cases that this hall took in at its counter, with the window where the clerk who was asked first sits
 * today. A case about a unit never comes near a wall.
 */
export async function listOpenAtHall(db: Db, hall: HallDay): Promise<ReadyRow[]> {
  return await db.rows<ReadyRow>(sql`
    select distinct on (c.accepted_at, c.id) c.no, o.process, t.step, o.handbook_version_id as version_id,
      (select q.window_no from queue_tickets q where q.company_id = c.company_id and q.hall_id = ${hall.hallId}
        and q.day = ${hall.day} and q.clerk_id = c.first_asked_id and q.window_no is not null
        order by q.called_at desc limit 1) as window
    from cases c
    join case_orders l on l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
    join orders o on o.company_id = l.company_id and o.id = l.order_id and o.state = 'open'
    join tasks t on t.company_id = o.company_id and t.order_id = o.id and t.state = 'open'
      and (t.case_id is null or t.case_id = c.id)
    where c.company_id = ${hall.companyId} and c.state = 'open' and c.intake_unit_id = ${hall.hallId}
      and c.channel = 'hall' and c.accused_unit_id is null
    order by c.accepted_at, c.id, t.ready_at desc limit 500`);
}

export async function hallNames(
  db: Db,
  hall: Omit<HallDay, 'day'>,
): Promise<{ readonly hall: string; readonly company: string }> {
  return await db.one(sql`
    select u.name as hall, c.name as company from units u join companies c on c.company_id = u.company_id
    where u.company_id = ${hall.companyId} and u.id = ${hall.hallId}`);
}

export function queueStore(tx: Tx, hall: HallDay) {
  const at = timestamp(tx.now);
  const { companyId, hallId, day } = hall;
  return {
    /** One at a time changes the queue of a hall, so that nobody is called twice and no number given twice. */
    async lock(): Promise<void> {
      await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`queue ${hallId} ${day}`}, 0))`);
    },

    async insert(ticket: { readonly id: string; readonly class: TicketClass }): Promise<number> {
      const { n } = await tx.one<{ n: number }>(sql`
        insert into queue_tickets (company_id, id, hall_id, day, class, n, state, issued_at)
        select ${companyId}, ${ticket.id}, ${hallId}, ${day}, ${ticket.class}, coalesce(max(q.n), 0) + 1, 'waiting', ${at}
        from queue_tickets q where q.company_id = ${companyId} and q.hall_id = ${hallId} and q.day = ${day}
          and q.class = ${ticket.class}
        returning queue_tickets.n`);
      return n;
    },

    async call(id: string, window: number, clerkId: string): Promise<void> {
      await tx.run(sql`
        update queue_tickets set state = 'called', called_at = coalesce(queue_tickets.called_at, ${at}),
          calls = queue_tickets.calls + 1, window_no = ${window}, clerk_id = ${clerkId}
        where queue_tickets.company_id = ${companyId} and queue_tickets.id = ${id}`);
    },

    async recall(id: string): Promise<void> {
      await tx.run(sql`
        update queue_tickets set calls = queue_tickets.calls + 1
        where queue_tickets.company_id = ${companyId} and queue_tickets.id = ${id}`);
    },

    async serve(id: string): Promise<void> {
      await tx.run(sql`
        update queue_tickets set state = 'serving', serving_at = ${at}
        where queue_tickets.company_id = ${companyId} and queue_tickets.id = ${id}`);
    },

    async end(id: string, state: 'served' | 'no-show'): Promise<void> {
      await tx.run(sql`
        update queue_tickets set state = ${state}, ended_at = ${at}
        where queue_tickets.company_id = ${companyId} and queue_tickets.id = ${id}`);
    },
  };
}

import type { Instant } from '#kernel/instant.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/db/sql.ts';
import {
  type Audience,
  type EstimateSource,
  type News,
  nextTelling,
  type TellingPolicy,
  type ToldSoFar,
  type Why,
} from './domain/index.ts';
import type { Way } from './telling-api.ts';

export type Group = Omit<ToldSoFar, 'estimate'> & {
  readonly dueAt: Instant | null;
  readonly why: Why | null;
  /** So many would have had a message that waits for a human's yes. */
  readonly held: number | null;
};

export type Estimate = {
  readonly id: string;
  readonly at: Instant;
  readonly source: EstimateSource;
  readonly setAt: Instant;
  readonly by: string;
  readonly movedLate: boolean;
};

/** Groups of an order as they were told. */
export async function listGroups(db: Db, companyId: string, orderId: string): Promise<readonly Group[]> {
  return await db.rows<Group>(sql`
    select g.audience, g.since, g.last_told_at as "lastToldAt", g.last_news as "lastNews",
      g.told_estimate as "toldEstimate", g.restored_at as "restoredAt", g.due_at as "dueAt", g.why,
      g.held_households as held
    from outage_groups g where g.company_id = ${companyId} and g.order_id = ${orderId}
    order by array_position(array['reporters', 'households', 'important', 'authorities'], g.audience)`);
}

/** The history of the restoration time, the one that holds first. */
export async function listEstimates(
  db: Db,
  companyId: string,
  orderId: string,
): Promise<readonly Estimate[]> {
  return await db.rows<Estimate>(sql`
    select e.id, e.estimated_at as at, e.source, e.set_at as "setAt", p.name as by, e.moved_late as "movedLate"
    from outage_estimates e join people p on p.company_id = e.company_id and p.id = e.set_by
    where e.company_id = ${companyId} and e.order_id = ${orderId} order by e.set_at desc, e.id desc`);
}

/** Writes of what customers are told. Whoever calls has locked the row of the order. */
export function tellingStore(tx: Tx, companyId: string) {
  return {
    async lockOrder(orderId: string): Promise<void> {
      await tx.run(sql`
        select o.id from orders o where o.company_id = ${companyId} and o.id = ${orderId} for update of o`);
    },

    /** A group begins to wait for news; one that waits already is left alone. */
    async begin(orderId: string, audience: Audience, since: Instant, policy: TellingPolicy): Promise<void> {
      const next = nextTelling(untold(audience, since), policy);
      await tx.run(sql`
        insert into outage_groups (company_id, order_id, audience, since, due_at, why)
        values (${companyId}, ${orderId}, ${audience}, ${timestamp(since)}, ${timestamp(next?.dueAt ?? null)},
          ${next?.why ?? null})
        on conflict do nothing`);
    },

    async insertTelling(telling: {
      readonly orderId: string;
      readonly audience: Audience;
      readonly news: News;
      readonly way: Way;
      readonly estimate: Instant | null;
      /** Null: the program on its own. */
      readonly by: string | null;
      readonly late: boolean;
      readonly automatic: boolean;
      readonly unreached: number;
      /** When it was said, where that was before now. */
      readonly at?: Instant;
    }): Promise<string> {
      const id = newId();
      const { orderId, audience, news, way, estimate, by, late, automatic, unreached, at = tx.now } = telling;
      await tx.run(sql`
        insert into outage_tellings (company_id, id, order_id, audience, news, way, estimated_at, told_at, told_by, late,
          messages, automatic, unreached)
        values (${companyId}, ${id}, ${orderId}, ${audience}, ${news}, ${way}, ${timestamp(estimate)},
          ${timestamp(at)}, ${by}, ${late}, 0, ${automatic}, ${unreached})`);
      return id;
    },

    /** It was told that supply is back, and hears no more. */
    async end(orderId: string, audience: Audience, at: Instant): Promise<void> {
      await tx.run(sql`
        update outage_groups set last_told_at = ${timestamp(at)}, last_news = 'back', due_at = null, why = null
        where outage_groups.company_id = ${companyId} and outage_groups.order_id = ${orderId}
          and outage_groups.audience = ${audience}`);
    },

    async countMessages(tellingId: string, messages: number): Promise<void> {
      if (messages === 0) return;
      await tx.run(sql`
        update outage_tellings set messages = ${messages}
        where outage_tellings.company_id = ${companyId} and outage_tellings.id = ${tellingId}`);
    },

    /** So many were dark when those who did not report were told: whoever comes to it hears too. */
    async keepReached(orderId: string, households: number): Promise<void> {
      await tx.run(sql`
        update outage_groups set told_households = ${households}
        where outage_groups.company_id = ${companyId} and outage_groups.order_id = ${orderId}
          and outage_groups.audience = 'households'`);
    },

    /** All who are dark have reported: until more are, there is nobody of this group to tell. */
    async rest(orderId: string): Promise<void> {
      await tx.run(sql`
        update outage_groups set due_at = null, why = null, told_households = 0
        where outage_groups.company_id = ${companyId} and outage_groups.order_id = ${orderId}
          and outage_groups.audience = 'households'`);
    },

    /** The program did not send so many: it waits for a human's yes. */
    async hold(orderId: string, messages: number): Promise<void> {
      await tx.run(sql`
        update outage_groups set held_households = ${messages}
        where outage_groups.company_id = ${companyId} and outage_groups.order_id = ${orderId}
          and outage_groups.audience = 'households'`);
    },

    async insertEstimate(estimate: {
      readonly orderId: string;
      readonly at: Instant;
      readonly source: EstimateSource;
      readonly by: string;
      readonly movedLate: boolean;
    }): Promise<string> {
      const id = newId();
      const { orderId, at, source, by, movedLate } = estimate;
      await tx.run(sql`
        insert into outage_estimates (company_id, id, order_id, estimated_at, source, set_by, set_at, moved_late)
        values (${companyId}, ${id}, ${orderId}, ${timestamp(at)}, ${source}, ${by}, ${timestamp(tx.now)}, ${movedLate})`);
      return id;
    },

    /** The program had nothing to say, or nobody to say it to: it looks again later. */
    async tried(orderId: string, audience: Audience): Promise<void> {
      await tx.run(sql`
        update outage_groups set tried_at = ${timestamp(tx.now)}
        where outage_groups.company_id = ${companyId} and outage_groups.order_id = ${orderId}
          and outage_groups.audience = ${audience}`);
    },

    /** What a group knows now, and when it hears next. A new moment may ring again. */
    async keep(orderId: string, so: ToldSoFar, policy: TellingPolicy): Promise<Instant | null> {
      const next = nextTelling(so, policy);
      await tx.run(sql`
        update outage_groups set last_told_at = ${timestamp(so.lastToldAt)}, last_news = ${so.lastNews},
          told_estimate = ${timestamp(so.toldEstimate)}, held_households = null, tried_at = null, restored_at = ${timestamp(so.restoredAt)},
          due_at = ${timestamp(next?.dueAt ?? null)}, why = ${next?.why ?? null},
          warned_at = case when outage_groups.due_at is not distinct from ${timestamp(next?.dueAt ?? null)}::timestamptz
            then outage_groups.warned_at end
        where outage_groups.company_id = ${companyId} and outage_groups.order_id = ${orderId}
          and outage_groups.audience = ${so.audience}`);
      return next?.dueAt ?? null;
    },
  };
}

export function untold(audience: Audience, since: Instant): ToldSoFar {
  return {
    audience,
    since,
    lastToldAt: null,
    lastNews: null,
    toldEstimate: null,
    estimate: null,
    restoredAt: null,
  };
}

import { createHash } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
import type { OutsideDoorId } from '#modules/process/domain/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { type OutsideOrder, tidyOrder } from './domain/index.ts';

type OutsideState = 'waiting' | 'to-complete' | 'accepted' | 'set-aside';

export type OutsideRow = {
  readonly id: string;
  readonly door: OutsideDoorId;
  readonly number: string;
  readonly content: OutsideOrder | null;
  readonly contentHash: string;
  readonly startedAt: Instant;
  readonly receivedAt: Instant;
  readonly state: OutsideState;
  readonly caseId: string | null;
};

export type NewOutside = {
  readonly door: OutsideDoorId;
  readonly order: OutsideOrder;
  readonly startedAt: Instant;
  readonly way: 'http' | 'csv' | 'paste';
  readonly keyId: string | null;
  readonly personId: string | null;
};

const COLUMNS = sql`o.id, o.door, o.number, o.content, o.content_hash as "contentHash", o.started_at as "startedAt",
  o.received_at as "receivedAt", o.state, o.case_id as "caseId"`;

export function outsideStore(tx: Tx, companyId: string) {
  return {
    /** The id of the new row; undefined where the number came before. The second of two at once waits for the first. */
    async insert(one: NewOutside): Promise<string | undefined> {
      const id = newId();
      const content = tidyOrder(one.order);
      const inserted = await tx.run(sql`
        insert into outside_orders (company_id, id, door, number, content, content_hash, started_at, received_at, way,
          key_id, received_by, state)
        values (${companyId}, ${id}, ${one.door}, ${content.number ?? ''}, ${JSON.stringify(content)},
          ${hashOrder(content)}, ${timestamp(one.startedAt)}, ${timestamp(tx.now)}, ${one.way}, ${one.keyId},
          ${one.personId}, 'waiting')
        on conflict (company_id, door, number) do nothing`);
      return inserted === 1 ? id : undefined;
    },

    async lockNumber(door: OutsideDoorId, number: string): Promise<OutsideRow | undefined> {
      return await tx.maybe<OutsideRow>(sql`
        select ${COLUMNS} from outside_orders o
        where o.company_id = ${companyId} and o.door = ${door} and o.number = ${number} for update`);
    },

    async lock(id: string): Promise<OutsideRow | undefined> {
      return await tx.maybe<OutsideRow>(sql`
        select ${COLUMNS} from outside_orders o where o.company_id = ${companyId} and o.id = ${id} for update`);
    },

    async settle(
      id: string,
      to:
        | { readonly state: 'accepted'; readonly caseId: string; readonly by: string | null }
        | { readonly state: 'to-complete'; readonly faults: readonly string[] }
        | { readonly state: 'set-aside'; readonly by: string; readonly note: string },
    ): Promise<void> {
      const by = to.state === 'to-complete' ? null : to.by;
      await tx.run(sql`
        update outside_orders set state = ${to.state}, case_id = ${to.state === 'accepted' ? to.caseId : null},
          faults = ${to.state === 'to-complete' ? to.faults : []}, decided_by = ${by},
          decided_at = ${by === null ? null : timestamp(tx.now)}, note = ${to.state === 'set-aside' ? to.note : null}
        where outside_orders.company_id = ${companyId} and outside_orders.id = ${id}`);
    },

    /** False where this very content came before. */
    async insertUpdate(id: string, order: OutsideOrder): Promise<string | undefined> {
      const content = tidyOrder(order);
      const updateId = newId();
      const inserted = await tx.run(sql`
        insert into outside_order_updates (company_id, id, outside_order_id, content, content_hash, at)
        values (${companyId}, ${updateId}, ${id}, ${JSON.stringify(content)}, ${hashOrder(content)},
          ${timestamp(tx.now)})
        on conflict (company_id, outside_order_id, content_hash) do nothing`);
      return inserted === 1 ? updateId : undefined;
    },

    async seeUpdates(id: string, personId: string): Promise<number> {
      return await tx.run(sql`
        update outside_order_updates set seen_by = ${personId}, seen_at = ${timestamp(tx.now)}
        where outside_order_updates.company_id = ${companyId}
          and outside_order_updates.outside_order_id = ${id} and outside_order_updates.seen_at is null`);
    },

    async correct(id: string, order: OutsideOrder): Promise<void> {
      await tx.run(sql`
        update outside_orders set content = ${JSON.stringify(tidyOrder(order))}
        where outside_orders.company_id = ${companyId} and outside_orders.id = ${id}`);
    },
  };
}

export function hashOrder(order: OutsideOrder): string {
  return createHash('sha256')
    .update(JSON.stringify(tidyOrder(order)))
    .digest('hex');
}

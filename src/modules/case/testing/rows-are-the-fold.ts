import assert from 'node:assert/strict';
import type { Instant } from '#kernel/instant.ts';
import { orderEventTypes } from '#modules/order/index.ts';
import { type RecordedEvent, rebuildOrder } from '#modules/order/domain/index.ts';
import type { ProcessState } from '#modules/process/domain/index.ts';
import { upcast } from '#kernel/event-types.ts';
import { sql } from '#platform/db/sql.ts';
import { type RebuiltCase, rebuildCase } from '../domain/index.ts';
import type { SmallCounty } from './small-county.ts';

type Recorded = {
  readonly stream_id: string;
  readonly seq: number;
  readonly type: string;
  readonly v: number;
  readonly at: Instant;
  readonly data: Record<string, unknown>;
};

/** Design §2: the kept rows are a fold of the events; whatever a test did, they must agree. Answers how many were compared. */
export async function rowsAreTheFold(
  county: SmallCounty,
): Promise<{ readonly orders: number; readonly cases: number }> {
  return { orders: await compareOrders(county), cases: await compareCases(county) };
}

async function compareOrders({ database, deps, companyId }: SmallCounty): Promise<number> {
  const orders = await database.rows<{
    id: string;
    process: string;
    version: string;
    state: string;
    process_state: ProcessState;
    seq: number;
  }>(
    sql`select o.id, o.process, o.handbook_version_id as version, o.state, o.process_state, o.seq from orders o`,
  );
  const events = await database.rows<Recorded>(sql`
    select e.stream_id, e.seq, e.type, e.v, e.occurred_at as at, e.data from order_events e order by e.stream_id, e.seq`);
  const streams = Map.groupBy(events, (event) => event.stream_id);
  for (const order of orders) {
    const stream = streams.get(order.id) ?? [];
    const definition = (await deps.version(database, companyId, order.version)).process(order.process);
    assert.ok(definition);
    assert.deepEqual(
      stream.map((event) => event.seq),
      stream.map((_event, i) => i + 1),
    );
    const rebuilt = rebuildOrder(definition, stream.map(asRecorded));
    assert.deepEqual(
      JSON.parse(JSON.stringify({ ...rebuilt, seq: stream.length })),
      { state: order.state, processState: order.process_state, seq: order.seq },
      `order ${order.id} of ${order.process}`,
    );
  }
  return orders.length;
}

function asRecorded(event: Recorded): RecordedEvent {
  return { type: event.type, occurredAt: event.at, data: upcast(orderEventTypes, event) };
}

async function compareCases({ database }: SmallCounty): Promise<number> {
  const cases = await database.rows<RebuiltCase & { readonly id: string }>(sql`
    select c.id, c.seq, c.state, c.reopened, c.urged, c.supervision, c.ended_as as "endedAs" from cases c`);
  const events = await database.rows<Recorded>(sql`
    select e.stream_id, e.seq, e.type, e.v, e.occurred_at as at, e.data from case_events e order by e.stream_id, e.seq`);
  const streams = Map.groupBy(events, (event) => event.stream_id);
  for (const { id, ...row } of cases) assert.deepEqual(rebuildCase(streams.get(id) ?? []), row, `case ${id}`);
  return cases.length;
}

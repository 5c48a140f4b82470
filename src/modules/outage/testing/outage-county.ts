import { after } from 'node:test';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { openIncidents } from '../incident-reads.ts';
import { carryOrders } from '../incident-orders.ts';
import { liveInference } from '../live-inference.ts';
import { type NewReport, reportStore } from '../report-store.ts';
import { fillTransformers } from './fill-transformers.ts';

/** The small county with inference running on it, a turn when the test says so. */
export async function outageCounty() {
  const county = await smallCounty();
  const { database, deps, companyId } = county;
  await fillTransformers(database, companyId, [16, 12]);
  const call = await county.actor('call-taker');
  const dispatcher = await county.actor('dispatcher');
  let inference = liveInference(database, deps, 1);
  after(() => inference.stop());
  let calls = 0;

  /** Transformers with so many households at least, the largest first. */
  async function transformers(atLeast: number) {
    return await database.rows<{ id: string; name: string; households: string[]; meters: string[] }>(sql`
      select s.transformer_id as id, min(d.name) as name, array_agg(s.household_id order by s.meter_id) as households,
        array_agg(m.meter_no order by s.meter_id) as meters
      from network_supplies s
      join network_devices d on d.company_id = s.company_id and d.id = s.transformer_id
      join meters m on m.company_id = s.company_id and m.id = s.meter_id
      where s.company_id = ${companyId} and s.until is null
        and (select count(*) from network_supplies o where o.company_id = s.company_id and o.household_id = s.household_id) = 1
      group by s.transformer_id having count(*) >= ${atLeast} order by count(*) desc, s.transformer_id`);
  }

  /** A demand by phone: what the call-taker makes of a ring. */
  async function ring(householdId: string, process = 'repair-low') {
    const intake = anIntake({
      process,
      channel: 'phone',
      householdId,
      words: '家里停电了',
      contactPhone: '13800001111',
    });
    const { caseId, orderId } = await county.must((tx) => acceptCase(tx, deps, call, intake));
    if (orderId === null) throw new Error('a repair has an order');
    return { caseId, orderId };
  }

  /** What is heard without a case. */
  async function hear(reports: readonly Partial<NewReport>[]) {
    await county.must(async (tx) => {
      const meters = await reportStore(tx, companyId).metersOf(
        reports.flatMap((one) => one.householdId ?? []),
      );
      const rows = reports.map(
        (one): NewReport => ({
          source: 'phone',
          key: `test ${(calls += 1)}`,
          says: 'off',
          householdId: null,
          meterId: meters.get(one.householdId ?? '') ?? null,
          deviceId: null,
          at: tx.now,
          ...one,
        }),
      );
      return await reportStore(tx, companyId).insert(rows);
    });
  }

  return {
    ...county,
    call,
    dispatcher,
    transformers,
    ring,
    hear,
    turn: async () => {
      const mine = await inference.turn(companyId);
      const served = inference.served(companyId);
      if (served !== undefined) await carryOrders(database, deps, companyId, served);
      return mine;
    },
    settle: () => inference.settle(companyId),
    /** Another process takes over, with nothing in its memory. */
    restart: async () => {
      await inference.stop();
      inference = liveInference(database, deps, 1);
    },
    open: async () => await openIncidents(database, dispatcher, county.clock.now),
    history: async (id: string) =>
      (
        await database.rows<{ type: string }>(sql`
          select e.type from outage_incident_events e where e.incident_id = ${id} order by e.seq`)
      ).map(({ type }) => type),
    ordersOf: async (caseIds: readonly string[]) =>
      await database.rows<{ caseId: string; orderId: string }>(sql`
        select l.case_id as "caseId", l.order_id as "orderId" from case_orders l
        where l.case_id = any(${caseIds}::uuid[]) and l.unlinked_at is null order by l.case_id`),
  };
}

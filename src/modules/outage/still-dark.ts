import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { type CaseDeps, lockCase, programActor, recordOnCase, unlinkCase } from '#modules/case/index.ts';
import { doAgain } from '#modules/order/index.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { recordIncident } from './incident-events.ts';
import { PROGRAM } from './program.ts';
import { reportStore } from './report-store.ts';

type Restored = {
  readonly incidentId: string;
  readonly orderId: string;
  readonly restoredAt: Instant;
};

/**
 * "Still dark" after the supply was said to be back (复电确认, domain-rules §5.4): the demand leaves the order that did not help it and goes on
 * with its own, as a child; a demand whose own order it is has the place looked at once more while the crew is there. His word is
 * evidence as well. Refusals: `http.not-found`, `outage.not-restored`, those of `unlinkCase` and `doAgain`.
 */
export async function sayStillDark(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  request: { readonly caseId: string; readonly source: 'page' | 'sms' | 'phone' },
): Promise<{ readonly heard: true } | Refusal> {
  const { caseId, source } = request;
  const actor = await programActor(tx, companyId, PROGRAM);
  const found = await lockCase(tx, companyId, caseId);
  if (found === undefined) return refuse('http.not-found');
  const restored = await findRestored(tx, companyId, caseId);
  if (found.state !== 'open' || restored === undefined) return refuse('outage.not-restored');
  const reportId = await hear(tx, companyId, caseId, source);
  if (reportId === undefined) return { heard: true };
  await recordIncident(tx, companyId, restored.incidentId, { type: 'still-dark' });
  const reason = '客户确认仍未复电';
  const left = await unlinkCase(tx, deps, actor, { caseId, reason });
  if (isRefusal(left)) {
    if (left.refused !== 'case.no-way-back') return left;
    const again = await doAgain(tx, deps, actor, { orderId: restored.orderId, step: 'survey', caseId: null });
    if (isRefusal(again)) return again;
  }
  await recordOnCase(tx, actor, caseId, { type: 'supply.denied', data: { incidentId: restored.incidentId } });
  return { heard: true };
}

/** The incident whose order this demand hangs on, where its supply is said to be back. */
export async function findRestored(db: Db, companyId: string, caseId: string): Promise<Restored | undefined> {
  return await db.maybe<Restored>(sql`
    select i.id as "incidentId", i.order_id as "orderId", i.restored_at as "restoredAt" from case_orders l
    join outage_incidents i on i.company_id = l.company_id and i.order_id = l.order_id and i.state = 'restored'
    where l.company_id = ${companyId} and l.case_id = ${caseId} and l.unlinked_at is null
    order by i.restored_at desc limit 1`);
}

/** Undefined: he said so before, and nothing has been restored since. */
async function hear(
  tx: Tx,
  companyId: string,
  caseId: string,
  source: 'page' | 'sms' | 'phone',
): Promise<string | undefined> {
  const row = await tx.one<{ householdId: string | null; meterId: string | null; times: number }>(sql`
    select c.household_id as "householdId", (select s.meter_id from network_supplies s where s.company_id = c.company_id
      and s.household_id = c.household_id and s.until is null order by s.meter_id limit 1) as "meterId",
      (select count(*) from outage_incidents i join case_orders l on l.company_id = i.company_id and l.order_id = i.order_id
        where l.company_id = c.company_id and l.case_id = c.id and i.restored_at is not null) as times
    from cases c where c.company_id = ${companyId} and c.id = ${caseId}`);
  const { householdId, meterId, times } = row;
  const key = `still dark ${caseId} ${times}`;
  const [id] = await reportStore(tx, companyId).insert([
    { source, key, says: 'off', householdId, meterId, deviceId: null, caseId, at: tx.now },
  ]);
  return id;
}

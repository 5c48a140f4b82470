import { MINUTE } from '#kernel/instant.ts';
import { enqueue } from '#modules/notice/index.ts';
import { type Tx, timestamp } from '#platform/db/db.ts';
import { type Sql, sql } from '#platform/db/sql.ts';
import { recordIncidents } from './incident-events.ts';
import type { OutagePolicy } from './outage-policy.ts';
import { BY_PEOPLE, WANTS_ORDER } from './program.ts';

/** What was believed dark within so long is one event as far as the guard is concerned. */
const AT_ONCE = 10 * MINUTE;

/**
 * A false mass outage: half a county in one snapshot of its meters. What nobody has rung about and is too much at once waits for a
 * dispatcher's word; a real one is rung about within minutes, and then is held no more.
 */
export async function holdMass(
  tx: Tx,
  companyId: string,
  { mass }: OutagePolicy,
  served: number,
): Promise<object> {
  const spoken = sql`exists (select 1 from outage_reports r
    where r.company_id = i.company_id and r.incident_id = i.id and r.source in ${BY_PEOPLE})`;
  const quiet = sql`i.company_id = ${companyId} and i.order_id is null and i.state = 'suspected' and ${WANTS_ORDER}
    and i.since > ${timestamp(tx.now - AT_ONCE)} and not ${spoken}`;
  const { dark } = await tx.one<{ dark: number }>(sql`
    select coalesce(sum(i.households), 0) as dark from outage_incidents i where ${quiet}`);
  if (dark > served * mass) {
    const held = await turnHeld(tx, companyId, { held: true, which: quiet });
    await tellDispatchers(tx, companyId, held[0] ?? '', dark);
  }
  await turnHeld(tx, companyId, { held: false, which: sql`i.held and i.state <> 'closed' and ${spoken}` });
  return {};
}

async function turnHeld(
  tx: Tx,
  companyId: string,
  { held, which }: { readonly held: boolean; readonly which: Sql },
): Promise<readonly string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    update outage_incidents i set held = ${held} where i.company_id = ${companyId} and ${which} returning i.id`);
  const ids = rows.map(({ id }) => id);
  await recordIncidents(tx, companyId, ids, { type: held ? 'held' : 'released' });
  return ids;
}

async function tellDispatchers(
  tx: Tx,
  companyId: string,
  incidentId: string,
  households: number,
): Promise<void> {
  const people = await listDispatchers(tx, companyId);
  await enqueue(
    tx,
    companyId,
    people.map((personId) => ({
      key: `outage-held:${incidentId}:${personId}`,
      channel: 'desk',
      template: 'outage-held',
      to: { personId },
      data: { households },
    })),
  );
}

export async function listDispatchers(tx: Tx, companyId: string): Promise<readonly string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select distinct a.person_id as id from assignments a
    where a.company_id = ${companyId} and a.post = 'dispatcher' and a.until is null limit 20`);
  return rows.map(({ id }) => id);
}

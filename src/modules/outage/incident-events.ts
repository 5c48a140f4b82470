import { type Tx, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';

export type IncidentEventWrite = {
  readonly type:
    | 'begun'
    | 'moved'
    | 'confirmed'
    | 'split'
    | 'merged'
    | 'false-alarm'
    | 'ordered'
    | 'joined'
    | 'held'
    | 'released'
    | 'still-dark'
    | 'reopened'
    | 'closed';
  /** Null: the program. */
  readonly by?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly otherId?: string | null;
};

/** One more event of an incident, which is another version of it: whoever looked at the one before acts on what is no more. */
export async function recordIncident(
  tx: Tx,
  companyId: string,
  incidentId: string,
  { type, by = null, from = null, to = null, otherId = null }: IncidentEventWrite,
): Promise<number> {
  const { version } = await tx.one<{ version: number }>(sql`
    update outage_incidents i set version = i.version + 1, changed_at = ${timestamp(tx.now)}
    where i.company_id = ${companyId} and i.id = ${incidentId} returning i.version`);
  await tx.run(sql`
    insert into outage_incident_events (company_id, incident_id, seq, type, at, by_id, from_device_id, to_device_id, other_id, posterior)
    select i.company_id, i.id, ${version}, ${type}, ${timestamp(tx.now)}, ${by}, ${from}, ${to}, ${otherId}, i.posterior
    from outage_incidents i where i.company_id = ${companyId} and i.id = ${incidentId}`);
  return version;
}

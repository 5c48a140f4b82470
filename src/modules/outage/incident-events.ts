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
  event: IncidentEventWrite,
): Promise<number> {
  const [version] = await recordIncidents(tx, companyId, [incidentId], event);
  if (version === undefined) throw new Error(`there is no incident ${incidentId}`);
  return version;
}

/** The same of many, in one statement; answers their versions. */
export async function recordIncidents(
  tx: Tx,
  companyId: string,
  incidentIds: readonly string[],
  { type, by = null, from = null, to = null, otherId = null }: IncidentEventWrite,
): Promise<readonly number[]> {
  if (incidentIds.length === 0) return [];
  const rows = await tx.rows<{ seq: number }>(sql`
    with changed as (
      update outage_incidents i set version = i.version + 1, changed_at = ${timestamp(tx.now)}
      where i.company_id = ${companyId} and i.id = any(${incidentIds}::uuid[])
      returning i.company_id, i.id, i.version, i.posterior)
    insert into outage_incident_events (company_id, incident_id, seq, type, at, by_id, from_device_id, to_device_id, other_id, posterior)
    select c.company_id, c.id, c.version, ${type}, ${timestamp(tx.now)}::timestamptz, ${by}::uuid, ${from}::uuid, ${to}::uuid,
      ${otherId}::uuid, c.posterior
    from changed c returning outage_incident_events.seq`);
  return rows.map(({ seq }) => seq);
}

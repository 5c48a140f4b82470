import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import type { CaseActor, CaseDeps } from '#modules/case/index.ts';
import { entryDelay } from '#modules/process/domain/index.ts';
import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { FieldAnswer, FieldStandBy, StandByEntry } from './field-api.ts';

/** Where the crew on whose shift somebody stands was asked to wait; null: at its own point. */
export async function findStandBy(
  db: Db,
  { companyId, personId }: Pick<CaseActor, 'companyId' | 'personId'>,
  now: Instant,
): Promise<FieldStandBy | null> {
  const found = await db.maybe<FieldStandBy>(sql`
    select b.id, g.name as point, jsonb_build_object('lat', g.lat, 'lon', g.lon) as at, b.expected_at as "expectedAt",
      b.arrived_at as "arrivedAt"
    from crew_shifts s
    join crew_stand_bys b on b.company_id = s.company_id and b.crew_id = s.crew_id and b.ended_at is null and b.asked_at >= s.from_at
    join grid_points g on g.company_id = b.company_id and g.id = b.grid_point_id
    where s.company_id = ${companyId} and s.withdrawn_at is null and s.from_at <= ${timestamp(now)} and s.until_at > ${timestamp(now)}
      and ${personId}::uuid = any(array[s.lead_id, s.watcher_id] || s.others)
    order by b.asked_at desc limit 1`);
  return found ?? null;
}

/**
 * "We are there": from then on the crew counts as standing at that point. When it says so is believed like any time of a phone. Somebody who
 * said so before, or a wait that is over, changes nothing. Refusal: `field.not-yours`.
 */
export async function recordStandBy(
  tx: Tx,
  deps: Pick<CaseDeps, 'activeHandbook'>,
  { companyId, personId }: CaseActor,
  { standById, at, clockMoved }: StandByEntry,
): Promise<FieldAnswer | Refusal> {
  const asked = await tx.maybe<{ askedAt: Instant; over: boolean }>(sql`
    select b.asked_at as "askedAt", (b.ended_at is not null or b.arrived_at is not null) as over from crew_stand_bys b
    where b.company_id = ${companyId} and b.id = ${standById} and exists (select 1 from crew_shifts s
      where s.company_id = b.company_id and s.crew_id = b.crew_id and s.withdrawn_at is null and s.until_at > b.asked_at
        and ${personId}::uuid = any(array[s.lead_id, s.watcher_id] || s.others))
    for update of b`);
  if (asked === undefined) return refuse('field.not-yours');
  if (asked.over) return { outcome: 'already' };
  const limits = (await deps.activeHandbook(tx, companyId))?.handbook.limits ?? [];
  const believed = !clockMoved && at <= tx.now && tx.now - at <= entryDelay(limits);
  const arrivedAt = Math.max(believed ? at : tx.now, asked.askedAt);
  await tx.run(sql`
    update crew_stand_bys set arrived_at = ${timestamp(arrivedAt)}
    where crew_stand_bys.company_id = ${companyId} and crew_stand_bys.id = ${standById}`);
  return { outcome: 'recorded' };
}

import { type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Principal } from '#platform/http/router.ts';

/** Who arranges crews: the head of a station his own points, the repair centre all. */
export type CrewActor = {
  readonly companyId: string;
  readonly personId: string;
  readonly unitIds: readonly string[];
  readonly ofCentre: boolean;
  readonly mayManage: boolean;
};

/** The unit that dispatches for the whole company. */
export const CENTRE = 'repair-centre';

export function crewActor(who: Principal): CrewActor {
  return {
    companyId: who.companyId,
    personId: who.personId,
    unitIds: who.unitIds,
    ofCentre: who.unit.code === CENTRE,
    mayManage: who.permissions.includes('crew.manage'),
  };
}

export function manages(actor: CrewActor, stationId: string): boolean {
  return actor.mayManage && (actor.ofCentre || actor.unitIds.includes(stationId));
}

/** A point that the actor may arrange. Refusals: `http.not-found`, `crew.other-station`. */
export async function managedPoint(
  db: Db,
  actor: CrewActor,
  gridPointId: string,
): Promise<{ readonly stationId: string } | Refusal> {
  const point = await db.maybe<{ stationId: string }>(sql`
    select g.station_id as "stationId" from grid_points g
    where g.company_id = ${actor.companyId} and g.id = ${gridPointId}`);
  if (point === undefined) return refuse('http.not-found');
  return manages(actor, point.stationId) ? point : refuse('crew.other-station');
}

/** The point of a crew that the actor may arrange; the crew is locked. Refusals as of `managedPoint`. */
export async function managedCrew(
  tx: Tx,
  actor: CrewActor,
  crewId: string,
): Promise<{ readonly stationId: string; readonly gridPointId: string } | Refusal> {
  const crew = await tx.maybe<{ gridPointId: string; stationId: string }>(sql`
    select c.grid_point_id as "gridPointId", g.station_id as "stationId"
    from crews c join grid_points g on g.company_id = c.company_id and g.id = c.grid_point_id
    where c.company_id = ${actor.companyId} and c.id = ${crewId} and c.closed_at is null for update of c`);
  if (crew === undefined) return refuse('http.not-found');
  return manages(actor, crew.stationId) ? crew : refuse('crew.other-station');
}

/** Who arranged what is on record, with codes and ids only. */
export async function noteCrew(
  tx: Tx,
  actor: CrewActor,
  action: string,
  object: { readonly type: 'crew' | 'person' | 'point' | 'dispatch'; readonly id: string },
  detail: Readonly<Record<string, string>> = {},
): Promise<void> {
  await auditWriter(tx, actor.companyId).write({
    actorId: actor.personId,
    action,
    outcome: 'done',
    objectType: object.type,
    objectId: object.id,
    detail,
  });
}

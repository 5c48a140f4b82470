import { MINUTE } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { enqueue } from '#modules/notice/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { type CrewActor, noteCrew } from './crew-actor.ts';
import type { CrewOnDuty } from './crew-api.ts';
import { crewsOnDuty } from './crews-on-duty.ts';
import { crewStandsAt } from './crew-stands-at.ts';
import { listPoints } from './dispatch-reads.ts';
import { travelMinutes } from './domain/travel-time.ts';
import { travelModel } from './travel-fit.ts';

type Asked = { readonly id: string; readonly expectedAt: number };

/**
 * Asks an idle crew to wait at another point. Its own people hear it; the dispatcher's word, never the program's. Refusals:
 * `dispatch.centre-only`, `dispatch.crew-off-duty`, `dispatch.crew-busy`, `stand-by.at-home` (on call is spent at home),
 * `stand-by.there-already`, `http.not-found` (no such point).
 */
export async function askStandBy(
  tx: Tx,
  actor: CrewActor,
  { crewId, gridPointId }: { readonly crewId: string; readonly gridPointId: string },
): Promise<Asked | Refusal> {
  const crew = await lockReady(tx, actor, crewId);
  if (isRefusal(crew)) return crew;
  const { companyId, personId } = actor;
  const points = await listPoints(tx, companyId);
  const point = points.find((one) => one.id === gridPointId);
  if (point === undefined) return refuse('http.not-found');
  if ((crew.standBy?.point.id ?? crew.point.id) === point.id)
    return refuse('stand-by.there-already', { crew: crew.name });
  const from = crewStandsAt(crew, tx.now).position;
  const at = { position: { longitude: point.lon, latitude: point.lat }, zone: point.zone };
  const way = travelMinutes(await travelModel(tx, companyId), from, at);
  await endStandBy(tx, actor, crewId, 'asked-elsewhere');
  const asked = { id: newId(), expectedAt: tx.now + Math.round(way * MINUTE) };
  await tx.run(sql`
    insert into crew_stand_bys (company_id, id, crew_id, grid_point_id, asked_by, asked_at, expected_at)
    values (${companyId}, ${asked.id}, ${crewId}, ${gridPointId}, ${personId}, ${timestamp(tx.now)},
      ${timestamp(asked.expectedAt)})`);
  await noteCrew(tx, actor, 'crew.stand-by-asked', { type: 'crew', id: crewId }, { gridPointId });
  await tell(tx, companyId, crew, asked.id, 'crew-stand-by', { gridPointId, expectedAt: asked.expectedAt });
  return asked;
}

/** The crew goes back to its own point. Refusals: `dispatch.centre-only`, `dispatch.crew-off-duty`, `stand-by.none`. */
export async function callBackStandBy(
  tx: Tx,
  actor: CrewActor,
  crewId: string,
): Promise<{ readonly id: string } | Refusal> {
  const crew = await lockReady(tx, actor, crewId);
  if (isRefusal(crew)) return crew;
  if (crew.standBy === null) return refuse('stand-by.none', { crew: crew.name });
  const ended = await endStandBy(tx, actor, crewId, 'called-back');
  await noteCrew(tx, actor, 'crew.stand-by-ended', { type: 'crew', id: crewId });
  await tell(tx, actor.companyId, crew, `${ended}:back`, 'crew-stand-by-over', {
    gridPointId: crew.point.id,
  });
  return { id: crewId };
}

/** Ends what a crew was asked, where it was asked anything: which one. */
export async function endStandBy(
  tx: Tx,
  { companyId, personId }: Pick<CrewActor, 'companyId' | 'personId'>,
  crewId: string,
  reason: 'sent' | 'called-back' | 'asked-elsewhere',
): Promise<string | null> {
  const ended = await tx.maybe<{ id: string }>(sql`
    update crew_stand_bys set ended_at = ${timestamp(tx.now)}, ended_by = ${personId}, end_reason = ${reason}
    where crew_stand_bys.company_id = ${companyId} and crew_stand_bys.crew_id = ${crewId}
      and crew_stand_bys.ended_at is null returning crew_stand_bys.id`);
  return ended?.id ?? null;
}

/** A crew on duty without work, locked. */
async function lockReady(tx: Tx, actor: CrewActor, crewId: string): Promise<CrewOnDuty | Refusal> {
  if (!actor.ofCentre) return refuse('dispatch.centre-only');
  await tx.maybe(sql`
    select 1 from crews c where c.company_id = ${actor.companyId} and c.id = ${crewId} for update`);
  const crew = (await crewsOnDuty(tx, actor.companyId, tx.now)).find((one) => one.id === crewId);
  if (crew === undefined) return refuse('dispatch.crew-off-duty');
  if (crew.shift.kind === 'on-call') return refuse('stand-by.at-home', { crew: crew.name });
  return crew.job === null ? crew : refuse('dispatch.crew-busy', { crew: crew.name });
}

async function tell(
  tx: Tx,
  companyId: string,
  { lead, watcher }: CrewOnDuty,
  key: string,
  template: 'crew-stand-by' | 'crew-stand-by-over',
  data: Readonly<Record<string, string | number>>,
): Promise<void> {
  await enqueue(
    tx,
    companyId,
    [lead.id, watcher.id].map((personId) => ({
      key: `${template}:${key}:${personId}`,
      channel: 'desk' as const,
      template,
      to: { personId },
      data,
    })),
  );
}

import { type Instant, MINUTE } from '#kernel/instant.ts';
import { askStandBy, crewsOnDuty } from '#modules/repair/index.ts';
import type { Database } from '#platform/db/db.ts';
import { actorOf, must } from './carry-order.ts';
import type { Stage } from './carry-to.ts';

/** This morning the dispatcher asked one idle crew to wait at another point of the town: somebody is on the page. */
export async function bringStandBy(
  { company, now }: Stage,
  database: Database,
  setClock: (at: Instant) => void,
): Promise<void> {
  const person = company.logins.find((one) => one.login === 'dispatcher')?.person;
  if (person === undefined) throw new Error('the demonstration has no dispatcher');
  setClock(now - 3 * MINUTE);
  const free = (await crewsOnDuty(database, company.id, now - 3 * MINUTE)).filter(
    (crew) => crew.job === null && crew.shift.kind === 'duty',
  );
  // Rather a crew whose lead can sign in: it stands on his phone.
  const idle =
    free.find((crew) => company.logins.some((login) => login.person.id === crew.lead.id)) ?? free[0];
  const town = company.gridPoints.find(
    (point) => point.place.areaClass === 'city' && point.id !== idle?.point.id,
  );
  if (idle === undefined || town === undefined) return;
  const actor = { ...actorOf(company, person), ofCentre: true, mayManage: false };
  await must(database, (tx) => askStandBy(tx, actor, { crewId: idle.id, gridPointId: town.id }));
}

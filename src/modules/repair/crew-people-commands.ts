import { type Refusal, refuse } from '#kernel/result.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { isAtWork } from './at-work.ts';
import { type CrewActor, manages, noteCrew } from './crew-actor.ts';
import type { NewPosition, NewSkill, NewTraining } from './crew-api.ts';

/** What a person may do, until when. A skill that runs out earlier than today is taken away. */
export async function grantSkill(
  tx: Tx,
  actor: CrewActor,
  personId: string,
  { skill, untilOn }: NewSkill,
): Promise<{ readonly id: string } | Refusal> {
  const fault = await faultOfPeople(tx, actor, [personId]);
  if (fault !== undefined) return fault;
  await tx.run(sql`
    insert into person_skills (company_id, person_id, skill, until_on, by_id, at)
    values (${actor.companyId}, ${personId}, ${skill}, ${untilOn}, ${actor.personId}, ${timestamp(tx.now)})
    on conflict (company_id, person_id, skill) do update set until_on = excluded.until_on, by_id = excluded.by_id,
      at = excluded.at`);
  await noteCrew(tx, actor, 'person.skill-set', { type: 'person', id: personId }, { skill, untilOn });
  return { id: personId };
}

/**
 * People were trained on a card; it holds for the months of R130-training. Refusals: `training.card-unknown`,
 * `training.not-yet` (a day that has not come), those of `faultOfPeople`.
 */
export async function recordTraining(
  tx: Tx,
  actor: CrewActor,
  of: { readonly cards: readonly { readonly id: string }[]; readonly months: number },
  { people, card, trainedOn }: NewTraining,
): Promise<{ readonly recorded: number } | Refusal> {
  if (!of.cards.some((one) => one.id === card)) return refuse('training.card-unknown');
  const fault = await faultOfPeople(tx, actor, people);
  if (fault !== undefined) return fault;
  const { today } = await tx.one<{ today: string }>(sql`
    select (${timestamp(tx.now)}::timestamptz at time zone 'Asia/Shanghai')::date as today`);
  if (trainedOn > today) return refuse('training.not-yet');
  const rows = people.map((personId) => ({ id: newId(), personId }));
  const recorded = await tx.run(sql`
    insert into fault_trainings (company_id, id, person_id, card, trained_on, until_on, by_id, at)
    select ${actor.companyId}, r.id, r."personId", ${card}, ${trainedOn}::date,
      (${trainedOn}::date + ${of.months} * interval '1 month')::date, ${actor.personId}, ${timestamp(tx.now)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "personId" uuid)
    on conflict (company_id, person_id, card, trained_on) do nothing`);
  for (const personId of people)
    await noteCrew(tx, actor, 'person.trained', { type: 'person', id: personId }, { card, trainedOn });
  return { recorded };
}

/** People of crews or of stations that the actor arranges. Refusals: `crew.person-unknown`, `crew.other-station`. */
async function faultOfPeople(
  tx: Tx,
  actor: CrewActor,
  people: readonly string[],
): Promise<Refusal | undefined> {
  const rows = await tx.rows<{ id: string; stationId: string }>(sql`
    select p.id, coalesce(g.station_id, u.parent_id, u.id) as "stationId"
    from people p
    left join crew_members m on m.company_id = p.company_id and m.person_id = p.id and m.until is null
    left join crews c on c.company_id = m.company_id and c.id = m.crew_id
    left join grid_points g on g.company_id = c.company_id and g.id = c.grid_point_id
    join assignments a on a.company_id = p.company_id and a.person_id = p.id and a.main and a.until is null
    join units u on u.company_id = a.company_id and u.id = a.unit_id
    where p.company_id = ${actor.companyId} and p.id = any(${people}::uuid[]) and p.left_at is null`);
  if (rows.length < people.length) return refuse('crew.person-unknown');
  return rows.every((row) => manages(actor, row.stationId)) ? undefined : refuse('crew.other-station');
}

/**
 * Where a crew is. Only while it is on duty, or has been sent somewhere: on call is spent at home, which is nobody's business.
 * Refusal: `crew.off-duty`; nothing is kept then.
 */
export async function keepPosition(
  tx: Tx,
  actor: Pick<CrewActor, 'companyId' | 'personId'>,
  { lat, lon, accuracy }: NewPosition,
): Promise<{ readonly crewId: string } | Refusal> {
  const { companyId, personId } = actor;
  const at = timestamp(tx.now);
  const shift = await tx.maybe<{ crewId: string }>(sql`
    select s.crew_id as "crewId" from crew_shifts s
    where s.company_id = ${companyId} and s.withdrawn_at is null and s.from_at <= ${at} and s.until_at > ${at}
      and ${personId}::uuid = any(array[s.lead_id, s.watcher_id] || s.others)
      and (s.kind = 'duty' or exists (select 1 from crew_assignments w
        join orders o on o.company_id = w.company_id and o.id = w.order_id and o.state = 'open'
        where w.company_id = s.company_id and w.crew_id = s.crew_id and ${isAtWork(tx.now)}))
    limit 1`);
  if (shift === undefined) return refuse('crew.off-duty');
  await tx.run(sql`
    insert into crew_positions (company_id, crew_id, at, place, accuracy_m, by_id)
    values (${companyId}, ${shift.crewId}, ${at}, ${`${lat.toFixed(5)},${lon.toFixed(5)}`}, ${Math.round(accuracy)},
      ${personId})
    on conflict do nothing`);
  return shift;
}

import { HOUR, type Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { type CrewActor, managedCrew, managedPoint, noteCrew } from './crew-actor.ts';
import type { NewCrew, NewShift } from './crew-api.ts';
import { faultOfShift, type PlannedShift, type ShiftPolicy } from './domain/shift-rules.ts';

/** Refusals: those of `managedPoint`, `crew.name-used`, those of `setMembers`. */
export async function addCrew(
  tx: Tx,
  actor: CrewActor,
  { gridPointId, name, kind, people }: NewCrew,
): Promise<{ readonly id: string } | Refusal> {
  const point = await managedPoint(tx, actor, gridPointId);
  if (isRefusal(point)) return point;
  const id = newId();
  const made = await tx.run(sql`
    insert into crews (company_id, id, grid_point_id, name, kind)
    values (${actor.companyId}, ${id}, ${gridPointId}, ${name}, ${kind}) on conflict do nothing`);
  if (made === 0) return refuse('crew.name-used');
  await noteCrew(tx, actor, 'crew.added', { type: 'crew', id }, { gridPointId, kind });
  const members = await setMembers(tx, actor, id, people);
  return isRefusal(members) ? members : { id };
}

/** Closes a crew that has nothing to do and no shift before it. Refusals: `crew.has-work`, `crew.has-shifts`. */
export async function closeCrew(
  tx: Tx,
  actor: CrewActor,
  crewId: string,
): Promise<{ readonly id: string } | Refusal> {
  const crew = await managedCrew(tx, actor, crewId);
  if (isRefusal(crew)) return crew;
  const { companyId } = actor;
  const at = timestamp(tx.now);
  const working = await tx.maybe(sql`
    select 1 from crew_assignments a join orders o on o.company_id = a.company_id and o.id = a.order_id and o.state = 'open'
    where a.company_id = ${companyId} and a.crew_id = ${crewId} and a.ended_at is null limit 1`);
  if (working !== undefined) return refuse('crew.has-work');
  const shift = await tx.maybe(sql`
    select 1 from crew_shifts s where s.company_id = ${companyId} and s.crew_id = ${crewId}
      and s.withdrawn_at is null and s.until_at > ${at} limit 1`);
  if (shift !== undefined) return refuse('crew.has-shifts');
  await tx.run(sql`update crew_members set until = ${at}
    where crew_members.company_id = ${companyId} and crew_members.crew_id = ${crewId} and crew_members.until is null
      and crew_members.since < ${at}`);
  await tx.run(sql`update crews set closed_at = ${at}
    where crews.company_id = ${companyId} and crews.id = ${crewId}`);
  await noteCrew(tx, actor, 'crew.closed', { type: 'crew', id: crewId });
  return { id: crewId };
}

/**
 * Who belongs to a crew from now on. Refusals: `crew.person-unknown`, `crew.person-elsewhere` (a person belongs to one crew),
 * `crew.on-shift` (somebody who would leave stands on a shift that is not over).
 */
export async function setMembers(
  tx: Tx,
  actor: CrewActor,
  crewId: string,
  people: readonly string[],
): Promise<{ readonly id: string } | Refusal> {
  const crew = await managedCrew(tx, actor, crewId);
  if (isRefusal(crew)) return crew;
  const fault = await faultOfMembers(tx, actor.companyId, crewId, people);
  if (fault !== undefined) return fault;
  const { companyId } = actor;
  const at = timestamp(tx.now);
  // A row begun this very moment says nothing yet and goes; the others end.
  await tx.run(sql`delete from crew_members where crew_members.company_id = ${companyId} and crew_members.crew_id = ${crewId}
    and crew_members.until is null and crew_members.since >= ${at} and crew_members.person_id <> all(${people}::uuid[])`);
  await tx.run(sql`update crew_members set until = ${at}
    where crew_members.company_id = ${companyId} and crew_members.crew_id = ${crewId} and crew_members.until is null
      and crew_members.person_id <> all(${people}::uuid[])`);
  await tx.run(sql`
    insert into crew_members (company_id, crew_id, person_id, since)
    select ${companyId}, ${crewId}, p.id, ${at} from unnest(${people}::uuid[]) p (id)
    where not exists (select 1 from crew_members m
      where m.company_id = ${companyId} and m.person_id = p.id and m.until is null)`);
  await noteCrew(tx, actor, 'crew.members-set', { type: 'crew', id: crewId }, { people: people.join(' ') });
  return { id: crewId };
}

async function faultOfMembers(
  tx: Tx,
  companyId: string,
  crewId: string,
  people: readonly string[],
): Promise<Refusal | undefined> {
  const { known } = await tx.one<{ known: number }>(sql`
    select count(*) as known from people p
    where p.company_id = ${companyId} and p.id = any(${people}::uuid[]) and p.left_at is null and not p.system`);
  if (known < people.length) return refuse('crew.person-unknown');
  const elsewhere = await tx.maybe<{ id: string }>(sql`
    select m.person_id as id from crew_members m
    where m.company_id = ${companyId} and m.person_id = any(${people}::uuid[]) and m.until is null
      and m.crew_id <> ${crewId} limit 1`);
  if (elsewhere !== undefined) return refuse('crew.person-elsewhere', { personId: elsewhere.id });
  const standing = await tx.maybe<{ id: string }>(sql`
    select m.person_id as id from crew_members m
    join crew_shifts s on s.company_id = m.company_id and s.crew_id = m.crew_id and s.withdrawn_at is null
      and s.until_at > ${timestamp(tx.now)} and m.person_id = any(array[s.lead_id, s.watcher_id] || s.others)
    where m.company_id = ${companyId} and m.crew_id = ${crewId} and m.until is null
      and m.person_id <> all(${people}::uuid[]) limit 1`);
  return standing === undefined ? undefined : refuse('crew.on-shift', { personId: standing.id });
}

/**
 * Sets a shift of a crew. Refusals: those of `managedCrew` and `faultOfShift`, `shift.not-member`.
 */
export async function setShift(
  tx: Tx,
  actor: CrewActor,
  policy: ShiftPolicy,
  crewId: string,
  { kind, from, until, leadId, watcherId, others }: NewShift,
): Promise<{ readonly id: string } | Refusal> {
  const crew = await managedCrew(tx, actor, crewId);
  if (isRefusal(crew)) return crew;
  const { companyId } = actor;
  const people = [leadId, watcherId, ...others];
  const members = await lockMembers(tx, companyId, crewId, people);
  const strange = people.find((person) => !members.includes(person));
  if (strange !== undefined) return refuse('shift.not-member', { personId: strange });
  const shift = { crewId, kind, from, until, people };
  const near = await shiftsNear(tx, companyId, shift, policy);
  const fault = faultOfShift(shift, near, policy, tx.now);
  if (fault !== undefined) return fault;
  const id = newId();
  await tx.run(sql`
    insert into crew_shifts (company_id, id, crew_id, kind, from_at, until_at, lead_id, watcher_id, others, set_by, set_at)
    values (${companyId}, ${id}, ${crewId}, ${kind}, ${timestamp(from)}, ${timestamp(until)}, ${leadId}, ${watcherId},
      ${others}, ${actor.personId}, ${timestamp(tx.now)})`);
  await noteCrew(tx, actor, 'crew.shift-set', { type: 'crew', id: crewId }, { shiftId: id, kind });
  return { id };
}

/** Locks the people, so that two shifts set at once cannot both have the same person. */
async function lockMembers(
  tx: Tx,
  companyId: string,
  crewId: string,
  people: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select m.person_id as id from crew_members m
    where m.company_id = ${companyId} and m.crew_id = ${crewId} and m.person_id = any(${people}::uuid[])
      and m.until is null order by m.person_id for update`);
  return rows.map((row) => row.id);
}

async function shiftsNear(
  tx: Tx,
  companyId: string,
  shift: PlannedShift,
  { restHours }: ShiftPolicy,
): Promise<readonly PlannedShift[]> {
  const reach = restHours * HOUR;
  return await tx.rows<PlannedShift & { from: Instant; until: Instant }>(sql`
    select s.crew_id as "crewId", s.kind, s.from_at as "from", s.until_at as "until",
      array[s.lead_id, s.watcher_id] || s.others as people
    from crew_shifts s
    where s.company_id = ${companyId} and s.withdrawn_at is null
      and s.until_at > ${timestamp(shift.from - reach)} and s.from_at < ${timestamp(shift.until + reach)}
      and (s.crew_id = ${shift.crewId} or (array[s.lead_id, s.watcher_id] || s.others) && ${shift.people}::uuid[])`);
}

/** Takes a shift back before it is over: it ends now, or never was. Refusal: `crew.has-work`. */
export async function withdrawShift(
  tx: Tx,
  actor: CrewActor,
  shiftId: string,
): Promise<{ readonly id: string } | Refusal> {
  const { companyId } = actor;
  const shift = await tx.maybe<{ crewId: string; from: Instant }>(sql`
    select s.crew_id as "crewId", s.from_at as "from" from crew_shifts s
    where s.company_id = ${companyId} and s.id = ${shiftId} and s.withdrawn_at is null
      and s.until_at > ${timestamp(tx.now)}`);
  if (shift === undefined) return refuse('http.not-found');
  const crew = await managedCrew(tx, actor, shift.crewId);
  if (isRefusal(crew)) return crew;
  const at = timestamp(tx.now);
  await (shift.from < tx.now
    ? tx.run(sql`update crew_shifts set until_at = ${at}
        where crew_shifts.company_id = ${companyId} and crew_shifts.id = ${shiftId}`)
    : tx.run(sql`update crew_shifts set withdrawn_at = ${at}
        where crew_shifts.company_id = ${companyId} and crew_shifts.id = ${shiftId}`));
  await noteCrew(tx, actor, 'crew.shift-withdrawn', { type: 'crew', id: shift.crewId }, { shiftId });
  return { id: shiftId };
}

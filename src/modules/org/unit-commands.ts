import { type Refusal, refuse } from '#kernel/result.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { CompanyBody, NewUnit, UnitBody } from './admin-api.ts';
import { note, type OrgActor } from './org-actor.ts';
import type { OrgNeighbours } from './person-commands.ts';

export async function renameCompany(
  tx: Tx,
  actor: OrgActor,
  { name, shortName }: CompanyBody,
): Promise<{ readonly name: string }> {
  const { companyId } = actor;
  await tx.run(sql`update companies set name = ${name}, short_name = ${shortName}
    where companies.company_id = ${companyId}`);
  await tx.run(sql`update units set name = ${name}
    where units.company_id = ${companyId} and units.kind = 'company'`);
  await note(tx, actor, 'company.renamed', { type: 'company', id: companyId });
  return { name };
}

/** Refusals: `org.unit-unknown` (the one above), `org.unit-code-used`. */
export async function addUnit(
  tx: Tx,
  actor: OrgActor,
  unit: NewUnit,
): Promise<{ readonly id: string } | Refusal> {
  const { companyId } = actor;
  const above = await tx.maybe(sql`select 1 from units u
    where u.company_id = ${companyId} and u.id = ${unit.parentId} and u.closed_at is null for share`);
  if (above === undefined) return refuse('org.unit-unknown');
  const id = newId();
  const made = await tx.run(sql`
    insert into units (company_id, id, parent_id, code, kind, name, name_en, sort)
    select ${companyId}, ${id}, ${unit.parentId}, ${unit.code}, ${unit.kind}, ${unit.name}, ${unit.nameEn},
      coalesce(max(u.sort), 0) + 1 from units u where u.company_id = ${companyId}
    on conflict (company_id, code) do nothing`);
  if (made === 0) return refuse('org.unit-code-used', { code: unit.code });
  await note(tx, actor, 'unit.added', { type: 'unit', id }, { code: unit.code, kind: unit.kind });
  return { id };
}

export async function changeUnit(
  tx: Tx,
  actor: OrgActor,
  unitId: string,
  { name, nameEn, phone }: UnitBody,
): Promise<{ readonly id: string } | Refusal> {
  const changed = await tx.run(sql`update units set name = ${name}, name_en = ${nameEn}, phone = ${phone}
    where units.company_id = ${actor.companyId} and units.id = ${unitId} and units.closed_at is null`);
  if (changed === 0) return refuse('http.not-found');
  await note(tx, actor, 'unit.changed', { type: 'unit', id: unitId });
  return { id: unitId };
}

/** Closes a unit where nobody is, nothing waits, nothing hangs below and no village is served. */
export async function closeUnit(
  tx: Tx,
  actor: OrgActor,
  unitId: string,
  { waitingTasks }: OrgNeighbours,
): Promise<{ readonly id: string } | Refusal> {
  const { companyId } = actor;
  const unit = await tx.maybe<{ kind: string }>(sql`select u.kind from units u
    where u.company_id = ${companyId} and u.id = ${unitId} and u.closed_at is null for update`);
  if (unit === undefined) return refuse('http.not-found');
  if (unit.kind === 'company') return refuse('org.unit-is-company');
  const { people, below, areas } = await tx.one<{ people: number; below: number; areas: number }>(sql`
    select (select count(*) from assignments a where a.company_id = ${companyId} and a.unit_id = ${unitId}
        and a.until is null) as people,
      (select count(*) from units u where u.company_id = ${companyId} and u.parent_id = ${unitId}
        and u.closed_at is null) as below,
      (select count(*) from service_areas s where s.company_id = ${companyId} and s.station_id = ${unitId}) as areas`);
  if (people > 0) return refuse('org.unit-has-people', { count: people });
  if (below > 0) return refuse('org.unit-has-units', { count: below });
  if (areas > 0) return refuse('org.unit-serves', { count: areas });
  const waiting = await waitingTasks(tx, companyId, { unitId, post: null });
  if (waiting > 0) return refuse('org.tasks-waiting');
  await tx.run(sql`update units set closed_at = ${timestamp(tx.now)}
    where units.company_id = ${companyId} and units.id = ${unitId}`);
  await note(tx, actor, 'unit.closed', { type: 'unit', id: unitId });
  return { id: unitId };
}

import type { Instant } from '#kernel/instant.ts';
import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { acceptCase, type CaseActor, type CaseDeps, endDrillCase } from '#modules/case/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/db/sql.ts';
import type { EndDrillBody, PlanDrillBody } from './drill-api.ts';
import { tellParties } from './drill-parties.ts';
import { repairProcesses } from './five-ones-reads.ts';

/** Plans an exercise with its script. Refusals: `drill.past`, `drill.unit-unknown`, `drill.no-process`. */
export async function planDrill(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  body: PlanDrillBody,
): Promise<{ readonly id: string } | Refusal> {
  if (body.plannedAt <= tx.now) return refuse('drill.past');
  const version = await deps.activeHandbook(tx, actor.companyId);
  // Only repairs are exercised: of other businesses nothing would know that it is none.
  const repairs = version === undefined ? [] : repairProcesses(version).map((one) => one.id);
  const unknown = body.injects.find(
    ({ report }) => report !== undefined && !repairs.includes(report.process),
  );
  if (unknown !== undefined) return refuse('drill.no-process');
  const { n } = await tx.one<{ n: number }>(sql`
    select count(*) as n from units u where u.company_id = ${actor.companyId} and u.id = any(${body.unitIds}::uuid[])`);
  if (n !== body.unitIds.length) return refuse('drill.unit-unknown');
  const id = newId();
  await tx.run(sql`
    insert into drills (company_id, id, title, scene, planned_at, state, made_by, made_at)
    values (${actor.companyId}, ${id}, ${body.title}, ${body.scene}, ${timestamp(body.plannedAt)}, 'planned',
      ${actor.personId}, ${timestamp(tx.now)})`);
  const parties = [
    ...body.unitIds.map((unitId) => ({ id: newId(), unitId, body: null })),
    ...body.bodies.map((name) => ({ id: newId(), unitId: null, body: name })),
  ];
  await tx.run(sql`
    insert into drill_parties (company_id, id, drill_id, unit_id, body)
    select ${actor.companyId}, p.id, ${id}, p."unitId", p.body
    from jsonb_to_recordset(${JSON.stringify(parties)}::jsonb) as p (id uuid, "unitId" uuid, body text)`);
  const injects = body.injects.map(({ afterMinutes, words, report }) => ({
    id: newId(),
    afterMinutes,
    words,
    process: report?.process ?? null,
    place: report?.place ?? null,
    area: report?.area ?? null,
  }));
  await tx.run(sql`
    insert into drill_injects (company_id, id, drill_id, after_minutes, words, process, place, area)
    select ${actor.companyId}, i.id, ${id}, i."afterMinutes", i.words, i.process, i.place, i.area
    from jsonb_to_recordset(${JSON.stringify(injects)}::jsonb)
      as i (id uuid, "afterMinutes" int, words text, process text, place text, area text)`);
  await tellParties(tx, actor, { id, plannedAt: body.plannedAt }, 'drill-planned');
  return { id };
}

/** It does not take place; who takes part is told. Refusals: `http.not-found`, `drill.not-planned`. */
export async function cancelDrill(
  tx: Tx,
  actor: CaseActor,
  id: string,
): Promise<{ readonly cancelled: true } | Refusal> {
  const drill = await lockDrill(tx, actor, id);
  if (isRefusal(drill)) return drill;
  if (drill.state !== 'planned') return refuse('drill.not-planned');
  await tx.run(sql`
    update drills set state = 'cancelled'
    where drills.company_id = ${actor.companyId} and drills.id = ${id}`);
  await tellParties(tx, actor, { id, plannedAt: drill.plannedAt }, 'drill-cancelled');
  return { cancelled: true };
}

/** Refusals: `http.not-found`, `drill.not-planned`. */
export async function beginDrill(
  tx: Tx,
  actor: CaseActor,
  id: string,
): Promise<{ readonly begun: true } | Refusal> {
  const drill = await lockDrill(tx, actor, id);
  if (isRefusal(drill)) return drill;
  if (drill.state !== 'planned') return refuse('drill.not-planned');
  await tx.run(sql`
    update drills set state = 'running', began_at = ${timestamp(tx.now)}
    where drills.company_id = ${actor.companyId} and drills.id = ${id}`);
  await tellParties(tx, actor, { id, plannedAt: drill.plannedAt }, 'drill-begun');
  return { begun: true };
}

/**
 * Brings an event of the script in. A report is a case from nobody known, marked by its drill: it goes to the desks and crews
 * as any other. Refusals: `http.not-found`, `drill.not-running`, `drill.given-already`, those of `acceptCase`.
 */
export async function giveInject(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  injectId: string,
): Promise<{ readonly caseId: string | null } | Refusal> {
  const inject = await lockInject(tx, actor, injectId);
  if (isRefusal(inject)) return inject;
  if (inject.givenAt !== null) return refuse('drill.given-already');
  const { process, place, area, words, drillId } = inject;
  let caseId: string | null = null;
  if (process !== null) {
    const accepted = await acceptCase(tx, deps, actor, {
      channel: 'other',
      process,
      quickItem: null,
      caseType: null,
      householdId: null,
      area,
      words: `【演练】${words}`,
      contactName: null,
      contactPhone: null,
      place,
      accusedUnitId: null,
      mood: 'calm',
      escalationRisk: false,
      anonymous: true,
      noCallBack: true,
      papers: [],
      promiseSigned: false,
      drillId,
    });
    if (isRefusal(accepted)) return accepted;
    ({ caseId } = accepted);
  }
  await tx.run(sql`
    update drill_injects set given_at = ${timestamp(tx.now)}, case_id = ${caseId}
    where drill_injects.company_id = ${actor.companyId} and drill_injects.id = ${injectId}`);
  return { caseId };
}

/** A message of the script was answered, by word. Refusals: those of `giveInject`, `drill.not-given`, `drill.answered`. */
export async function answerInject(
  tx: Tx,
  actor: CaseActor,
  injectId: string,
): Promise<{ readonly answered: true } | Refusal> {
  const inject = await lockInject(tx, actor, injectId);
  if (isRefusal(inject)) return inject;
  if (inject.givenAt === null || inject.process !== null) return refuse('drill.not-given');
  const changed = await tx.run(sql`
    update drill_injects set answered_at = ${timestamp(tx.now)}
    where drill_injects.company_id = ${actor.companyId} and drill_injects.id = ${injectId} and drill_injects.answered_at is null`);
  return changed === 0 ? refuse('drill.answered') : { answered: true };
}

/** Ends it: who came, and every case of it that is still open ends with it. Refusals: `http.not-found`, `drill.not-running`. */
export async function endDrill(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: EndDrillBody & { readonly id: string },
): Promise<{ readonly ended: number } | Refusal> {
  const drill = await lockDrill(tx, actor, request.id);
  if (isRefusal(drill)) return drill;
  if (drill.state !== 'running') return refuse('drill.not-running');
  const open = await tx.rows<{ id: string }>(sql`
    select c.id from cases c where c.company_id = ${actor.companyId} and c.drill_id = ${request.id} and c.state = 'open' order by c.id`);
  for (const { id } of open) {
    const refused = await endDrillCase(tx, deps, actor, id);
    if (refused !== undefined) return refused;
  }
  await tx.run(sql`
    update drill_parties set came = drill_parties.id = any(${request.came}::uuid[])
    where drill_parties.company_id = ${actor.companyId} and drill_parties.drill_id = ${request.id}`);
  await tx.run(sql`
    update drills set state = 'done', ended_at = ${timestamp(tx.now)}
    where drills.company_id = ${actor.companyId} and drills.id = ${request.id}`);
  return { ended: open.length };
}

export async function lockDrill(
  tx: Tx,
  actor: CaseActor,
  id: string,
): Promise<{ readonly state: string; readonly plannedAt: Instant } | Refusal> {
  const drill = await tx.maybe<{ state: string; plannedAt: Instant }>(sql`
    select d.state, d.planned_at as "plannedAt" from drills d where d.company_id = ${actor.companyId} and d.id = ${id} for update`);
  return drill ?? refuse('http.not-found');
}

type Inject = {
  readonly drillId: string;
  readonly words: string;
  readonly process: string | null;
  readonly place: string | null;
  readonly area: 'city' | 'rural' | 'remote' | null;
  readonly givenAt: number | null;
};

async function lockInject(tx: Tx, actor: CaseActor, id: string): Promise<Inject | Refusal> {
  const row = await tx.maybe<Inject & { readonly state: string }>(sql`
    select i.drill_id as "drillId", i.words, i.process, i.place, i.area, i.given_at as "givenAt", d.state from drill_injects i
    join drills d on d.company_id = i.company_id and d.id = i.drill_id
    where i.company_id = ${actor.companyId} and i.id = ${id} for update of i, d`);
  if (row === undefined) return refuse('http.not-found');
  return row.state === 'running' ? row : refuse('drill.not-running');
}

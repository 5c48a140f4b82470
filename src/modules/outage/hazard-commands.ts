import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { acceptCase, type CaseActor, type CaseDeps, finishStep, takeStep } from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import { type Tx, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { Hazard, HazardBody } from './incident-api.ts';
import { recordIncident } from './incident-events.ts';
import { listDispatchers } from './mass-guard.ts';
import { LOW_VOLTAGE } from './program.ts';
import { reportStore } from './report-store.ts';

export type HazardTaken = {
  readonly incidentId: string;
  readonly caseId: string;
  readonly no: string;
};

/** As the staff take it down, or as it was read in an SMS. */
export type NewHazard = Omit<HazardBody, 'source' | 'hazard'> & {
  readonly hazard: Hazard;
  readonly source: HazardBody['source'] | 'sms';
};

const CHANNELS = { phone: 'phone', counter: 'hall', patrol: 'visit', sms: 'sms' } as const;

/**
 * A danger bypasses everything: no known outage answers it, nothing waits for inference. One urgent order at once, judged already, so that
 * it waits for nothing but whoever goes; every dispatcher's bell rings, at any hour. Refusals: `outage.device-unknown`, those of `acceptCase`.
 */
export async function reportHazard(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  body: NewHazard,
  key: string,
): Promise<HazardTaken | Refusal> {
  const { companyId } = actor;
  const device = await deviceOf(tx, companyId, body.deviceCode);
  if (isRefusal(device)) return device;
  const isMedium = device !== null && !LOW_VOLTAGE.has(device.kind);
  const accepted = await acceptCase(tx, deps, actor, {
    channel: CHANNELS[body.source],
    // Without a device nobody knows: whoever goes finds out, and makes safe first either way.
    process: isMedium ? 'repair-medium' : 'repair-low',
    quickItem: null,
    caseType: null,
    householdId: body.householdId,
    area: body.area,
    words: `【先保安全】${body.words}`,
    contactName: body.contactName,
    contactPhone: body.contactPhone,
    place: body.place,
    accusedUnitId: null,
    mood: 'calm',
    escalationRisk: false,
    anonymous: body.contactPhone === null && body.householdId === null,
    noCallBack: false,
    papers: [],
    promiseSigned: false,
    stationId: null,
  });
  if (isRefusal(accepted)) return accepted;
  const { caseId, no, orderId } = accepted;
  const incidentId = newId();
  await tx.run(sql`
    insert into outage_incidents (company_id, id, device_id, household_id, hazard, state, posterior, since, places, households,
      reports, nested, planned, held, order_id, version, changed_at)
    values (${companyId}, ${incidentId}, ${device?.id ?? null}, ${body.householdId}, ${body.hazard}, 'confirmed', 1, ${timestamp(tx.now)}, '{}',
      0, 1, '{}', false, false, ${orderId}, 0, ${timestamp(tx.now)})`);
  await recordIncident(tx, companyId, incidentId, {
    type: 'begun',
    by: actor.personId,
    to: device?.id ?? null,
  });
  await recordIncident(tx, companyId, incidentId, { type: 'ordered' });
  await reportStore(tx, companyId).insert([
    {
      source: body.source,
      key: `hazard ${key}`,
      says: 'off',
      householdId: body.householdId,
      meterId: null,
      deviceId: device?.id ?? null,
      caseId,
      hazard: body.hazard,
      at: tx.now,
      unheard: true,
      incidentId,
    },
  ]);
  const judged = orderId === null ? undefined : await judgeAtOnce(tx, deps, actor, orderId);
  if (isRefusal(judged)) return judged;
  await ringDispatchers(tx, companyId, caseId);
  return { incidentId, caseId, no };
}

type HazardDevice = { readonly id: string; readonly kind: string };

async function deviceOf(
  tx: Tx,
  companyId: string,
  code: string | null,
): Promise<HazardDevice | null | Refusal> {
  if (code === null) return null;
  const found = await tx.maybe<HazardDevice>(sql`
    select d.id, d.kind from network_devices d where d.company_id = ${companyId} and d.code = ${code}`);
  return found ?? refuse('outage.device-unknown');
}

/** What the desk would say of every danger: somebody must go, at once. */
async function judgeAtOnce(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  orderId: string,
): Promise<object | Refusal> {
  const unit = await tx.maybe<{ id: string }>(sql`
    select u.id from units u where u.company_id = ${actor.companyId} and u.code = 'repair-centre'`);
  if (unit === undefined) return refuse('http.not-found');
  const { seq } = await tx.one<{ seq: number }>(sql`
    select o.seq from orders o where o.company_id = ${actor.companyId} and o.id = ${orderId}`);
  const desk = { ...actor, unitId: unit.id, unitIds: [...actor.unitIds, unit.id], posts: ['dispatcher'] };
  const ref = { step: 'judge', caseId: null, round: 1 };
  const taken = await takeStep(tx, deps, desk, { orderId, seq, ref });
  if (isRefusal(taken)) return taken;
  return await finishStep(tx, deps, desk, {
    orderId,
    seq: taken.seq,
    ref,
    values: { faultClass: 'high', dispatchNeeded: true, urgency: 'urgent' },
  });
}

async function ringDispatchers(tx: Tx, companyId: string, caseId: string): Promise<void> {
  const people = await listDispatchers(tx, companyId);
  await enqueue(
    tx,
    companyId,
    people.map((personId) => ({
      key: `hazard:${caseId}:${personId}`,
      channel: 'desk',
      template: 'hazard-reported',
      to: { personId },
      data: { caseId },
    })),
  );
}

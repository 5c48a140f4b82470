import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import { type CaseActor, type CaseDeps, oweCallBack } from '#modules/case/index.ts';
import { findCaller, householdStrip } from '#modules/customer/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import type { CallFigures, CallNotes, CallView, RangOff, Ring } from './call-api.ts';
import { type CallReader, type CallRow, callStore, countCallDay, findCall } from './call-store.ts';
import { startOfDay } from './business-day.ts';

/** More households than this under one number are a works canteen: the name is asked for. */
const SHOWN = 6;

/** The clerk picked up a call that no exchange announced, or opens the page by a number. */
export async function openCall(
  tx: Tx,
  actor: CaseActor,
  request: { readonly phone: string },
): Promise<{ readonly id: string }> {
  const id = newId();
  const found = await onlyHousehold(tx, actor.companyId, request.phone);
  await callStore(tx, actor.companyId).insert({
    id,
    ...found,
    phone: request.phone,
    unitId: actor.unitId,
    personId: actor.personId,
    deviceId: null,
    state: 'talking',
    recordingNo: null,
  });
  await auditCall(tx, actor, id);
  return { id };
}

/** From here on the caller's number and household are on the screen: kept once a call, without typing a reason. */
async function auditCall(tx: Tx, actor: CaseActor, id: string): Promise<void> {
  await auditWriter(tx, actor.companyId).write({
    actorId: actor.personId,
    action: 'call.answered',
    outcome: 'done',
    objectType: 'call',
    objectId: id,
  });
}

/** The exchange says that a telephone rings; said twice it is one call. Refusal: `hall.agent-unknown`. */
export async function ring(
  tx: Tx,
  device: { readonly companyId: string; readonly id: string },
  call: Ring,
): Promise<{ readonly id: string } | Refusal> {
  const store = callStore(tx, device.companyId);
  const known = await store.findByRecording(call.recording);
  if (known !== undefined) return { id: known.id };
  const agent = await store.findAgent(call.agent);
  if (agent === undefined) return refuse('hall.agent-unknown');
  const id = newId();
  const found = await onlyHousehold(tx, device.companyId, call.phone);
  await store.insert({
    id,
    ...found,
    ...agent,
    phone: call.phone,
    deviceId: device.id,
    state: 'ringing',
    recordingNo: call.recording,
  });
  return { id };
}

/** What became of a call, said by the exchange. Refusal: `hall.call-unknown`. */
export async function rangOff(
  tx: Tx,
  deps: CaseDeps,
  device: { readonly companyId: string },
  said: RangOff,
): Promise<{ readonly id: string } | Refusal> {
  const store = callStore(tx, device.companyId);
  const call = await store.findByRecording(said.recording);
  if (call === undefined) return refuse('hall.call-unknown');
  // The end of a call that the clerk has closed already is no news.
  if (call.state !== 'ringing' && call.state !== 'talking') return { id: call.id };
  if (said.outcome === 'answered') await store.answer(call.id);
  else await end(tx, deps, device.companyId, { ...call, outcome: said.outcome });
  return { id: call.id };
}

/** Refusals of the next four: `http.not-found` for a call of others, `hall.call-over` where it has ended. */
export async function answerCall(
  tx: Tx,
  actor: CaseActor,
  id: string,
): Promise<{ readonly id: string } | Refusal> {
  const call = await findCall(tx, actor, id);
  if (call === undefined) return refuse('http.not-found');
  if (isOver(call)) return refuse('hall.call-over');
  await callStore(tx, actor.companyId).answer(id);
  await auditCall(tx, actor, id);
  return { id };
}

export async function noteOnCall(
  tx: Tx,
  actor: CaseActor,
  request: CallNotes & { readonly id: string },
): Promise<{ readonly id: string } | Refusal> {
  const { id } = request;
  if ((await findCall(tx, actor, id)) === undefined) return refuse('http.not-found');
  if (request.householdId !== null) {
    const household = await householdStrip(tx, actor.companyId, request.householdId, tx.now);
    if (household === undefined) return refuse('case.household-unknown');
  }
  if (request.recordingNo !== null) {
    const other = await callStore(tx, actor.companyId).findByRecording(request.recordingNo);
    if (other !== undefined && other.id !== id) return refuse('hall.recording-taken');
  }
  await callStore(tx, actor.companyId).update(id, request);
  return { id };
}

/** A dropped call owes a call-back. */
export async function endCall(
  tx: Tx,
  deps: CaseDeps,
  actor: CaseActor,
  request: { readonly id: string; readonly outcome: 'done' | 'dropped' },
): Promise<{ readonly id: string; readonly owedUntil: Instant | null } | Refusal> {
  const call = await findCall(tx, actor, request.id);
  if (call === undefined) return refuse('http.not-found');
  if (isOver(call)) return refuse('hall.call-over');
  const owed = await end(tx, deps, actor.companyId, { ...call, outcome: request.outcome });
  return { id: request.id, owedUntil: owed?.dueAt ?? null };
}

/** A call with who may be calling. The number is in clear: whoever speaks with the caller has it on his telephone. */
export async function callView(
  db: Db,
  reader: CallReader,
  id: string,
  now: Instant,
): Promise<CallView | undefined> {
  const call = await findCall(db, reader, id);
  if (call === undefined) return undefined;
  const { personId: _person, unitId: _unit, owed_id, owed_due, owed_state, ...row } = call;
  const owed =
    owed_id === null || owed_due === null || owed_state === null
      ? null
      : { id: owed_id, dueAt: owed_due, state: owed_state };
  const caller =
    call.phone === null
      ? { householdIds: [], area: null }
      : await findCaller(db, reader.companyId, call.phone);
  const ids = [
    ...new Set([...(call.householdId === null ? [] : [call.householdId]), ...caller.householdIds]),
  ];
  const strips = await Promise.all(
    ids.slice(0, SHOWN).map((household) => householdStrip(db, reader.companyId, household, now)),
  );
  const households = strips.flatMap((strip) => {
    if (strip === undefined) return [];
    const { id: household, name, address, accountNo, station } = strip;
    return [{ id: household, name, address, accountNo, station }];
  });
  return { ...row, owed, households, area: caller.area?.townName ?? null };
}

const PROMISE = 'R107';
const INDICATOR = 'R107-kpi';

/** Today's calls of my units in figures, held against how fast the telephone is to be picked up. */
export async function callFigures(
  db: Db,
  deps: CaseDeps,
  reader: CallReader,
  now: Instant,
): Promise<CallFigures> {
  const version = await deps.activeHandbook(db, reader.companyId);
  const seconds = (id: string) => {
    const limit = version?.handbook.limits.find((one) => one.id === id);
    if (limit === undefined) throw new Error(`the handbook has no ${id}`);
    return limit.value;
  };
  const from = startOfDay(now);
  const limits = { promise: seconds(PROMISE), indicator: seconds(INDICATOR) };
  // What is owed counts from when it is due; the day in progress ends now.
  return await countCallDay(db, reader, { from, to: now + 1 }, limits);
}

/** A number that only one household knows is that household; otherwise the caller is asked. */
async function onlyHousehold(tx: Tx, companyId: string, phone: string) {
  const caller = await findCaller(tx, companyId, phone);
  const [only, ...others] = caller.householdIds;
  return {
    householdId: only === undefined || others.length > 0 ? null : only,
    divisionCode: caller.area?.divisionCode ?? null,
  };
}

function isOver(call: CallRow): boolean {
  return call.state !== 'ringing' && call.state !== 'talking';
}

/** Null where nothing is owed. */
async function end(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  call: Pick<CallRow, 'id' | 'unitId'> & { readonly outcome: 'done' | 'dropped' | 'missed' },
): Promise<{ readonly dueAt: Instant } | null> {
  const { id: callId, unitId, outcome } = call;
  await callStore(tx, companyId).end(callId, outcome);
  return outcome === 'done'
    ? null
    : await oweCallBack(tx, deps, companyId, { callId, unitId, reason: outcome });
}

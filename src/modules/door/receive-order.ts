import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { acceptCase, type CaseDeps, type Intake, keepNote, recordOnCase } from '#modules/case/index.ts';
import type { DoorDefinition, DoorTable, OutsideDoorId } from '#modules/process/domain/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Completion, OutsideAnswer } from './door-api.ts';
import { doorActor } from './door-actor.ts';
import {
  areaSaid,
  checkOutside,
  chooseProcess,
  isEmpty,
  type OutsideOrder,
  phoneIn,
  tidyOrder,
} from './domain/index.ts';
import { findPlace } from './find-household.ts';
import { hashOrder, type NewOutside, type OutsideRow, outsideStore } from './outside-store.ts';

/** By whom and how an order came. */
export type Arrival = Pick<NewOutside, 'door' | 'way' | 'keyId' | 'personId'> & {
  readonly companyId: string;
};

/**
 * Takes an order of another system in. Its number makes it one order for ever: the same content again answers the first
 * case, other content becomes an update that is shown. What cannot be a case yet waits in the inbox, whole. Refusals:
 * `case.no-handbook`, `door.unknown-door`, and the faults of `checkOutside`, with the field.
 */
export async function receiveOrder(
  tx: Tx,
  deps: CaseDeps,
  arrival: Arrival,
  order: OutsideOrder,
): Promise<OutsideAnswer | Refusal> {
  const staged = await stageOrder(tx, deps, arrival, order);
  if (isRefusal(staged)) return staged;
  const row = await outsideStore(tx, arrival.companyId).lock(staged.id);
  if (row === undefined) throw new Error('a staged order has its row');
  if (row.state === 'waiting') return { ...(await settleOrder(tx, deps, arrival.companyId, row)), ...staged };
  return { state: row.state, ...staged, ...(await caseOf(tx, arrival.companyId, row.caseId)) };
}

/**
 * The same from a program: it can mend what it sends at once, so a business type that we do not know is refused where a file
 * or a paste leaves it to a person. Refusals: those of `receiveOrder`, `door.kind-unknown` with what we know.
 */
export async function receiveFromSystem(
  tx: Tx,
  deps: CaseDeps,
  arrival: Arrival,
  order: OutsideOrder,
): Promise<OutsideAnswer | Refusal> {
  const found = await doorOf(tx, deps, arrival.companyId, arrival.door);
  if (isRefusal(found)) return found;
  if (chooseProcess(found.door, order.kind) === undefined) {
    const known = found.door.types.flatMap((type) => type.says).join(' ');
    return refuse('door.kind-unknown', { field: 'kind', known });
  }
  return await receiveOrder(tx, deps, arrival, order);
}

/** The row of an order, new or met again; nothing is accepted yet. Refusals: those of `receiveOrder`. */
export async function stageOrder(
  tx: Tx,
  deps: CaseDeps,
  arrival: Arrival,
  order: OutsideOrder,
): Promise<{ readonly id: string; readonly arrived: 'first' | 'again' | 'changed' } | Refusal> {
  const found = await doorOf(tx, deps, arrival.companyId, arrival.door);
  if (isRefusal(found)) return found;
  const checked = checkOutside(found.door, order, tx.now);
  if ('faults' in checked) return refuseFaults(checked.faults);
  const store = outsideStore(tx, arrival.companyId);
  const id = await store.insert({ ...arrival, order, startedAt: checked.startedAt });
  if (id !== undefined) return { id, arrived: 'first' };
  const row = await store.lockNumber(arrival.door, tidyOrder(order).number ?? '');
  if (row === undefined) throw new Error('the number that was there is gone');
  if (row.contentHash === hashOrder(order)) return { id: row.id, arrived: 'again' };
  const updateId = await store.insertUpdate(row.id, order);
  if (updateId === undefined) return { id: row.id, arrived: 'again' };
  if (row.caseId !== null) await tellCase(tx, arrival.companyId, found.door, row.caseId, order);
  return { id: row.id, arrived: 'changed' };
}

/** Makes a case of an order, or says what is missing for one; a refused intake wrote nothing. */
export async function settleOrder(
  tx: Tx,
  deps: CaseDeps,
  companyId: string,
  row: OutsideRow,
): Promise<Pick<OutsideAnswer, 'state' | 'caseNo' | 'faults'>> {
  const store = outsideStore(tx, companyId);
  const found = await doorOf(tx, deps, companyId, row.door);
  const accepted = isRefusal(found) ? found : await acceptOrder(tx, deps, companyId, found, row);
  if (isRefusal(accepted)) {
    const faults = [accepted.refused];
    await store.settle(row.id, { state: 'to-complete', faults });
    return { state: 'to-complete', caseNo: null, faults };
  }
  await store.settle(row.id, { state: 'accepted', caseId: accepted.caseId, by: null });
  return { state: 'accepted', caseNo: accepted.no, faults: [] };
}

/**
 * A person completes an order that could not become a case by itself. Refusals: `http.not-found`, `door.stale` (somebody
 * else decided), `door.type-unknown`, `door.words-missing`, and those of `acceptCase`.
 */
export async function completeOrder(
  tx: Tx,
  deps: CaseDeps,
  who: { readonly companyId: string; readonly personId: string },
  request: Completion & { readonly id: string },
): Promise<{ readonly caseId: string; readonly no: string } | Refusal> {
  const store = outsideStore(tx, who.companyId);
  const row = await store.lock(request.id);
  if (row === undefined) return refuse('http.not-found');
  if (row.state !== 'to-complete') return refuse('door.stale');
  const found = await doorOf(tx, deps, who.companyId, row.door);
  if (isRefusal(found)) return found;
  const content = { ...row.content, words: request.words, place: request.place };
  const intake = await intakeOf(tx, who.companyId, found, { ...row, content }, request);
  if (isRefusal(intake)) return intake;
  await store.correct(row.id, content);
  const accepted = await acceptCase(tx, deps, await actorFor(tx, who.companyId, found.door), intake);
  if (isRefusal(accepted)) return accepted;
  await store.settle(row.id, { state: 'accepted', caseId: accepted.caseId, by: who.personId });
  return { caseId: accepted.caseId, no: accepted.no };
}

/** No demand of ours: kept with the reason, never deleted. Refusals: `http.not-found`, `door.stale`. */
export async function setAside(
  tx: Tx,
  who: { readonly companyId: string; readonly personId: string },
  request: { readonly id: string; readonly note: string },
): Promise<{ readonly setAside: true } | Refusal> {
  const store = outsideStore(tx, who.companyId);
  const row = await store.lock(request.id);
  if (row === undefined) return refuse('http.not-found');
  if (row.state !== 'to-complete') return refuse('door.stale');
  await store.settle(row.id, { state: 'set-aside', by: who.personId, note: request.note });
  return { setAside: true };
}

type Found = { readonly door: DoorDefinition; readonly table: DoorTable };

export async function doorOf(
  tx: Tx,
  deps: Pick<CaseDeps, 'activeHandbook'>,
  companyId: string,
  id: OutsideDoorId,
): Promise<Found | Refusal> {
  const version = await deps.activeHandbook(tx, companyId);
  if (version === undefined) return refuse('case.no-handbook');
  const table = version.handbook.doors;
  const door = table.doors.find((one) => one.id === id);
  return door === undefined ? refuse('door.unknown-door', { door: id }) : { door, table };
}

function refuseFaults(faults: readonly { readonly code: string; readonly field: string }[]): Refusal {
  const [first] = faults;
  return refuse(first?.code ?? 'door.bad-text', {
    field: first?.field ?? '',
    all: faults.map(({ code, field }) => `${field}:${code}`).join(' '),
  });
}

async function intakeOf(
  tx: Tx,
  companyId: string,
  { door, table }: Found,
  row: Pick<OutsideRow, 'content' | 'startedAt'>,
  by: Completion | null,
): Promise<Intake | Refusal> {
  const order = row.content ?? {};
  const chosen = by ?? chooseProcess(door, order.kind);
  if (chosen === undefined) return refuse('door.type-unknown');
  if (isEmpty(order.words)) return refuse('door.words-missing');
  const place = await findPlace(tx, companyId, order);
  return {
    channel: door.id,
    process: chosen.process,
    quickItem: null,
    caseType: chosen.caseType,
    householdId: by === null ? place.householdId : by.householdId,
    area: by?.area ?? areaSaid(table.areas, order.area) ?? place.area,
    words: order.words ?? '',
    contactName: order.contactName ?? null,
    contactPhone: phoneIn(order.contactPhone),
    place: order.place ?? null,
    accusedUnitId: by?.accusedUnitId ?? null,
    mood: 'calm',
    escalationRisk: /紧急|特急/.test(order.urgency ?? '') && !/不紧急/.test(order.urgency ?? ''),
    anonymous: isEmpty(order.contactName) && phoneIn(order.contactPhone) === null,
    noCallBack: door.callBackTheirs,
    papers: [],
    promiseSigned: false,
    startedAt: row.startedAt,
    stationId: place.stationId,
  };
}

async function acceptOrder(tx: Tx, deps: CaseDeps, companyId: string, found: Found, row: OutsideRow) {
  const intake = await intakeOf(tx, companyId, found, row, null);
  if (isRefusal(intake)) return intake;
  return await acceptCase(tx, deps, await actorFor(tx, companyId, found.door), intake);
}

async function actorFor(tx: Tx, companyId: string, door: DoorDefinition) {
  return await doorActor(tx, companyId, { id: door.id, name: door.name.zh });
}

/** What they changed goes into the case as a note with an event, so that whoever works on it sees it. */
async function tellCase(
  tx: Tx,
  companyId: string,
  door: DoorDefinition,
  caseId: string,
  order: OutsideOrder,
): Promise<void> {
  const actor = await actorFor(tx, companyId, door);
  const said = Object.values(tidyOrder(order)).join(' · ').slice(0, 4000);
  const textId = await keepNote(tx, actor, caseId, { field: 'outside-update', body: said });
  await recordOnCase(tx, actor, caseId, {
    type: 'outside.updated',
    data: { door: door.id, textIds: [textId] },
  });
}

async function caseOf(
  tx: Tx,
  companyId: string,
  caseId: string | null,
): Promise<Pick<OutsideAnswer, 'caseNo' | 'faults'>> {
  if (caseId === null) return { caseNo: null, faults: [] };
  const { no } = await tx.one<{ no: string }>(sql`
    select c.no from cases c where c.company_id = ${companyId} and c.id = ${caseId}`);
  return { caseNo: no, faults: [] };
}

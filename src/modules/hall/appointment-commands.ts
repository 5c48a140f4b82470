import { DAY, type Instant, MINUTE } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import type { CaseActor } from '#modules/case/index.ts';
import { maskName, maskPhone } from '#modules/customer/domain/index.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import type { Appointment, Booking, SlotDay, Slots } from './appointment-api.ts';
import { appointmentStore, listAppointments, listHalls, listSlots } from './appointment-store.ts';
import { dayOf } from './business-day.ts';
import { ticketLabel } from './domain/index.ts';
import type { HallDeps } from './hall-reads.ts';
import { issueTicket } from './queue-commands.ts';

/** Nobody plans his visit to a hall further ahead; a mistyped year is found by it. A default of ours. */
const DAYS_AHEAD = 60;

/** The parts of a day that can still be booked. */
export async function slotDay(
  db: Db,
  deps: HallDeps,
  actor: CaseActor,
  asked: { readonly hallId: string | null; readonly day: string },
  now: Instant,
): Promise<SlotDay> {
  const working = await isWorking(db, deps, actor.companyId, asked.day);
  const halls = await listHalls(db, actor.companyId, actor.unitId);
  const hallId = asked.hallId ?? halls[0]?.id ?? actor.unitId;
  const slots = working ? await listSlots(db, { companyId: actor.companyId, hallId, day: asked.day }) : [];
  const toCome = slots.filter((slot) => !isOver(asked.day, slot, now));
  return { hallId, day: asked.day, working, slots: toCome, halls };
}

function isOver(day: string, slot: { readonly to: number }, now: Instant): boolean {
  return Date.parse(`${day}T00:00:00+08:00`) + slot.to * MINUTE <= now;
}

/** The appointments of my hall on a day; names and numbers as in every list. */
export async function appointmentsOf(db: Db, actor: CaseActor, day: string): Promise<Appointment[]> {
  const rows = await listAppointments(db, { companyId: actor.companyId, hallId: actor.unitId, day });
  return rows.map(({ class: kind, n, name, phone, ...row }) => ({
    ...row,
    name: name === null ? null : maskName(name, 'person'),
    phone: phone === null ? null : maskPhone(phone),
    ticket: kind === null || n === null ? null : ticketLabel(kind, n),
  }));
}

/** Refusals: `hall.slots-overlap`. */
export async function setSlots(
  tx: Tx,
  actor: CaseActor,
  { slots }: Slots,
): Promise<{ readonly slots: number } | Refusal> {
  const sorted = slots.toSorted((a, b) => a.from - b.from);
  const wrong = sorted.find((slot, i) => slot.from >= slot.to || slot.to > (sorted[i + 1]?.from ?? 1440));
  if (wrong !== undefined) return refuse('hall.slots-overlap', { from: wrong.from });
  await appointmentStore(tx, actor.companyId).replaceSlots(actor.unitId, sorted);
  return { slots: sorted.length };
}

/**
 * Books a part of a working day. Refusals: `hall.day-over`, `hall.day-too-far`, `hall.day-off`,
 * `hall.slot-unknown`, `hall.slot-over`, `hall.slot-full`.
 */
export async function bookSlot(
  tx: Tx,
  deps: HallDeps,
  actor: CaseActor,
  booking: Booking,
): Promise<{ readonly id: string } | Refusal> {
  if (booking.day < dayOf(tx.now)) return refuse('hall.day-over');
  if (booking.day > dayOf(tx.now + DAYS_AHEAD * DAY)) return refuse('hall.day-too-far', { days: DAYS_AHEAD });
  if (!(await isWorking(tx, deps, actor.companyId, booking.day))) return refuse('hall.day-off');
  const store = appointmentStore(tx, actor.companyId);
  const slot = await store.findSlot(booking.hallId, booking.from);
  if (slot === undefined) return refuse('hall.slot-unknown');
  if (isOver(booking.day, slot, tx.now)) return refuse('hall.slot-over');
  const hall = { companyId: actor.companyId, hallId: booking.hallId, day: booking.day };
  if ((await store.countBooked(hall, booking.from)) >= slot.capacity) return refuse('hall.slot-full');
  const id = newId();
  await store.insert(id, booking, actor.personId);
  return { id };
}

/** Whoever booked came: he gets a ticket of the booked class. Refusals: `http.not-found`, `hall.appointment-over`. */
export async function arrive(
  tx: Tx,
  deps: HallDeps,
  actor: CaseActor,
  id: string,
): Promise<{ readonly label: string } | Refusal> {
  const store = appointmentStore(tx, actor.companyId);
  const found = await store.find(id);
  if (found === undefined || found.hallId !== actor.unitId) return refuse('http.not-found');
  if (found.state !== 'booked' || found.day !== dayOf(tx.now)) return refuse('hall.appointment-over');
  const place = { companyId: actor.companyId, hallId: actor.unitId };
  const ticket = await issueTicket(tx, deps, place, { class: 'booked' });
  await store.arrive(id, ticket.id);
  return { label: ticket.label };
}

/** Cancelled, or nobody came. Refusals: `http.not-found`, `hall.appointment-over`. */
export async function endAppointment(
  tx: Tx,
  actor: CaseActor,
  request: { readonly id: string; readonly state: 'missed' | 'cancelled' },
): Promise<{ readonly state: string } | Refusal> {
  const store = appointmentStore(tx, actor.companyId);
  const found = await store.find(request.id);
  // Whoever answers the telephone cancels for any hall; that nobody came only the hall itself knows.
  if (found === undefined || (request.state === 'missed' && found.hallId !== actor.unitId))
    return refuse('http.not-found');
  if (found.state !== 'booked') return refuse('hall.appointment-over');
  await store.end(request.id, request.state);
  return { state: request.state };
}

async function isWorking(db: Db, deps: HallDeps, companyId: string, day: string): Promise<boolean> {
  const { book } = await deps.clockBasis(db, companyId);
  const { kind } = book.days.statusOf(Date.parse(`${day}T00:00:00Z`) / DAY);
  return kind === 'work' || kind === 'make-up';
}

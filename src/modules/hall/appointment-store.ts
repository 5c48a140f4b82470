import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Booking, Slot, Slots } from './appointment-api.ts';
import type { HallDay } from './queue-store.ts';

/** The parts of a day with how many are booked in each; cancelled ones make room again. */
export async function listSlots(db: Db, hall: HallDay): Promise<Slot[]> {
  return await db.rows<Slot>(sql`
    select s.from_minute as from, s.to_minute as to, s.capacity,
      (select count(*) from appointments a where a.company_id = s.company_id and a.hall_id = s.hall_id
        and a.day = ${hall.day} and a.from_minute = s.from_minute and a.state <> 'cancelled') as booked
    from hall_slots s where s.company_id = ${hall.companyId} and s.hall_id = ${hall.hallId}
    order by s.from_minute`);
}

export async function listHalls(
  db: Db,
  companyId: string,
  ownUnitId: string,
): Promise<{ id: string; name: string }[]> {
  return await db.rows(sql`
    select u.id, u.name from units u
    where u.company_id = ${companyId} and u.closed_at is null and exists (select 1 from hall_slots s
      where s.company_id = u.company_id and s.hall_id = u.id)
    order by (u.id = ${ownUnitId}) desc, u.sort`);
}

export type AppointmentRow = {
  readonly id: string;
  readonly from: number;
  readonly name: string | null;
  readonly phone: string | null;
  readonly process: string | null;
  readonly state: 'booked' | 'arrived' | 'missed' | 'cancelled';
  readonly class: 'booked' | null;
  readonly n: number | null;
};

export async function listAppointments(db: Db, hall: HallDay): Promise<AppointmentRow[]> {
  return await db.rows<AppointmentRow>(sql`
    select a.id, a.from_minute as from, a.name, a.phone, a.process, a.state, t.class, t.n
    from appointments a
    left join queue_tickets t on t.company_id = a.company_id and t.id = a.ticket_id
    where a.company_id = ${hall.companyId} and a.hall_id = ${hall.hallId} and a.day = ${hall.day}
    order by a.from_minute, a.booked_at`);
}

export function appointmentStore(tx: Tx, companyId: string) {
  const at = timestamp(tx.now);
  return {
    /** The whole plan of a hall's day; what is booked already stays booked. */
    async replaceSlots(hallId: string, slots: Slots['slots']): Promise<void> {
      await tx.run(
        sql`delete from hall_slots where hall_slots.company_id = ${companyId} and hall_slots.hall_id = ${hallId}`,
      );
      await tx.run(sql`
        insert into hall_slots (company_id, hall_id, from_minute, to_minute, capacity)
        select ${companyId}, ${hallId}, s."from", s."to", s.capacity
        from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as s ("from" integer, "to" integer, capacity integer)`);
    },

    /** Locked, so that the last place is not given twice. */
    async findSlot(hallId: string, from: number): Promise<{ to: number; capacity: number } | undefined> {
      return await tx.maybe(sql`
        select s.to_minute as to, s.capacity from hall_slots s
        where s.company_id = ${companyId} and s.hall_id = ${hallId} and s.from_minute = ${from} for update`);
    },

    async countBooked(hall: HallDay, from: number): Promise<number> {
      const row = await tx.one<{ n: number }>(sql`
        select count(*) as n from appointments a where a.company_id = ${companyId} and a.hall_id = ${hall.hallId}
          and a.day = ${hall.day} and a.from_minute = ${from} and a.state <> 'cancelled'`);
      return row.n;
    },

    async insert(id: string, booking: Booking, by: string): Promise<void> {
      await tx.run(sql`
        insert into appointments (company_id, id, hall_id, day, from_minute, household_id, process, name, phone, state,
          call_id, booked_at, booked_by)
        values (${companyId}, ${id}, ${booking.hallId}, ${booking.day}, ${booking.from}, ${booking.householdId},
          ${booking.process}, ${booking.name}, ${booking.phone}, 'booked', ${booking.callId}, ${at}, ${by})`);
    },

    async find(
      id: string,
    ): Promise<{ hallId: string; day: string; state: AppointmentRow['state'] } | undefined> {
      return await tx.maybe(sql`
        select a.hall_id as "hallId", a.day, a.state from appointments a
        where a.company_id = ${companyId} and a.id = ${id} for update`);
    },

    async arrive(id: string, ticketId: string): Promise<void> {
      await tx.run(sql`
        update appointments set state = 'arrived', ticket_id = ${ticketId}
        where appointments.company_id = ${companyId} and appointments.id = ${id}`);
    },

    async end(id: string, state: 'missed' | 'cancelled'): Promise<void> {
      await tx.run(sql`
        update appointments set state = ${state}
        where appointments.company_id = ${companyId} and appointments.id = ${id}`);
    },
  };
}

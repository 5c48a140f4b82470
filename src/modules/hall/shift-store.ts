import { type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Handover, ShiftContent, ShiftPlace } from './shift-api.ts';

type Unit = { readonly companyId: string; readonly unitId: string };

/** Hand-overs of a unit, the newest first. */
export async function listHandovers(db: Db, unit: Unit, limit: number): Promise<Handover[]> {
  return await db.rows<Handover>(sql`
    select s.id, f.name as from, s.from_person_id as "fromPersonId", t.name as to, s.to_person_id as "toPersonId",
      s.state, s.content, s.note, s.offered_at as "offeredAt", s.accepted_at as "acceptedAt"
    from shift_handovers s
    join people f on f.company_id = s.company_id and f.id = s.from_person_id
    left join people t on t.company_id = s.company_id and t.id = s.to_person_id
    where s.company_id = ${unit.companyId} and s.unit_id = ${unit.unitId}
    order by s.offered_at desc, s.id desc limit ${limit}`);
}

export async function listColleagues(
  db: Db,
  unit: Unit,
  butNot: string,
): Promise<{ id: string; name: string; post: string }[]> {
  return await db.rows(sql`
    select p.id, p.name, a.post from assignments a
    join people p on p.company_id = a.company_id and p.id = a.person_id and p.left_at is null
    join accounts c on c.company_id = p.company_id and c.person_id = p.id and c.disabled_at is null
    where a.company_id = ${unit.companyId} and a.unit_id = ${unit.unitId} and a.until is null and a.main
      and p.id <> ${butNot}
    order by p.name`);
}

export async function unitOf(db: Db, unit: Unit): Promise<{ readonly code: string; readonly name: string }> {
  return await db.one(sql`
    select u.code, u.name from units u where u.company_id = ${unit.companyId} and u.id = ${unit.unitId}`);
}

export function shiftStore(tx: Tx, companyId: string) {
  const at = timestamp(tx.now);
  return {
    async find(id: string): Promise<
      | {
          unitId: string;
          fromPersonId: string;
          toPersonId: string | null;
          state: Handover['state'];
        }
      | undefined
    > {
      return await tx.maybe(sql`
        select s.unit_id as "unitId", s.from_person_id as "fromPersonId", s.to_person_id as "toPersonId", s.state
        from shift_handovers s where s.company_id = ${companyId} and s.id = ${id} for update`);
    },

    async hasOffered(personId: string): Promise<boolean> {
      const row = await tx.maybe(sql`
        select 1 from shift_handovers s where s.company_id = ${companyId} and s.from_person_id = ${personId}
          and s.state = 'offered' limit 1`);
      return row !== undefined;
    },

    async insert(row: {
      readonly id: string;
      readonly unitId: string;
      readonly place: ShiftPlace;
      readonly fromPersonId: string;
      readonly toPersonId: string | null;
      readonly content: ShiftContent;
      readonly note: string | null;
    }): Promise<void> {
      await tx.run(sql`
        insert into shift_handovers (company_id, id, unit_id, place, from_person_id, to_person_id, state, content, note,
          offered_at)
        values (${companyId}, ${row.id}, ${row.unitId}, ${row.place}, ${row.fromPersonId}, ${row.toPersonId}, 'offered',
          ${JSON.stringify(row.content)}, ${row.note}, ${at})`);
    },

    async accept(id: string, by: string): Promise<void> {
      await tx.run(sql`
        update shift_handovers set state = 'accepted', to_person_id = ${by}, accepted_at = ${at}
        where shift_handovers.company_id = ${companyId} and shift_handovers.id = ${id}`);
    },

    async withdraw(id: string): Promise<void> {
      await tx.run(sql`
        update shift_handovers set state = 'withdrawn'
        where shift_handovers.company_id = ${companyId} and shift_handovers.id = ${id}`);
    },
  };
}

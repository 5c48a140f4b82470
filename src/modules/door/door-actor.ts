import type { CaseActor } from '#modules/case/index.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';

/** Where what comes by a door is taken in, and by whose post it is answered for (domain-rules §3.1). */
const DUTY_UNIT = 'control-centre';

/**
 * Who takes a demand in where no member of the staff did: a person of the program's own, without post and sign-in, made
 * when a door is first used. What the first-asked owes falls to his post in the control centre.
 */
export async function doorActor(
  tx: Tx,
  companyId: string,
  door: { readonly id: string; readonly name: string },
): Promise<CaseActor> {
  const staffNo = `door-${door.id}`;
  const unit = await tx.one<{ id: string }>(sql`
    select u.id from units u where u.company_id = ${companyId} and u.code = ${DUTY_UNIT}`);
  const find = sql`select p.id from people p where p.company_id = ${companyId} and p.staff_no = ${staffNo}`;
  let person = await tx.maybe<{ id: string }>(find);
  if (person === undefined) {
    await tx.run(sql`
      insert into people (company_id, id, staff_no, name, py_full, py_initials, system)
      values (${companyId}, ${newId()}, ${staffNo}, ${door.name}, '', '', true)
      on conflict (company_id, staff_no) do nothing`);
    person = await tx.one<{ id: string }>(find);
  }
  return {
    companyId,
    personId: person.id,
    unitId: unit.id,
    unitIds: [unit.id],
    posts: [],
    mayReassign: false,
    system: true,
  };
}

/** Counts one more in this hour for a subject (a hash); the count with this one. */
export async function countInHour(tx: Tx, companyId: string, subject: string): Promise<number> {
  const hour = timestamp(Math.floor(tx.now / 3_600_000) * 3_600_000);
  const row = await tx.one<{ n: number }>(sql`
    insert into page_limits (company_id, subject, hour, n) values (${companyId}, ${subject}, ${hour}, 1)
    on conflict (company_id, subject, hour) do update set n = page_limits.n + 1 returning page_limits.n`);
  return row.n;
}

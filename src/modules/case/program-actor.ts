import type { Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { CaseActor } from './case-commands.ts';

/** Where what the program takes in is looked after, and by whose post it is answered for (domain-rules §3.1). */
const DUTY_UNIT = 'control-centre';

/**
 * Who acts where no member of the staff did: a person of the program's own, without post and sign-in, made when it first acts. What the
 * first-asked owes falls to his post in the control centre.
 */
export async function programActor(
  tx: Tx,
  companyId: string,
  program: { readonly staffNo: string; readonly name: string },
): Promise<CaseActor> {
  const { staffNo, name } = program;
  const unit = await tx.one<{ id: string }>(sql`
    select u.id from units u where u.company_id = ${companyId} and u.code = ${DUTY_UNIT}`);
  const find = sql`select p.id from people p where p.company_id = ${companyId} and p.staff_no = ${staffNo}`;
  let person = await tx.maybe<{ id: string }>(find);
  if (person === undefined) {
    await tx.run(sql`
      insert into people (company_id, id, staff_no, name, py_full, py_initials, system)
      values (${companyId}, ${newId()}, ${staffNo}, ${name}, '', '', true)
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

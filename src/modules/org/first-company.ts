import type { Instant } from '#kernel/instant.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import { ADMINISTRATORS } from './domain/index.ts';
import { issueCode } from './one-time-codes.ts';
import { hashPassword } from './password-hash.ts';

export type FirstCode = { readonly login: string; readonly code: string; readonly until: Instant };

type NamedUnit = { readonly id: string; readonly name: { readonly zh: string; readonly en: string } };
type Post = { readonly id: string; readonly name: { readonly zh: string } };

/** Time to unpack, install and sit down together. */
const CODE_HOURS = 72;
/** What the units that the handbook names are; all others are departments. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['control-centre', 'centre'],
  ['repair-centre', 'centre'],
  ['inspection', 'group'],
  ['leading-group', 'group'],
  ['hall-centre', 'hall'],
]);

/**
 * A company without demonstration: the units that the handbook sends work to, and the three administrators, each with a
 * one-time code for one person. They name the company, add people, and hand out roles.
 */
export async function createCompany(
  tx: Tx,
  facts: { readonly code: string; readonly units: readonly NamedUnit[]; readonly posts: readonly Post[] },
): Promise<readonly FirstCode[]> {
  const companyId = newId();
  await tx.run(sql`insert into companies (company_id, code, name, short_name, demo, created_at)
    values (${companyId}, ${facts.code}, '供电公司', '公司', false, ${timestamp(tx.now)})`);
  const root = await insertUnits(tx, companyId, facts.units);
  const codes: FirstCode[] = [];
  for (const [i, role] of ADMINISTRATORS.entries()) {
    const name = facts.posts.find((post) => post.id === role)?.name.zh ?? role;
    const person = { id: newId(), staffNo: `A${i + 1}`, name, role, unitId: root };
    codes.push(await insertAdministrator(tx, companyId, person));
  }
  return codes;
}

async function insertUnits(tx: Tx, companyId: string, units: readonly NamedUnit[]): Promise<string> {
  const root = newId();
  await tx.run(sql`insert into units (company_id, id, parent_id, code, kind, name, name_en, sort)
    values (${companyId}, ${root}, null, 'company', 'company', '供电公司', 'Power Supply Company', 0)`);
  for (const [i, { id: code, name }] of units.entries())
    await tx.run(sql`insert into units (company_id, id, parent_id, code, kind, name, name_en, sort)
      values (${companyId}, ${newId()}, ${root}, ${code}, ${KINDS.get(code) ?? 'department'}, ${name.zh}, ${name.en},
        ${i + 1})`);
  return root;
}

async function insertAdministrator(
  tx: Tx,
  companyId: string,
  person: {
    readonly id: string;
    readonly staffNo: string;
    readonly name: string;
    readonly role: string;
    readonly unitId: string;
  },
): Promise<FirstCode> {
  const { id, staffNo, name, role, unitId } = person;
  const now = timestamp(tx.now);
  await tx.run(sql`insert into people (company_id, id, staff_no, name, py_full, py_initials)
    values (${companyId}, ${id}, ${staffNo}, ${name}, '', '')`);
  await tx.run(sql`insert into assignments (company_id, person_id, unit_id, post, main, since)
    values (${companyId}, ${id}, ${unitId}, ${role}, true, ${now})`);
  // A password that nobody knows: the code replaces it.
  await tx.run(sql`insert into accounts (company_id, person_id, login, password_hash, password_changed_at)
    values (${companyId}, ${id}, ${role}, ${await hashPassword(crypto.randomUUID())}, ${now})`);
  await tx.run(sql`insert into role_grants (company_id, person_id, role, granted_at)
    values (${companyId}, ${id}, ${role}, ${now})`);
  const purpose = 'first-administrator';
  return { login: role, ...(await issueCode(tx, { companyId, personId: id, purpose, hours: CODE_HOURS })) };
}

import type { Instant } from '#kernel/instant.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CompanyView, PeoplePage, PersonRow, PersonView, PostName, UnitView } from './admin-api.ts';

const PAGE = 100;

type PeopleFilter = {
  /** A piece of the name, its pinyin, the staff number or the login. */
  readonly q: string;
  readonly unitId: string | null;
  readonly role: string | null;
  /** The staff number after which the page begins. */
  readonly after: string | null;
};

type Names = { readonly zh: string; readonly en: string };

type PeopleRow = {
  readonly id: string;
  readonly staff_no: string;
  readonly name: string;
  readonly unit_zh: string | null;
  readonly unit_en: string | null;
  readonly post: string | null;
  readonly login: string | null;
  readonly roles: readonly string[];
  readonly account: PersonRow['account'];
};

/** People who are there, by staff number; a page and how many there are in all. */
export async function listPeople(
  db: Db,
  companyId: string,
  filter: PeopleFilter,
  postNames: readonly PostName[],
): Promise<PeoplePage> {
  const like = `%${filter.q
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const found = sql`
    from people p
    left join accounts c on c.company_id = p.company_id and c.person_id = p.id
    left join assignments m on m.company_id = p.company_id and m.person_id = p.id and m.main and m.until is null
    left join units u on u.company_id = m.company_id and u.id = m.unit_id
    where p.company_id = ${companyId} and p.left_at is null
      and (p.name like ${like} or p.py_full like ${like} or p.py_initials like ${like}
        or lower(p.staff_no) like ${like} or c.login like ${like})
      and (${filter.unitId}::uuid is null or exists (select 1 from assignments x where x.company_id = p.company_id
        and x.person_id = p.id and x.unit_id = ${filter.unitId}::uuid and x.until is null))
      and (${filter.role}::text is null or exists (select 1 from role_grants g where g.company_id = p.company_id
        and g.person_id = p.id and g.role = ${filter.role}::text))`;
  const { total } = await db.one<{ total: number }>(sql`select count(*) as total ${found}`);
  const rows = await db.rows<PeopleRow>(sql`
    select p.id, p.staff_no, p.name, u.name as unit_zh, u.name_en as unit_en, m.post, c.login,
      array(select g.role from role_grants g where g.company_id = p.company_id and g.person_id = p.id
        order by g.role) as roles,
      case when c.login is null then 'none' when c.disabled_at is not null then 'disabled'
        when c.locked_until > now() then 'locked' else 'open' end as account
    ${found} and (${filter.after}::text is null or p.staff_no > ${filter.after}::text)
    order by p.staff_no limit ${PAGE + 1}`);
  const name = namer(postNames);
  const shown = rows.slice(0, PAGE);
  return {
    rows: shown.map((row) => ({
      id: row.id,
      staffNo: row.staff_no,
      name: row.name,
      unit: row.unit_zh === null ? null : { zh: row.unit_zh, en: row.unit_en ?? row.unit_zh },
      post: row.post === null ? null : name(row.post),
      login: row.login,
      roles: row.roles.map(name),
      account: row.account,
    })),
    next: rows.length > PAGE ? (shown.at(-1)?.staff_no ?? null) : null,
    total,
  };
}

export async function findPerson(
  db: Db,
  companyId: string,
  id: string,
  postNames: readonly PostName[],
): Promise<PersonView | undefined> {
  const person = await db.maybe<{
    id: string;
    staffNo: string;
    name: string;
    phone: string | null;
    email: string | null;
    leftAt: Instant | null;
  }>(sql`
    select p.id, p.staff_no as "staffNo", p.name, p.phone, p.email, p.left_at as "leftAt" from people p
    where p.company_id = ${companyId} and p.id = ${id}`);
  if (person === undefined) return undefined;
  const name = namer(postNames);
  return {
    ...person,
    posts: await postsHeld(db, companyId, id, name),
    account: await accountOf(db, companyId, id),
    roles: (
      await db.rows<{ role: string; grantedAt: Instant }>(sql`
        select g.role, g.granted_at as "grantedAt" from role_grants g
        where g.company_id = ${companyId} and g.person_id = ${id} order by g.granted_at, g.role`)
    ).map((row) => ({ ...row, name: name(row.role) })),
  };
}

async function postsHeld(
  db: Db,
  companyId: string,
  personId: string,
  name: (post: string) => Names,
): Promise<PersonView['posts']> {
  const rows = await db.rows<{
    unitId: string;
    zh: string;
    en: string;
    post: string;
    main: boolean;
    since: Instant;
  }>(sql`
    select a.unit_id as "unitId", u.name as zh, u.name_en as en, a.post, a.main, a.since
    from assignments a join units u on u.company_id = a.company_id and u.id = a.unit_id
    where a.company_id = ${companyId} and a.person_id = ${personId} and a.until is null
    order by a.main desc, a.since`);
  return rows.map(({ zh, en, ...row }) => ({ ...row, unit: { zh, en }, postName: name(row.post) }));
}

async function accountOf(db: Db, companyId: string, personId: string): Promise<PersonView['account']> {
  const row = await db.maybe<NonNullable<PersonView['account']>>(sql`
    select c.login, c.password_changed_at as "passwordChangedAt",
      case when c.disabled_at is not null then 'disabled' when c.locked_until > now() then 'locked' else 'open' end
        as state,
      (select max(o.expires_at) from one_time_codes o where o.company_id = c.company_id
        and o.person_id = c.person_id and o.used_at is null and o.expires_at > now()) as "codeUntil"
    from accounts c where c.company_id = ${companyId} and c.person_id = ${personId}`);
  return row ?? null;
}

/** The company and its open units, each above those below it in the order they were made. */
export async function companyTree(db: Db, companyId: string): Promise<CompanyView> {
  const company = await db.one<Omit<CompanyView, 'units'>>(sql`
    select c.code, c.name, c.short_name as "shortName" from companies c where c.company_id = ${companyId}`);
  const units = await db.rows<UnitView>(sql`
    select u.id, u.parent_id as "parentId", u.code, u.kind, u.name, u.name_en as "nameEn", u.phone,
      (select count(distinct a.person_id) from assignments a where a.company_id = u.company_id and a.unit_id = u.id
        and a.until is null) as people
    from units u where u.company_id = ${companyId} and u.closed_at is null order by u.sort, u.code`);
  return { ...company, units };
}

function namer(postNames: readonly PostName[]): (post: string) => Names {
  const byId = new Map(postNames.map((one) => [one.id, one.name]));
  return (post) => byId.get(post) ?? { zh: post, en: post };
}

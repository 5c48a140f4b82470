import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { permissionsOf } from './domain/permissions.ts';
import { lacksFactor } from './second-factor.ts';
import { hashToken } from './session-commands.ts';
import type { Names } from './org-api.ts';

/** Who acts: from the session in the database, never from anything the client says. */
export type Signed = {
  readonly companyId: string;
  readonly sessionId: string;
  readonly personId: string;
  readonly name: string;
  readonly staffNo: string;
  readonly login: string;
  readonly post: string;
  readonly posts: readonly string[];
  readonly unit: {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly nameEn: string;
  };
  /** Own units and the unit above each (a crew does the tasks of its station); never the company as a whole. */
  readonly unitIds: readonly string[];
  readonly company: { readonly name: string; readonly shortName: string; readonly demo: boolean };
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly mustChangePassword: boolean;
  /** His role asks for a second factor and he has none: until then he may do nothing else. */
  readonly mustEnrol: boolean;
  readonly locked: boolean;
};

type Row = {
  readonly company_id: string;
  readonly session_id: string;
  readonly person_id: string;
  readonly name: string;
  readonly staff_no: string;
  readonly login: string;
  readonly post: string;
  readonly posts: string[];
  readonly unit_id: string;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly unit_name_en: string;
  readonly unit_ids: string[];
  readonly company_name: string;
  readonly short_name: string;
  readonly demo: boolean;
  readonly roles: string[];
  readonly must_change: boolean;
  readonly must_enrol: boolean;
  readonly locked: boolean;
  readonly stale: boolean;
};

/** R102: a screen that nobody touched for a quarter of an hour is locked; a dispatcher's stays open for the shift. */
const NEVER_LOCKED = ['dispatcher', 'grid-dispatcher'];

/** The session of a token; undefined when it ended, expired or never was. */
export async function findSession(db: Db, token: string): Promise<Signed | undefined> {
  const row = await db.maybe<Row>(sql`
    select s.company_id, s.id as session_id, s.person_id, p.name, p.staff_no, a.login, m.post,
      array(select distinct x.post from assignments x where x.company_id = s.company_id and x.person_id = s.person_id
        and x.until is null) as posts,
      u.id as unit_id, u.code as unit_code, u.name as unit_name, u.name_en as unit_name_en,
      array(select distinct y.id from assignments x
        join units own on own.company_id = x.company_id and own.id = x.unit_id
        join units y on y.company_id = own.company_id and (y.id = own.id or (y.id = own.parent_id and y.kind <> 'company'))
        where x.company_id = s.company_id and x.person_id = s.person_id and x.until is null) as unit_ids,
      c.name as company_name, c.short_name, c.demo,
      array(select g.role from role_grants g where g.company_id = s.company_id and g.person_id = s.person_id) as roles,
      (a.must_change or (not c.demo and a.password_changed_at < now() - interval '90 days')) as must_change,
      ${lacksFactor} as must_enrol,
      (s.locked_at is not null or (s.seen_at < now() - interval '15 minutes' and m.post <> all(${NEVER_LOCKED}::text[])))
        as locked,
      s.seen_at < now() - interval '1 minute' as stale
    from sessions s
    join accounts a on a.company_id = s.company_id and a.person_id = s.person_id and a.disabled_at is null
    join people p on p.company_id = s.company_id and p.id = s.person_id and p.left_at is null
    join assignments m on m.company_id = s.company_id and m.person_id = s.person_id and m.main and m.until is null
    join units u on u.company_id = m.company_id and u.id = m.unit_id
    join companies c on c.company_id = s.company_id
    where s.token_hash = ${hashToken(token)} and s.ended_at is null and s.expires_at > now()`);
  if (row === undefined) return undefined;
  if (row.stale && !row.locked)
    await db.run(sql`update sessions set seen_at = now()
      where sessions.company_id = ${row.company_id} and sessions.id = ${row.session_id}`);
  return {
    companyId: row.company_id,
    sessionId: row.session_id,
    personId: row.person_id,
    name: row.name,
    staffNo: row.staff_no,
    login: row.login,
    post: row.post,
    posts: row.posts,
    unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name, nameEn: row.unit_name_en },
    unitIds: row.unit_ids,
    company: { name: row.company_name, shortName: row.short_name, demo: row.demo },
    roles: row.roles,
    permissions: row.must_enrol || row.must_change ? [] : permissionsOf(row.roles),
    mustChangePassword: row.must_change,
    mustEnrol: row.must_enrol,
    locked: row.locked,
  };
}

export type DemoRoleRow = {
  readonly login: string;
  readonly name: string;
  readonly post: string;
  readonly unit: Names;
};

/** The sign-ins of a demo company; undefined where there is none. */
export async function listDemoRoles(db: Db): Promise<readonly DemoRoleRow[] | undefined> {
  const rows = await db.rows<DemoRoleRow>(sql`
    select a.login, p.name, m.post, jsonb_build_object('zh', u.name, 'en', u.name_en) as unit from accounts a
    join companies c on c.company_id = a.company_id and c.demo
    join people p on p.company_id = a.company_id and p.id = a.person_id
    join assignments m on m.company_id = a.company_id and m.person_id = a.person_id and m.main and m.until is null
    join units u on u.company_id = m.company_id and u.id = m.unit_id
    where a.disabled_at is null order by u.sort, a.login`);
  return rows.length === 0 ? undefined : rows;
}

import { factorRuleSchema } from './org-api.ts';
import { factorRule, setFactorRule } from './second-factor.ts';
import { Type } from 'typebox';
import { refuse } from '#kernel/result.ts';
import type { Database, Db, Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { param, type Principal, type Router } from '#platform/http/router.ts';
import {
  accountSchema,
  companySchema,
  newPersonSchema,
  newUnitSchema,
  nothingSchema,
  type OrgChoices,
  personSchema,
  type PostName,
  postSchema,
  roleSchema,
  unitSchema,
} from './admin-api.ts';
import {
  disableAccount,
  enableAccount,
  openAccount,
  resetAccount,
  unlockAccount,
} from './account-commands.ts';
import type { CodeWay } from './hand-over-code.ts';
import { companyTree, findPerson, listPeople } from './admin-reads.ts';
import { roles } from './domain/index.ts';
import { endSession, listSessions } from './open-sessions.ts';
import {
  addPerson,
  addPost,
  changePerson,
  endPost,
  leave,
  type OrgNeighbours,
  transferPerson,
} from './person-commands.ts';
import { grantRole, revokeRole } from './role-commands.ts';
import { addUnit, changeUnit, closeUnit, renameCompany } from './unit-commands.ts';

export type OrgDeps = {
  readonly database: Database;
  readonly neighbours: Omit<OrgNeighbours, 'isPost'>;
  /** The posts of the handbook in force; none before one was published. */
  readonly posts: (db: Db, companyId: string) => Promise<readonly PostName[]>;
  readonly codes: CodeWay;
};

/** Company, units, people and accounts for the administrator; roles and sessions for the security administrator. */
export function orgRoutes(router: Router, deps: OrgDeps): void {
  const neighbours: OrgNeighbours = {
    ...deps.neighbours,
    isPost: async (tx, companyId, post) =>
      (await choices(deps, tx, companyId)).posts.some((one) => one.id === post),
  };
  readRoutes(router, deps);
  unitRoutes(router, neighbours);
  personRoutes(router, neighbours);
  accountRoutes(router, deps.codes);
  securityRoutes(router, deps);
}

function readRoutes(router: Router, deps: OrgDeps): void {
  const { database } = deps;
  router.read({
    path: '/api/org/choices',
    permission: 'org.read',
    object: 'none',
    summary: 'Posts, roles and units to choose from',
    answer: (who) => choices(deps, database, who.companyId),
  });
  router.read({
    path: '/api/org/company',
    permission: 'org.read',
    object: 'none',
    summary: 'The company and its units',
    answer: (who) => companyTree(database, who.companyId),
  });
  router.read({
    path: '/api/org/people',
    permission: 'org.read',
    object: 'none',
    summary: 'People by staff number, found by name, pinyin, number or login',
    query: {
      q: Type.Optional(Type.String({ maxLength: 60 })),
      unit: Type.Optional(Type.String({ format: 'uuid' })),
      role: Type.Optional(Type.String({ maxLength: 40 })),
      after: Type.Optional(Type.String({ maxLength: 40 })),
    },
    answer: async (who, request) => {
      const {
        q = '',
        unit = null,
        role = null,
        after = null,
      } = request.query as {
        [name in 'q' | 'unit' | 'role' | 'after']?: string;
      };
      const { posts } = await choices(deps, database, who.companyId);
      return await listPeople(database, who.companyId, { q, unitId: unit, role, after }, posts);
    },
  });
  router.read({
    path: '/api/org/people/:id',
    permission: 'org.read',
    object: 'person',
    summary: 'One person: posts, account, roles',
    answer: async (who, request) => {
      const { posts } = await choices(deps, database, who.companyId);
      const person = await findPerson(database, who.companyId, param(request, 'id'), posts);
      return person ?? refuse('http.not-found');
    },
  });
}

function unitRoutes(router: Router, neighbours: OrgNeighbours): void {
  router.write({
    method: 'PUT',
    path: '/api/org/company',
    permission: 'org.admin',
    object: 'none',
    summary: 'Names the company',
    body: companySchema,
    command: (tx, who, request) => renameCompany(tx, who, request.body),
  });
  router.write({
    path: '/api/org/units',
    permission: 'org.admin',
    object: 'none',
    summary: 'A new unit',
    body: newUnitSchema,
    command: (tx, who, request) => addUnit(tx, who, request.body),
  });
  router.write({
    method: 'PUT',
    path: '/api/org/units/:id',
    permission: 'org.admin',
    object: 'unit',
    summary: 'Names a unit',
    body: unitSchema,
    command: (tx, who, request) => changeUnit(tx, who, param(request, 'id'), request.body),
  });
  router.write({
    path: '/api/org/units/:id/close',
    permission: 'org.admin',
    object: 'unit',
    summary: 'Closes a unit where nobody is and nothing waits',
    body: nothingSchema,
    command: (tx, who, request) => closeUnit(tx, who, param(request, 'id'), neighbours),
  });
}

function personRoutes(router: Router, neighbours: OrgNeighbours): void {
  router.write({
    path: '/api/org/people',
    permission: 'org.admin',
    object: 'none',
    summary: 'A new person with a main post',
    body: newPersonSchema,
    command: (tx, who, request) => addPerson(tx, who, request.body, neighbours),
  });
  router.write({
    method: 'PUT',
    path: '/api/org/people/:id',
    permission: 'org.admin',
    object: 'person',
    summary: 'Corrects name, phone and mail address',
    body: personSchema,
    command: (tx, who, request) => changePerson(tx, who, param(request, 'id'), request.body, neighbours),
  });
  const onPost = { transfer: transferPerson, 'add-post': addPost, 'end-post': endPost } as const;
  const said = {
    transfer: 'Another main post',
    'add-post': 'A second post',
    'end-post': 'Ends a second post',
  } as const;
  for (const [act, command] of Object.entries(onPost))
    router.write({
      path: `/api/org/people/:id/${act}`,
      permission: 'org.admin',
      object: 'person',
      summary: said[act as keyof typeof said],
      body: postSchema,
      command: (tx, who, request) => command(tx, who, param(request, 'id'), request.body, neighbours),
    });
  router.write({
    path: '/api/org/people/:id/leave',
    permission: 'org.admin',
    object: 'person',
    summary: 'A person leaves: posts, rights, account and sessions end',
    body: nothingSchema,
    command: (tx, who, request) => leave(tx, who, param(request, 'id'), neighbours),
  });
}

function accountRoutes(router: Router, codes: CodeWay): void {
  router.write({
    path: '/api/org/people/:id/account',
    permission: 'org.admin',
    object: 'person',
    summary: 'An account, with a one-time code for its person',
    body: accountSchema,
    command: (tx, who, request) =>
      openAccount(tx, codes, who, { personId: param(request, 'id'), ...request.body }),
  });
  const acts = {
    reset: (tx: Tx, who: Principal, id: string) => resetAccount(tx, codes, who, id),
    disable: disableAccount,
    enable: enableAccount,
    unlock: unlockAccount,
  } as const;
  const said = {
    reset: 'A one-time code with which the person sets a new password',
    disable: 'Closes the account and ends its sessions',
    enable: 'Opens the account again',
    unlock: 'Opens an account that wrong passwords locked',
  } as const;
  for (const [act, command] of Object.entries(acts))
    router.write({
      path: `/api/org/people/:id/account/${act}`,
      permission: 'org.admin',
      object: 'person',
      summary: said[act as keyof typeof said],
      body: nothingSchema,
      command: (tx: Tx, who: Principal, request) => command(tx, who, param(request, 'id')),
    });
}

function securityRoutes(router: Router, { database }: OrgDeps): void {
  router.write({
    path: '/api/security/people/:id/roles/grant',
    permission: 'security.admin',
    object: 'person',
    summary: 'Gives a role',
    body: roleSchema,
    command: (tx, who, request) => grantRole(tx, who, { personId: param(request, 'id'), ...request.body }),
  });
  router.write({
    path: '/api/security/people/:id/roles/revoke',
    permission: 'security.admin',
    object: 'person',
    summary: 'Takes a role',
    body: roleSchema,
    command: (tx, who, request) => revokeRole(tx, who, { personId: param(request, 'id'), ...request.body }),
  });
  router.read({
    path: '/api/security/second-factor',
    permission: 'security.admin',
    object: 'none',
    summary: 'Whether the three administrators must have a second factor, and who has none',
    answer: (who) => factorRule(database, who.companyId),
  });
  router.write({
    path: '/api/security/second-factor',
    method: 'PUT',
    permission: 'security.admin',
    object: 'none',
    summary: 'Asks the three administrators for a second factor, or not',
    body: factorRuleSchema,
    command: (tx, who, request) => setFactorRule(tx, who, request.body.required),
  });
  router.read({
    path: '/api/security/sessions',
    permission: 'security.admin',
    object: 'none',
    summary: 'Everybody who is signed in',
    answer: (who) => listSessions(database, who, null),
  });
  router.write({
    path: '/api/security/sessions/:id/end',
    permission: 'security.admin',
    object: 'other',
    summary: 'Ends somebody’s session',
    body: nothingSchema,
    command: (tx, who, request) => endSession(tx, who, { sessionId: param(request, 'id'), of: 'anybody' }),
  });
}

/** An empty company has no handbook yet, and needs its administrators all the same. */
async function choices(deps: OrgDeps, db: Db, companyId: string): Promise<OrgChoices> {
  const known = await deps.posts(db, companyId);
  const byId = new Map(known.map((one) => [one.id, one]));
  const role = (id: string): PostName => byId.get(id) ?? { id, name: { zh: id, en: id } };
  const units = await db.rows<{ id: string; zh: string; en: string }>(sql`
    select u.id, u.name as zh, u.name_en as en from units u
    where u.company_id = ${companyId} and u.closed_at is null order by u.sort, u.code`);
  return {
    posts: known.length === 0 ? roles.map(role) : known,
    roles: roles.map(role),
    units: units.map(({ id, zh, en }) => ({ id, name: { zh, en } })),
  };
}

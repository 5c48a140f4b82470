import { randomUUID } from 'node:crypto';
import type { Answer, CompanyClient, Signed } from '../company-client.ts';
import type { DemoCompany } from '../demo/demo-company.ts';
import type { DemoPerson } from '../demo/staff.ts';

/** The staff of the demo company at work over HTTP. */
export type People = {
  /** One of the demonstration's own sign-ins. */
  as(login: string): Promise<Signed>;
  /** Whose task it is; who has no sign-in yet gets one, as the administrators would give it. */
  at(place: TaskPlace): Promise<Signed | undefined>;
  /** Closes the sign-ins that were given: a demonstration shows its own only. */
  leave(): Promise<void>;
};

/** Where a task lies. `holder`: the person by name, where it is somebody's own already. */
type TaskPlace = { readonly unit: string; readonly post: string; readonly holder: string | null };

/** Who finds somebody for work that nobody in its unit can take (order/domain/place-task.ts). */
const DUTY = ['control-officer', 'deputy-manager'];

/** Pages of the newest messages: in a storm many go out beside it. */
const PAGES = 10;

/** Tries of one request; the key stays the same, so that none is done twice. */
const TRIES = 40;

export function replayPeople(deps: {
  readonly client: CompanyClient;
  readonly password: string;
  readonly company: DemoCompany;
}): People {
  const { client, password, company } = deps;
  const signed = new Map<string, Promise<Signed>>();
  const given = new Set<string>();

  function as(login: string, prepare?: () => Promise<void>): Promise<Signed> {
    const known = signed.get(login) ?? begin();
    signed.set(login, known);
    return known;

    async function begin(): Promise<Signed> {
      await prepare?.();
      return await lasting(() => client.signIn(login, password));
    }
  }

  /** An account by the administrator, the role by the security administrator, the password by the person himself. */
  async function giveAccount({ id, post }: DemoPerson, login: string): Promise<void> {
    const administrator = await as('administrator');
    const opened = await administrator.post(`/api/org/people/${id}/account`, { login }, randomUUID());
    given.add(id);
    if (refusalOf(opened) === 'org.has-account') {
      // Of an earlier replay: it has its role and the password of them all.
      must(await administrator.post(`/api/org/people/${id}/account/enable`, {}, randomUUID()), login);
      return;
    }
    const security = await as('security-admin');
    const role = await security.post(`/api/security/people/${id}/roles/grant`, { role: post }, randomUUID());
    const { code } = must(opened, login) as { code: string | null };
    must(role, login);
    must(
      await client.anybody.post(
        '/api/session/code',
        { code: code ?? (await codeInSms(administrator, login)), newPassword: password },
        randomUUID(),
      ),
      login,
    );
  }

  return {
    as: (login) => as(login),
    async leave() {
      const administrator = await as('administrator');
      for (const id of given)
        must(await administrator.post(`/api/org/people/${id}/account/disable`, {}, randomUUID()), id);
    },
    async at(place) {
      const person = personAt(company, place);
      if (person === undefined) return undefined;
      const own = company.logins.find((one) => one.person.id === person.id);
      if (own !== undefined) return await as(own.login);
      const login = `replay-${person.staffNo.toLowerCase()}`;
      return await as(login, () => giveAccount(person, login));
    },
  };
}

/** What stands on his telephone: a demonstration shows what it would send. */
async function codeInSms(administrator: Signed, login: string): Promise<string> {
  const wanted = new RegExp(`账号 ${login} 的一次性口令：([A-Z0-9-]+)`);
  for (let tries = 1; tries <= TRIES; tries++) {
    let before = '';
    for (let page = 0; page < PAGES; page++) {
      const { items, next } = (await administrator.get(`/api/outbox?state=sent${before}`)).body as Queue;
      const code = items
        .map((item) => wanted.exec(item.demoText ?? '')?.[1])
        .find((one) => one !== undefined);
      if (code !== undefined) return code;
      if (next === null) break;
      before = `&before=${next}`;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the code of ${login} did not go out`);
}

type Queue = {
  readonly items: readonly { readonly demoText: string | null }[];
  readonly next: string | null;
};

function personAt(company: DemoCompany, { unit, post, holder }: TaskPlace): DemoPerson | undefined {
  const there = company.staff.filter((one) => isIn(company, one, unit));
  if (holder !== null) return there.find((one) => one.name === holder);
  return there.find((one) => one.post === post) ?? there.find((one) => DUTY.includes(one.post));
}

/** In the unit itself or in one below it: the tasks of a station are its crew's. */
function isIn(company: DemoCompany, person: DemoPerson, unitName: string): boolean {
  const above = company.units.all.find((one) => one.id === person.unit.parentId);
  return person.unit.name === unitName || above?.name === unitName;
}

/** A session that is signed in again where it ended or its screen was locked meanwhile (R102). */
async function lasting(signIn: () => Promise<Signed>): Promise<Signed> {
  let session = patiently(signIn);
  async function ask(request: (person: Signed) => Promise<Answer>): Promise<Answer> {
    const used = session;
    const answer = await patiently(async () => request(await used));
    const refusal = refusalOf(answer);
    if (refusal !== 'session.none' && refusal !== 'session.locked') return answer;
    if (session === used) session = patiently(signIn);
    return await patiently(async () => request(await session));
  }
  await session;
  return {
    get: (path) => ask((person) => person.get(path)),
    post: (path, body, key) => ask((person) => person.post(path, body, key)),
  };
}

/** Asks again while the program is away or busy; every write carries its key. */
export async function patiently<T extends object>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      const answer = await ask();
      const status = 'status' in answer && typeof answer.status === 'number' ? answer.status : 200;
      if (status < 500 || tries === TRIES) return answer;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100 * Math.min(tries, 10)));
  }
}

/** Why the program said no; undefined where it did not. */
export function refusalOf({ status, body }: Answer): string | undefined {
  if (status < 400) return undefined;
  const code = (body as { readonly error?: { readonly code?: unknown } } | null)?.error?.code;
  return typeof code === 'string' ? code : String(status);
}

function must(answer: Answer, login: string): unknown {
  const refusal = refusalOf(answer);
  if (refusal !== undefined) throw new Error(`no sign-in for ${login}: ${refusal}`);
  return answer.body;
}

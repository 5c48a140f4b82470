import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { NewPerson, PersonBody, PostBody } from './admin-api.ts';
import { isAdministrator } from './domain/index.ts';
import { endSessions, lockPerson, note, type OrgActor, rolesOf } from './org-actor.ts';

/** What this module asks of others, given when the program is put together. */
export type OrgNeighbours = {
  /** Pinyin of a name, for finding people by initials. */
  readonly readings: (name: string) => { readonly full: string; readonly primary: string };
  readonly heldTasks: (tx: Tx, companyId: string, personId: string, at: PostBody | null) => Promise<number>;
  readonly waitingTasks: (
    tx: Tx,
    companyId: string,
    at: { readonly unitId: string; readonly post: string | null },
  ) => Promise<number>;
  readonly isPost: (tx: Tx, companyId: string, post: string) => Promise<boolean>;
};

/** Refusals: `org.unit-unknown`, `org.post-unknown`, `org.staff-no-used`. */
export async function addPerson(
  tx: Tx,
  actor: OrgActor,
  person: NewPerson,
  neighbours: OrgNeighbours,
): Promise<{ readonly id: string } | Refusal> {
  const { companyId } = actor;
  const { unitId, post } = person;
  const fault = await checkPost(tx, actor, { unitId, post }, neighbours);
  if (fault !== undefined) return fault;
  const id = newId();
  const { full, primary } = neighbours.readings(person.name);
  const made = await tx.run(sql`
    insert into people (company_id, id, staff_no, name, py_full, py_initials, phone)
    values (${companyId}, ${id}, ${person.staffNo}, ${person.name}, ${full}, ${primary}, ${person.phone})
    on conflict (company_id, staff_no) do nothing`);
  if (made === 0) return refuse('org.staff-no-used', { staffNo: person.staffNo });
  await insertPost(tx, companyId, id, { unitId, post, main: true });
  await note(tx, actor, 'person.added', { type: 'person', id }, { unitId, post });
  return { id };
}

export async function changePerson(
  tx: Tx,
  actor: OrgActor,
  personId: string,
  { name, phone, email }: PersonBody,
  { readings }: OrgNeighbours,
): Promise<{ readonly id: string } | Refusal> {
  const { full, primary } = readings(name);
  const changed = await tx.run(sql`
    update people set name = ${name}, phone = ${phone}, email = ${email}, py_full = ${full},
      py_initials = ${primary}
    where people.company_id = ${actor.companyId} and people.id = ${personId} and people.left_at is null`);
  if (changed === 0) return refuse('http.not-found');
  await note(tx, actor, 'person.changed', { type: 'person', id: personId });
  return { id: personId };
}

/** 调岗: the new post takes the place of the main one. Refusals also `org.tasks-held`, `org.tasks-waiting`. */
export async function transferPerson(
  tx: Tx,
  actor: OrgActor,
  personId: string,
  to: PostBody,
  neighbours: OrgNeighbours,
): Promise<{ readonly id: string } | Refusal> {
  const { companyId } = actor;
  const posts = await postsBefore(tx, actor, personId, to, neighbours);
  if (isRefusal(posts)) return posts;
  const main = posts.find((one) => one.main);
  if (main !== undefined) {
    const busy = await checkLeaving(tx, companyId, personId, main, neighbours);
    if (busy !== undefined) return busy;
    await endPosts(tx, companyId, personId, main);
  }
  await insertPost(tx, companyId, personId, { ...to, main: true });
  await note(tx, actor, 'person.transferred', { type: 'person', id: personId }, to);
  return { id: personId };
}

/** 兼任: a second post beside the main one. */
export async function addPost(
  tx: Tx,
  actor: OrgActor,
  personId: string,
  to: PostBody,
  neighbours: OrgNeighbours,
): Promise<{ readonly id: string } | Refusal> {
  const posts = await postsBefore(tx, actor, personId, to, neighbours);
  if (isRefusal(posts)) return posts;
  await insertPost(tx, actor.companyId, personId, { ...to, main: false });
  await note(tx, actor, 'person.post-added', { type: 'person', id: personId }, to);
  return { id: personId };
}

/** Ends a second post; the main one ends only by a transfer or when the person leaves (`org.post-main`). */
export async function endPost(
  tx: Tx,
  actor: OrgActor,
  personId: string,
  at: PostBody,
  neighbours: OrgNeighbours,
): Promise<{ readonly id: string } | Refusal> {
  const { companyId } = actor;
  if (!(await lockPerson(tx, companyId, personId))) return refuse('http.not-found');
  const held = (await postsOf(tx, companyId, personId)).find((one) => isSame(one, at));
  if (held === undefined) return refuse('http.not-found');
  if (held.main) return refuse('org.post-main');
  const busy = await checkLeaving(tx, companyId, personId, at, neighbours);
  if (busy !== undefined) return busy;
  await endPosts(tx, companyId, personId, at);
  await note(tx, actor, 'person.post-ended', { type: 'person', id: personId }, at);
  return { id: personId };
}

/** 离职: posts, rights and sessions end, the account is closed; what he did stays under his name. */
export async function leave(
  tx: Tx,
  actor: OrgActor,
  personId: string,
  neighbours: OrgNeighbours,
): Promise<{ readonly id: string } | Refusal> {
  const { companyId } = actor;
  if (!(await lockPerson(tx, companyId, personId))) return refuse('http.not-found');
  if (personId === actor.personId) return refuse('org.own');
  if (isAdministrator(await rolesOf(tx, companyId, personId))) return refuse('org.role-first');
  const held = await neighbours.heldTasks(tx, companyId, personId, null);
  if (held > 0) return refuse('org.tasks-held');
  for (const at of await postsOf(tx, companyId, personId)) {
    const busy = await checkLeaving(tx, companyId, personId, at, neighbours);
    if (busy !== undefined) return busy;
  }
  await endPosts(tx, companyId, personId, null);
  await tx.run(sql`delete from role_grants
    where role_grants.company_id = ${companyId} and role_grants.person_id = ${personId}`);
  await tx.run(sql`update accounts set disabled_at = coalesce(accounts.disabled_at, ${timestamp(tx.now)})
    where accounts.company_id = ${companyId} and accounts.person_id = ${personId}`);
  await endSessions(tx, companyId, personId);
  await tx.run(sql`update people set left_at = ${timestamp(tx.now)}
    where people.company_id = ${companyId} and people.id = ${personId}`);
  await note(tx, actor, 'person.left', { type: 'person', id: personId });
  return { id: personId };
}

type HeldPost = PostBody & { readonly main: boolean };

/** The posts of somebody who gets another one, which exists and is not among them. The person is locked. */
async function postsBefore(
  tx: Tx,
  actor: OrgActor,
  personId: string,
  to: PostBody,
  neighbours: OrgNeighbours,
): Promise<readonly HeldPost[] | Refusal> {
  const { companyId } = actor;
  if (!(await lockPerson(tx, companyId, personId))) return refuse('http.not-found');
  const fault = await checkPost(tx, actor, to, neighbours);
  if (fault !== undefined) return fault;
  const posts = await postsOf(tx, companyId, personId);
  return posts.some((one) => isSame(one, to)) ? refuse('org.post-held') : posts;
}

async function postsOf(tx: Tx, companyId: string, personId: string): Promise<readonly HeldPost[]> {
  return await tx.rows<HeldPost>(sql`
    select a.unit_id as "unitId", a.post, a.main from assignments a
    where a.company_id = ${companyId} and a.person_id = ${personId} and a.until is null`);
}

function isSame(a: PostBody, b: PostBody): boolean {
  return a.unitId === b.unitId && a.post === b.post;
}

async function checkPost(
  tx: Tx,
  { companyId }: OrgActor,
  { unitId, post }: PostBody,
  { isPost }: OrgNeighbours,
): Promise<Refusal | undefined> {
  // Shared: a unit that is being closed in another transaction waits for us, or we see that it is closed.
  const unit = await tx.maybe(sql`select 1 from units u
    where u.company_id = ${companyId} and u.id = ${unitId} and u.closed_at is null for share`);
  if (unit === undefined) return refuse('org.unit-unknown');
  return (await isPost(tx, companyId, post)) ? undefined : refuse('org.post-unknown', { post });
}

/**
 * Work must not be left without anybody: neither what he holds there, nor what waits for a post only he has. How much it is
 * stays unsaid: an administrator is no reader of cases, and at some posts the number alone would tell (design rule 2).
 */
async function checkLeaving(
  tx: Tx,
  companyId: string,
  personId: string,
  at: PostBody,
  neighbours: OrgNeighbours,
): Promise<Refusal | undefined> {
  const held = await neighbours.heldTasks(tx, companyId, personId, at);
  if (held > 0) return refuse('org.tasks-held');
  // Locked: of the last two who leave a post at once, the second sees that he is the last.
  const holders = await tx.rows<{ person_id: string }>(sql`select a.person_id from assignments a
    where a.company_id = ${companyId} and a.unit_id = ${at.unitId} and a.post = ${at.post} and a.until is null
    order by a.person_id for update`);
  if (holders.some((one) => one.person_id !== personId)) return undefined;
  const waiting = await neighbours.waitingTasks(tx, companyId, at);
  return waiting === 0 ? undefined : refuse('org.tasks-waiting');
}

async function insertPost(tx: Tx, companyId: string, personId: string, post: HeldPost): Promise<void> {
  await tx.run(sql`
    insert into assignments (company_id, person_id, unit_id, post, main, since)
    values (${companyId}, ${personId}, ${post.unitId}, ${post.post}, ${post.main}, ${timestamp(tx.now)})`);
}

async function endPosts(tx: Tx, companyId: string, personId: string, at: PostBody | null): Promise<void> {
  const here =
    at === null ? sql`true` : sql`assignments.unit_id = ${at.unitId} and assignments.post = ${at.post}`;
  await tx.run(sql`update assignments set until = ${timestamp(tx.now)}
    where assignments.company_id = ${companyId} and assignments.person_id = ${personId}
      and assignments.until is null and ${here}`);
}

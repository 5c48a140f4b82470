import { DAY, type Instant } from '#kernel/instant.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import { type Db, timestamp } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { CaseActor } from './case-commands.ts';
import { visibleCase } from './case-reads.ts';
import { nameOf } from './name-of.ts';
import type { CaseWork, JointRequest, RelatedCase, UnitChoice } from './case-work-api.ts';
import { listCommitments } from './commitment-reads.ts';
import { DECIDING_POSTS } from './end-case.ts';
import { maySupervise } from './joint-requests.ts';
import { listOwedCalls } from './owed-calls.ts';

/** Repeats are looked for so far back: 重复诉求 is the same matter within two months (domain-rules §3.5). */
const RELATED_DAYS = 60;
const MOST_RELATED = 20;

type Head = {
  readonly urged: number;
  readonly reopened: number;
  readonly supervision: number;
  readonly ended_as: 'stopped' | 'withdrawn' | null;
  readonly state: 'open' | 'closed';
  readonly process: string | null;
  readonly order_id: string | null;
  readonly companions: number;
  readonly came_from: boolean;
};

/** Everything about a case beside its steps; undefined where there is no such case for this reader. */
export async function caseWork(
  db: Db,
  library: ReturnType<typeof handbookLibrary>,
  reader: CaseActor,
  id: string,
  now: Instant,
): Promise<CaseWork | undefined> {
  const head = await db.maybe<Head>(sql`
    select c.urged, c.reopened, c.supervision, c.ended_as, c.state, c.process, o.order_id,
      (select count(*) from case_orders n where n.company_id = c.company_id and n.order_id = o.order_id
        and n.unlinked_at is null) as companions,
      exists (select 1 from case_orders b join orders p on p.company_id = b.company_id and p.id = b.order_id
        where b.company_id = c.company_id and b.case_id = c.id and p.state = 'parked') as came_from
    from cases c
    left join lateral (select l.order_id from case_orders l where l.company_id = c.company_id and l.case_id = c.id
      and l.unlinked_at is null order by l.linked_at desc limit 1) o on true
    where c.company_id = ${reader.companyId} and c.id = ${id} and ${visibleCase(reader, now)}`);
  if (head === undefined) return undefined;
  return {
    urged: head.urged,
    reopened: head.reopened,
    supervision: head.supervision,
    endedAs: head.ended_as,
    handovers: head.order_id === null ? [] : await listHandovers(db, reader, head.order_id, id),
    joint: await listJoint(db, reader, id),
    related: await listRelated(db, library, reader, id, head, now),
    endRequest: (await findEndRequest(db, reader, id)) ?? null,
    owedCalls: await listOwedCalls(db, library.active, reader, now, id),
    commitments: await listCommitments(db, reader, now, { caseId: id, mine: false }),
    maySupervise: maySupervise(reader),
    mayUnlink: head.state === 'open' && head.companions > 1 && head.came_from,
    mayReopen: head.state === 'closed' && head.process !== null && head.ended_as === null,
  };
}

async function listHandovers(db: Db, reader: CaseActor, orderId: string, caseId: string) {
  return await db.rows<CaseWork['handovers'][number]>(sql`
    select h.id, t.step, u.name as to, h.to_post as "toPost", p.name as "toPerson", h.due_at as "dueAt", h.state,
      x.body as reason, coalesce(h.state = 'offered' and h.to_person_id = ${reader.personId}, false) as mine
    from handovers h
    join tasks t on t.company_id = h.company_id and t.id = h.task_id
    join units u on u.company_id = h.company_id and u.id = h.to_unit_id
    join case_texts x on x.company_id = h.company_id and x.id = h.text_id
    left join people p on p.company_id = h.company_id and p.id = h.to_person_id
    where h.company_id = ${reader.companyId} and h.order_id = ${orderId} and (t.case_id is null or t.case_id = ${caseId})
    order by h.offered_at desc limit 20`);
}

async function listJoint(db: Db, reader: CaseActor, caseId: string) {
  return await db.rows<JointRequest>(sql`
    select j.id, j.kind, u.name as unit, p.name as "askedBy", j.asked_at as "askedAt", j.due_at as "dueAt", j.state,
      q.body as question, a.body as answer, b.name as "answeredBy", j.unit_id = any(${reader.unitIds}::uuid[]) as mine
    from joint_requests j
    join units u on u.company_id = j.company_id and u.id = j.unit_id
    join people p on p.company_id = j.company_id and p.id = j.asked_by
    join case_texts q on q.company_id = j.company_id and q.id = j.question_id
    left join case_texts a on a.company_id = j.company_id and a.id = j.answer_id
    left join people b on b.company_id = j.company_id and b.id = j.answered_by
    where j.company_id = ${reader.companyId} and j.case_id = ${caseId} order by j.asked_at`);
}

async function findEndRequest(db: Db, reader: CaseActor, caseId: string) {
  const row = await db.maybe<{
    id: string;
    kind: 'stopped' | 'withdrawn';
    asked_by: string;
    name: string;
    reason: string | null;
  }>(sql`
    select e.id, e.kind, e.asked_by, p.name, x.body as reason from end_requests e
    join people p on p.company_id = e.company_id and p.id = e.asked_by
    join case_texts x on x.company_id = e.company_id and x.id = e.reason_id
    where e.company_id = ${reader.companyId} and e.case_id = ${caseId} and e.state = 'asked'`);
  if (row === undefined) return undefined;
  const mayDecide =
    row.asked_by !== reader.personId && reader.posts.some((post) => DECIDING_POSTS.includes(post));
  return { id: row.id, kind: row.kind, askedBy: row.name, reason: row.reason, mayDecide };
}

type RelatedRow = {
  readonly id: string;
  readonly no: string;
  readonly case_type: string;
  readonly version_id: string;
  readonly state: 'open' | 'closed';
  readonly accepted_at: Instant;
  readonly why: 'order' | 'household' | 'area';
  readonly process: string | null;
  readonly order_id: string | null;
  readonly order_state: string | null;
};

async function listRelated(
  db: Db,
  library: ReturnType<typeof handbookLibrary>,
  reader: CaseActor,
  caseId: string,
  head: Head,
  now: Instant,
): Promise<readonly RelatedCase[]> {
  const rows = await db.rows<RelatedRow>(sql`
    with me as (select c.company_id, c.id, c.household_id, h.transformer_code from cases c
      left join households h on h.company_id = c.company_id and h.id = c.household_id
      where c.company_id = ${reader.companyId} and c.id = ${caseId}),
    found as (
      select l.case_id as id, 1 as rank from case_orders l
        where l.company_id = ${reader.companyId} and l.order_id = ${head.order_id} and l.unlinked_at is null
      union all select c.id, 2 from me join cases c on c.company_id = me.company_id and c.household_id = me.household_id
        where c.accepted_at > ${timestamp(now - RELATED_DAYS * DAY)}
      union all select c.id, 3 from me
        join households h on h.company_id = me.company_id and h.transformer_code = me.transformer_code
        join cases c on c.company_id = h.company_id and c.household_id = h.id
        where c.accepted_at > ${timestamp(now - RELATED_DAYS * DAY)})
    select c.id, c.no, c.case_type, c.handbook_version_id as version_id, c.state, c.accepted_at, c.process,
      case min(f.rank) when 1 then 'order' when 2 then 'household' else 'area' end as why,
      o.id as order_id, o.state as order_state
    from found f
    join cases c on c.company_id = ${reader.companyId} and c.id = f.id
    left join lateral (select p.id, p.state from case_orders l join orders p on p.company_id = l.company_id and p.id = l.order_id
      where l.company_id = c.company_id and l.case_id = c.id and l.unlinked_at is null
      order by l.linked_at desc limit 1) o on true
    where c.id <> ${caseId} and ${visibleCase(reader, now)}
    group by c.company_id, c.id, o.id, o.state order by min(f.rank), c.accepted_at desc limit ${MOST_RELATED}`);
  return await Promise.all(
    rows.map(async (row): Promise<RelatedCase> => {
      const { handbook } = await library.version(db, reader.companyId, row.version_id);
      return {
        id: row.id,
        no: row.no,
        caseType: nameOf(handbook.caseTypes, row.case_type),
        state: row.state,
        acceptedAt: row.accepted_at,
        why: row.why,
        orderId: row.order_id,
        mayJoin:
          head.state === 'open' &&
          row.order_state === 'open' &&
          row.order_id !== head.order_id &&
          row.process === head.process,
      };
    }),
  );
}

/** Where work can go, with the posts that somebody holds there. */
export async function listUnitChoices(
  db: Db,
  library: ReturnType<typeof handbookLibrary>,
  companyId: string,
): Promise<readonly UnitChoice[]> {
  const posts = (await library.active(db, companyId))?.handbook.posts ?? [];
  const rows = await db.rows<Omit<UnitChoice, 'posts'> & { readonly posts: readonly string[] }>(sql`
    select u.id, u.name, u.name_en as "nameEn",
      array(select distinct a.post from units v join assignments a on a.company_id = v.company_id and a.unit_id = v.id
        where v.company_id = u.company_id and (v.id = u.id or v.parent_id = u.id) and a.until is null
        order by a.post) as posts
    from units u where u.company_id = ${companyId} and u.closed_at is null
      and u.kind in ('department', 'centre', 'group', 'station', 'hall') order by u.sort`);
  return rows.map((row) => ({
    ...row,
    posts: row.posts.map((id) => ({ id, name: nameOf(posts, id) })),
  }));
}

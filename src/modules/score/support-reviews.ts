import { HOUR, type Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';
import {
  type CaseActor,
  type CaseDeps,
  keepNote,
  realCase,
  recordOnCase,
  visibleCase,
} from '#modules/case/index.ts';
import { type Database, type Db, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { newId } from '#platform/ids.ts';
import type { ReviewBody, SupportReview } from './board-api.ts';

const ZONE = 8 * HOUR;
/** How many of a department's answers of a month are put to the front office (handbook R115). */
const SAMPLE = 'R115';

/**
 * Draws the sample of the month before, once: of each unit that answered others, some answers in an order that the month
 * itself gives, so that nobody chooses them and everybody can draw them again. Answers how many were drawn.
 */
export async function drawReviews(database: Database, deps: CaseDeps): Promise<number> {
  const month = monthBefore(await database.now());
  const companies = await database.rows<{ id: string }>(sql`
    select c.company_id as id from companies c where not exists (select 1 from support_reviews r
      where r.company_id = c.company_id and r.month = ${month.name})`);
  let drawn = 0;
  for (const { id } of companies) {
    const version = await deps.activeHandbook(database, id);
    const sample = version?.handbook.limits.find((limit) => limit.id === SAMPLE)?.value ?? 0;
    drawn += await database.transaction((tx) => draw(tx, id, month, sample));
  }
  return drawn;
}

type Month = { readonly name: string; readonly from: Instant; readonly to: Instant };

async function draw(tx: Tx, companyId: string, month: Month, sample: number): Promise<number> {
  const rows = await tx.rows<{ request: string; front: string }>(sql`
    select f.request, f.front from (
      select j.id as request, c.intake_unit_id as front,
        row_number() over (partition by j.unit_id order by md5(${month.name} || j.id::text)) as place
      from joint_requests j join cases c on c.company_id = j.company_id and c.id = j.case_id
      where j.company_id = ${companyId} and j.state = 'answered' and j.answered_at >= ${timestamp(month.from)}
        and j.answered_at < ${timestamp(month.to)} and c.intake_unit_id <> j.unit_id and c.closed_to is null
        and c.accused_unit_id is distinct from c.intake_unit_id and ${realCase()}) f
    where f.place <= ${sample}`);
  const reviews = rows.map((row) => ({ ...row, id: newId() }));
  await tx.run(sql`
    insert into support_reviews (company_id, id, month, request_id, front_unit_id, drawn_at)
    select ${companyId}, r.id, ${month.name}, r.request, r.front, ${timestamp(tx.now)}
    from jsonb_to_recordset(${JSON.stringify(reviews)}::jsonb) as r (id uuid, request uuid, front uuid)
    on conflict do nothing`);
  return reviews.length;
}

/** What the reader's front office is asked to judge, the oldest first. */
export async function openReviews(
  db: Db,
  reader: CaseActor,
  now: Instant,
): Promise<readonly SupportReview[]> {
  return await db.rows<SupportReview>(sql`
    select r.id, c.id as "caseId", c.no as "caseNo", u.name as unit, q.body as question, a.body as answer,
      j.answered_at as "answeredAt"
    from support_reviews r
    join joint_requests j on j.company_id = r.company_id and j.id = r.request_id
    join cases c on c.company_id = j.company_id and c.id = j.case_id
    join units u on u.company_id = j.company_id and u.id = j.unit_id
    join case_texts q on q.company_id = j.company_id and q.id = j.question_id
    left join case_texts a on a.company_id = j.company_id and a.id = j.answer_id
    where r.company_id = ${reader.companyId} and r.verdict is null
      and r.front_unit_id = any(${reader.unitIds}::uuid[]) and ${visibleCase(reader, now)}
    order by r.drawn_at, r.id limit 50`);
}

/** One click, and words where it did not help. Refusals: `http.not-found`, `review.words-missing`, `review.done`. */
export async function giveReview(
  tx: Tx,
  actor: CaseActor,
  request: ReviewBody & { readonly id: string },
): Promise<{ readonly done: true } | Refusal> {
  const found = await tx.maybe<{ caseId: string; verdict: string | null }>(sql`
    select c.id as "caseId", r.verdict from support_reviews r
    join joint_requests j on j.company_id = r.company_id and j.id = r.request_id
    join cases c on c.company_id = j.company_id and c.id = j.case_id
    where r.company_id = ${actor.companyId} and r.id = ${request.id}
      and r.front_unit_id = any(${actor.unitIds}::uuid[]) and ${visibleCase(actor, tx.now)} for update of r`);
  if (found === undefined) return refuse('http.not-found');
  if (found.verdict !== null) return refuse('review.done');
  const { verdict, words } = request;
  if (verdict === 'not' && words === null) return refuse('review.words-missing');
  const wordsId =
    words === null ? null : await keepNote(tx, actor, found.caseId, { field: 'review', body: words });
  await tx.run(sql`
    update support_reviews set verdict = ${verdict}, words_id = ${wordsId}, reviewed_by = ${actor.personId},
      reviewed_at = ${timestamp(tx.now)}
    where support_reviews.company_id = ${actor.companyId} and support_reviews.id = ${request.id}`);
  const data = { reviewId: request.id, verdict, textIds: wordsId === null ? [] : [wordsId] };
  await recordOnCase(tx, actor, found.caseId, { type: 'support.reviewed', data });
  return { done: true };
}

/** The month before the one of this instant, in the business zone. */
function monthBefore(now: Instant): Month {
  const here = new Date(now + ZONE);
  const [year, month] = [here.getUTCFullYear(), here.getUTCMonth()];
  const from = Date.UTC(year, month - 1, 1);
  return {
    name: new Date(from).toISOString().slice(0, 7),
    from: from - ZONE,
    to: Date.UTC(year, month, 1) - ZONE,
  };
}

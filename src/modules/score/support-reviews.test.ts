import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import { acceptCase, askUnit } from '#modules/case/index.ts';
import { rowsAreTheFold } from '#modules/case/testing/rows-are-the-fold.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import { unitScores } from './score-reads.ts';
import { drawReviews, giveReview, openReviews } from './support-reviews.ts';

const county = await smallCounty(Date.parse('2026-11-23T10:00:00+08:00'));
const { database, deps, must, clock } = county;
const clerk = await county.actor('clerk');
const officer = await county.actor('control-officer');
const operation = await county.actor('operation-head');

/** A question that the operation department has answered. */
async function answered(): Promise<void> {
  const { caseId } = await must((tx) => acceptCase(tx, deps, clerk, anIntake({})));
  const asked = {
    caseId,
    unitId: operation.unitId,
    question: '请核实线路',
    hours: 8,
    kind: 'joint' as const,
  };
  const { id } = await must((tx) => askUnit(tx, officer, asked));
  await database.run(sql`
    update joint_requests set state = 'answered', answered_by = ${operation.personId}, answer_id = joint_requests.question_id,
      answered_at = ${new Date(clock.now).toISOString()} where joint_requests.id = ${id}`);
}

test('each month a few answers of a department are drawn once and put to the front office, which says in a click', async () => {
  for (let i = 0; i < 8; i++) await answered();
  assert.equal(await drawReviews(database, deps), 0, 'the month is not over');
  clock.advance(9 * DAY);
  assert.equal(await drawReviews(database, deps), 5);
  const drawn = async () =>
    await database.rows<{ id: string }>(sql`select r.request_id as id from support_reviews r order by 1`);
  const first = await drawn();
  assert.equal(await drawReviews(database, deps), 0, 'once');
  await database.run(sql`delete from support_reviews where true`);
  await drawReviews(database, deps);
  assert.deepEqual(await drawn(), first, 'anybody draws the same ones again');

  const asked = await openReviews(database, clerk, clock.now);
  assert.equal(asked.length, 5);
  assert.deepEqual(await openReviews(database, operation, clock.now), [], 'nobody judges himself');
  const [one, two] = asked;
  const review = async (actor: typeof clerk, id: string, verdict: 'helped' | 'not', words: string | null) => {
    const answer = await transact(database, (tx) => giveReview(tx, actor, { id, verdict, words }));
    return isRefusal(answer) ? answer.refused : 'done';
  };
  assert.equal(await review(operation, one?.id ?? '', 'helped', null), 'http.not-found');
  assert.equal(await review(clerk, one?.id ?? '', 'not', null), 'review.words-missing');
  assert.equal(await review(clerk, one?.id ?? '', 'not', '问的是线路，答的是电表'), 'done');
  assert.equal(await review(clerk, one?.id ?? '', 'helped', null), 'review.done');
  assert.equal(await review(clerk, two?.id ?? '', 'helped', null), 'done');
  assert.equal((await openReviews(database, clerk, clock.now)).length, 3);

  const period = { from: 0, to: clock.now + 1, month: '2026-11' };
  const scores = await unitScores(database, officer, period);
  const score = scores.find((unit) => unit.unitId === operation.unitId);
  assert.deepEqual([score?.reviewed, score?.helped], [2, 1]);
  await rowsAreTheFold(county);
});

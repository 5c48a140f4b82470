import { Type } from 'typebox';
import { HOUR } from '#kernel/instant.ts';
import { actorOf, type CaseDeps } from '#modules/case/index.ts';
import { param, type Router } from '#platform/http/router.ts';
import { reviewSchema } from './board-api.ts';
import { type BoardDeps, boards } from './board-reads.ts';
import { unitScores } from './score-reads.ts';
import { giveReview, openReviews } from './support-reviews.ts';

export function scoreRoutes(router: Router, given: BoardDeps, deps: CaseDeps): void {
  const { database } = given;
  const boardOf = boards(given, deps);
  router.read({
    path: '/api/board',
    permission: 'board.read',
    object: 'none',
    summary: 'The board of the control centre: per business and unit what is at work and what is late',
    answer: (who) => boardOf(actorOf(who)),
  });
  router.read({
    path: '/api/support-reviews',
    permission: 'case.work',
    object: 'none',
    summary: 'Help of other departments that my front office is asked to judge',
    answer: async (who) => await openReviews(database, actorOf(who), await database.now()),
  });
  router.write({
    path: '/api/support-reviews/:id',
    permission: 'case.work',
    object: 'other',
    summary: 'Says whether the help of another department helped',
    body: reviewSchema,
    command: (tx, who, request) =>
      giveReview(tx, actorOf(who), { ...request.body, id: param(request, 'id') }),
  });
  router.read({
    path: '/api/scores',
    permission: 'board.read',
    object: 'none',
    summary: 'What each unit did in a month, from the record',
    query: { month: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' }) },
    answer: async (who, request) => {
      const { month } = request.query as { month: string };
      const [year = 0, n = 1] = month.split('-').map(Number);
      const period = { from: monthStart(year, n), to: monthStart(year, n + 1) };
      return { month, units: await unitScores(database, actorOf(who), { ...period, month }) };
    },
  });
}

/** The first instant of a month in Asia/Shanghai; month 13 is January of the next year. */
function monthStart(year: number, month: number): number {
  return Date.UTC(year, month - 1, 1) - 8 * HOUR;
}

import { Type } from 'typebox';
import { HOUR } from '#kernel/instant.ts';
import { actorOf, type CaseDeps, filterMoments, type Reader } from '#modules/case/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import { batcher } from '#platform/batcher.ts';
import type { Database } from '#platform/db/db.ts';
import { param, type Router } from '#platform/http/router.ts';
import { type Board, reviewSchema } from './board-api.ts';
import { board } from './board-reads.ts';
import { unitScores } from './score-reads.ts';
import { giveReview, openReviews } from './support-reviews.ts';

type Deps = { readonly database: Database; readonly handbook: ReturnType<typeof handbookLibrary> };

/**
 * One count of the board at a time for each reader; whoever asks meanwhile shares the next, which begins after he asked. With 50,000 open
 * cases a count costs a second: twenty at once had run into the time-out of the database (measured at 300,000 households).
 */
function boardCounts({ database, handbook }: Deps, deps: CaseDeps): (reader: Reader) => Promise<Board> {
  const counts = new Map<string, (reader: Reader) => Promise<Board>>();
  async function count(readers: readonly Reader[]): Promise<readonly Board[]> {
    const [reader] = readers;
    if (reader === undefined) return [];
    const moments = await filterMoments(database, deps, reader.companyId);
    const { book } = await deps.clockBasis(database, reader.companyId);
    const counted = await board(database, handbook, reader, moments, book);
    return readers.map(() => counted);
  }
  return (reader) => {
    const key = [reader.companyId, reader.personId, ...reader.unitIds].join(' ');
    const known = counts.get(key) ?? batcher(count);
    counts.set(key, known);
    return known(reader);
  };
}

export function scoreRoutes(router: Router, { database, handbook }: Deps, deps: CaseDeps): void {
  const countBoard = boardCounts({ database, handbook }, deps);
  router.read({
    path: '/api/board',
    permission: 'board.read',
    object: 'none',
    summary: 'The board of the control centre: per business and unit what is at work and what is late',
    answer: (who) => countBoard(actorOf(who)),
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

import { type CaseDeps, type Reader, sees } from '#modules/case/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Board, BoardRow } from './board-api.ts';
import { type BoardCount, boardCount } from './board-count.ts';
import { keptBottleneck } from './bottleneck.ts';
import type { CountedGroup, Figures } from './open-cases.ts';

export type BoardDeps = {
  readonly database: Database;
  readonly handbook: ReturnType<typeof handbookLibrary>;
  readonly clockScale: number;
};

const NONE: Figures = { arrived: 0, atWork: 0, late: 0, lateInAnHour: 0, lateThisWeek: 0 };

/** What every reader's board is made of; it names no case, and each reader gets the sum of what he may see. */
type BoardBasis = {
  readonly count: BoardCount;
  readonly businesses: readonly Pick<BoardRow, 'id' | 'name'>[];
  readonly units: readonly Pick<BoardRow, 'id' | 'name'>[];
  readonly bottleneck: Board['bottleneck'];
};

/** The boards of the control centre, one for each reader; what they have in common is kept between two questions. */
export function boards(
  given: BoardDeps,
  deps: Pick<CaseDeps, 'clockBasis'>,
): (reader: Reader) => Promise<Board> {
  const counts = new Map<string, ReturnType<typeof boardCount>>();
  return async (reader) => {
    const { companyId } = reader;
    const count = counts.get(companyId) ?? boardCount(given, deps, companyId);
    counts.set(companyId, count);
    return boardOf(reader, await boardBasis(given, companyId, await count()));
  };
}

async function boardBasis(
  { database, handbook }: BoardDeps,
  companyId: string,
  count: BoardCount,
): Promise<BoardBasis> {
  const version = await handbook.active(database, companyId);
  const units = await database.rows<{ id: string; zh: string; en: string }>(sql`
    select u.id, u.name as zh, u.name_en as en from units u where u.company_id = ${companyId} order by u.sort`);
  const { moments, book } = count;
  return {
    count,
    businesses: version?.handbook.businesses ?? [],
    units: units.map(({ id, ...name }) => ({ id, name })),
    bottleneck: await keptBottleneck(database, handbook, companyId, { now: moments.now, book }),
  };
}

/** Every figure is the count of a list that can be opened (`caseFilter`). */
function boardOf(reader: Reader, { count, businesses, units, bottleneck }: BoardBasis): Board {
  const seen = count.groups.filter(({ audience }) => sees(reader, audience));
  const byBusiness = sums(seen, ({ business }) => [business]);
  const byUnit = sums(seen, (group) => group.units);
  const rows = businesses.map(({ id, name }) => ({ id, name, ...(byBusiness.get(id) ?? NONE) }));
  return {
    at: count.moments.now,
    weekEnd: count.moments.weekEnd,
    businesses: rows,
    units: units.flatMap(({ id, name }) => {
      const figures = byUnit.get(id);
      return figures === undefined || figures.atWork === 0 ? [] : [{ ...figures, id, name, arrived: null }];
    }),
    total: rows.reduce(add, NONE),
    bottleneck,
  };
}

function sums(
  groups: readonly CountedGroup[],
  linesOf: (group: CountedGroup) => readonly string[],
): ReadonlyMap<string, Figures> {
  const lines = new Map<string, Figures>();
  for (const group of groups)
    for (const line of linesOf(group)) lines.set(line, add(lines.get(line) ?? NONE, group.figures));
  return lines;
}

function add(sum: Figures, more: Figures): Figures {
  return {
    arrived: sum.arrived + more.arrived,
    atWork: sum.atWork + more.atWork,
    late: sum.late + more.late,
    lateInAnHour: sum.lateInAnHour + more.lateInAnHour,
    lateThisWeek: sum.lateThisWeek + more.lateThisWeek,
  };
}

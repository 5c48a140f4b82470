import type { Instant } from '#kernel/instant.ts';
import type { Audience } from '#modules/case/index.ts';
import type { BoardRow } from './board-api.ts';

export type Figures = Omit<BoardRow, 'id' | 'name' | 'arrived'> & { readonly arrived: number };

/** What the board has to know of a case that is open or arrived today. Lists of ids are sorted, with commas. */
export type BoardCase = {
  readonly id: string;
  readonly business: string;
  readonly acceptedAt: Instant;
  readonly open: boolean;
  /** When its tightest running clock ends; infinite where none runs. */
  readonly dueAt: Instant;
  /** The units with open work of it. */
  readonly units: string;
  readonly seenBy: string;
  readonly keptAway: string;
};

/** Cases that no line of the board and no reader tells apart. */
type Group = {
  readonly business: string;
  readonly units: readonly string[];
  readonly audience: Audience;
  readonly cases: Map<string, Pick<BoardCase, 'acceptedAt' | 'open' | 'dueAt'>>;
};

export type CountedGroup = Omit<Group, 'cases'> & { readonly figures: Figures };

type Between = { readonly from: Instant | null; readonly to: Instant };

/** From when on it arrived today, and between which moments a deadline is late, late in an hour, late this week. */
export type Bands = {
  readonly today: Instant;
  readonly late: Between;
  readonly hour: Between;
  readonly week: Between;
};

/** The cases of the board by group: a case changes its group at the price of one look-up, and a count walks them once. */
export function openCases() {
  const groups = new Map<string, Group>();
  const placeOf = new Map<string, string>();

  function drop(id: string): void {
    const key = placeOf.get(id);
    const group = key === undefined ? undefined : groups.get(key);
    if (key === undefined || group === undefined) return;
    placeOf.delete(id);
    group.cases.delete(id);
    if (group.cases.size === 0) groups.delete(key);
  }

  return {
    drop,

    put({ id, acceptedAt, open, dueAt, ...of }: BoardCase): void {
      drop(id);
      const key = [of.business, of.units, of.seenBy, of.keptAway].join(' ');
      const group = groups.get(key) ?? emptyGroup(of);
      groups.set(key, group);
      placeOf.set(id, key);
      group.cases.set(id, { acceptedAt, open, dueAt });
    },

    count(bands: Bands): readonly CountedGroup[] {
      return [...groups.values()].map(({ cases, ...group }) => ({ ...group, figures: tally(cases, bands) }));
    },
  };
}

function emptyGroup(of: Pick<BoardCase, 'business' | 'units' | 'seenBy' | 'keptAway'>): Group {
  const audience = { seenBy: new Set(ids(of.seenBy)), keptAway: new Set(ids(of.keptAway)) };
  return { business: of.business, units: ids(of.units), audience, cases: new Map() };
}

function ids(text: string): readonly string[] {
  return text === '' ? [] : text.split(',');
}

function tally(cases: Group['cases'], { today, late, hour, week }: Bands): Figures {
  const sum = { arrived: 0, atWork: 0, late: 0, lateInAnHour: 0, lateThisWeek: 0 };
  for (const { acceptedAt, open, dueAt } of cases.values()) {
    if (acceptedAt >= today) sum.arrived += 1;
    if (!open) continue;
    sum.atWork += 1;
    if (within(dueAt, late)) sum.late += 1;
    if (within(dueAt, hour)) sum.lateInAnHour += 1;
    if (within(dueAt, week)) sum.lateThisWeek += 1;
  }
  return sum;
}

function within(at: Instant, { from, to }: Between): boolean {
  return at < to && (from === null || at >= from);
}

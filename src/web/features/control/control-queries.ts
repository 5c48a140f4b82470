import { queryOptions } from '@tanstack/react-query';
import type { CaseListItem, CasePage } from '#modules/case/case-list-api.ts';
import type { Board, Scores } from '#modules/score/board-api.ts';
import { get } from '../../lib/api.ts';
import type { ListPage } from '../../ui/DataList.tsx';

const REFRESH = 5000;

export const boardQuery = queryOptions({
  queryKey: ['control', 'board'],
  queryFn: ({ signal }) => get<Board>('/api/board', signal),
  refetchInterval: REFRESH,
});

export const scoresQuery = (month: string) =>
  queryOptions({
    queryKey: ['control', 'scores', month],
    queryFn: ({ signal }) => get<Scores>(`/api/scores?month=${month}`, signal),
  });

/** The filters of the case list, as they stand in the address. */
export type CaseSearch = {
  readonly state?: 'open' | 'closed' | undefined;
  readonly business?: string | undefined;
  readonly unit?: string | undefined;
  readonly due?: 'late' | 'hour' | 'week' | undefined;
  readonly since?: 'today' | undefined;
  readonly household?: string | undefined;
};

/** The page's address may carry more than filters. */
function choose(query: URLSearchParams, search: CaseSearch): void {
  for (const name of ['state', 'business', 'unit', 'due', 'since', 'household'] as const) {
    const value = search[name];
    if (value !== undefined) query.set(name, value);
  }
}

/** The address of the list as a file: the same filters. */
export function exportOf(search: CaseSearch, language: string, as: 'csv' | 'xlsx'): string {
  const query = new URLSearchParams({ lang: language, as });
  choose(query, search);
  return `/api/exports/cases?${query.toString()}`;
}

export async function fetchCases(
  search: CaseSearch,
  cursor: string | null,
  signal: AbortSignal,
): Promise<ListPage<CaseListItem>> {
  const query = new URLSearchParams();
  choose(query, search);
  if (cursor !== null) query.set('before', cursor);
  const { items, ...page } = await get<CasePage>(`/api/cases?${query.toString()}`, signal);
  return { rows: items, ...page };
}

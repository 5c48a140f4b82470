import { queryOptions } from '@tanstack/react-query';
import type {
  CasePage,
  CaseView,
  FinishBody,
  IntakeBody,
  IntakeCatalogue,
  TypeSuggestions,
  WorkItem,
} from '#modules/case/case-api.ts';
import type { LocalName } from '#modules/case/case-api.ts';
import type { HouseholdHit, HouseholdStrip } from './household-types.ts';
import { get } from '../../lib/api.ts';
import { useLanguage } from '../../lib/i18n.ts';
import { useWrite } from '../../lib/use-write.ts';

/** How often an open list or page asks again: nobody presses reload. */
const REFRESH = 5000;

export const catalogueQuery = queryOptions({
  queryKey: ['case', 'catalogue'],
  queryFn: ({ signal }) => get<IntakeCatalogue>('/api/intake', signal),
  staleTime: 10 * 60_000,
});

export const suggestQuery = (words: string) =>
  queryOptions({
    queryKey: ['case', 'suggest', words],
    queryFn: ({ signal }) =>
      get<TypeSuggestions>(`/api/intake/suggest?words=${encodeURIComponent(words)}`, signal),
    enabled: words.trim().length >= 2,
    staleTime: 60_000,
  });

export const workQuery = queryOptions({
  queryKey: ['case', 'work'],
  queryFn: ({ signal }) => get<readonly WorkItem[]>('/api/work', signal),
  refetchInterval: REFRESH,
});

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', 'one', id],
    queryFn: ({ signal }) => get<CaseView>(`/api/cases/${id}`, signal),
    refetchInterval: REFRESH,
  });

export const householdSearchQuery = (typed: string) =>
  queryOptions({
    queryKey: ['case', 'households', typed],
    queryFn: ({ signal }) =>
      get<{ readonly hits: readonly HouseholdHit[] }>(
        `/api/households?q=${encodeURIComponent(typed)}`,
        signal,
      ),
    enabled: typed.trim().length >= 2,
    staleTime: 30_000,
  });

export const stripQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', 'strip', id],
    queryFn: ({ signal }) => get<HouseholdStrip>(`/api/households/${id}`, signal),
  });

export const householdCasesQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', 'of-household', id],
    queryFn: ({ signal }) => get<CasePage>(`/api/cases?household=${id}`, signal),
  });

export type Accepted = {
  readonly caseId: string;
  readonly no: string;
  readonly missingPapers: readonly { readonly id: string; readonly until: string }[];
};

export function useAccept() {
  return useWrite<IntakeBody, Accepted>({ path: '/api/cases', stale: [['case']] });
}

type Ref = FinishBody['ref'];
const stale = [['case']];

export function useTake(orderId: string) {
  return useWrite<{ seq: number; ref: Ref }>({ path: `/api/orders/${orderId}/take`, stale });
}

export function useFinish(orderId: string) {
  return useWrite<FinishBody>({ path: `/api/orders/${orderId}/finish`, stale });
}

export function useReturn(orderId: string) {
  return useWrite<{ seq: number; from: Ref; to: string; reason: string }>({
    path: `/api/orders/${orderId}/return`,
    stale,
  });
}

/** A name of the handbook in the reader's language. */
export function useNames(): (name: LocalName) => string {
  const { language } = useLanguage();
  return (name) => name[language];
}

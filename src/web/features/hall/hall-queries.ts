import { queryOptions } from '@tanstack/react-query';
import type { IntakeCatalogue, TypeSuggestions } from '#modules/case/case-api.ts';
import type {
  AskPaper,
  DraftView,
  Join,
  PromiseLine,
  Receipt,
  Repeat,
  Standing,
  TakeIn,
  TakenIn,
} from '#modules/hall/hall-api.ts';
import type { FlagBody } from '#modules/customer/customer-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';
import type { HouseholdHit, HouseholdStrip } from './household-types.ts';

export const catalogueQuery = queryOptions({
  queryKey: ['hall', 'catalogue'],
  queryFn: ({ signal }) => get<IntakeCatalogue>('/api/intake', signal),
  staleTime: 10 * 60_000,
});

export const suggestQuery = (words: string) =>
  queryOptions({
    queryKey: ['hall', 'suggest', words],
    queryFn: ({ signal }) => get<TypeSuggestions>(`/api/intake/suggest?${query({ words })}`, signal),
    enabled: words.trim().length >= 2,
    staleTime: 60_000,
  });

export const householdSearchQuery = (typed: string) =>
  queryOptions({
    queryKey: ['hall', 'households', typed],
    queryFn: ({ signal }) => findHouseholds(typed, signal),
    enabled: typed.trim().length >= 2,
    staleTime: 30_000,
  });

export async function findHouseholds(typed: string, signal?: AbortSignal) {
  return await get<{ readonly hits: readonly HouseholdHit[] }>(
    `/api/households?${query({ q: typed })}`,
    signal,
  );
}

export const stripQuery = (id: string) =>
  queryOptions({
    queryKey: ['hall', 'strip', id],
    queryFn: ({ signal }) => get<HouseholdStrip>(`/api/households/${id}`, signal),
  });

export const standingQuery = (householdId: string) =>
  queryOptions({
    queryKey: ['hall', 'standing', householdId],
    queryFn: ({ signal }) => get<Standing>(`/api/hall/standing/${householdId}`, signal),
  });

/** By what a demand may repeat an earlier one; asked only when there is something to go by. */
export const repeatsQuery = (by: {
  readonly process: string | null;
  readonly household: string | null;
  readonly phone: string | null;
  readonly place: string | null;
}) =>
  queryOptions({
    queryKey: ['hall', 'repeats', by],
    queryFn: ({ signal }) => get<readonly Repeat[]>(`/api/hall/repeats?${query(by)}`, signal),
    enabled: by.process !== null && (by.household ?? by.phone ?? by.place) !== null,
  });

export const promisesQuery = (process: string | null, area: string | null) =>
  queryOptions({
    queryKey: ['hall', 'promises', process, area],
    queryFn: ({ signal }) =>
      get<readonly PromiseLine[]>(`/api/hall/promises?${query({ process, area })}`, signal),
    enabled: process !== null,
    // A promise is counted from now; what was counted a minute ago is still good enough to say.
    staleTime: 60_000,
  });

export const draftsQuery = queryOptions({
  queryKey: ['hall-drafts'],
  queryFn: ({ signal }) => get<readonly DraftView[]>('/api/drafts', signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const receiptQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['hall', 'receipt', caseId],
    queryFn: ({ signal }) => get<Receipt>(`/api/cases/${caseId}/receipt`, signal),
  });

const stale = [['case'], ['hall']];

export function useTakeIn() {
  return useWrite<TakeIn, TakenIn>({ path: '/api/hall/intake', stale });
}

export function useJoin() {
  return useWrite<Join, { readonly caseId: string; readonly no: string; readonly times: number }>({
    path: '/api/hall/join',
    stale,
  });
}

export function useReceivePaper(caseId: string) {
  return useWrite<{ paper: string }>({ path: `/api/cases/${caseId}/papers/receive`, stale });
}

export function useSetReach(householdId: string) {
  return useWrite<{ by: 'sms' | 'mail'; email?: string; language: 'zh' | 'en'; outageNews: boolean }>({
    method: 'PUT',
    path: `/api/households/${householdId}/reach`,
    stale: [stripQuery(householdId).queryKey],
  });
}

export function useAskPaper(caseId: string) {
  return useWrite<AskPaper>({ path: `/api/cases/${caseId}/papers/ask`, stale });
}

export function useSetFlag(householdId: string) {
  return useWrite<FlagBody>({ path: `/api/households/${householdId}/flags`, stale: [['hall', 'strip']] });
}

export function useEndFlag(householdId: string) {
  return useWrite<{ readonly flagId: string; readonly reason: string }>({
    path: ({ flagId }) => `/api/households/${householdId}/flags/${flagId}/end`,
    body: ({ reason }) => ({ reason }),
    stale: [['hall', 'strip']],
  });
}

function query(values: Readonly<Record<string, string | null>>): string {
  const known = Object.entries(values).filter(
    (entry): entry is [string, string] => entry[1] !== null && entry[1] !== '',
  );
  return new URLSearchParams(known).toString();
}

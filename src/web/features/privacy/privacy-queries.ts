import { queryOptions } from '@tanstack/react-query';
import type { PrivacyView } from '#modules/privacy/privacy-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

export const privacyQuery = queryOptions({
  queryKey: ['privacy'],
  queryFn: ({ signal }) => get<PrivacyView>('/api/privacy', signal),
});

type Hit = {
  readonly householdId: string;
  readonly name: string;
  readonly place: string;
  readonly houseNo: string;
  readonly accountNo: string;
};

export const householdsQuery = (typed: string) =>
  queryOptions({
    queryKey: ['privacy', 'households', typed],
    queryFn: ({ signal }) =>
      get<{ readonly hits: readonly Hit[] }>(`/api/households?q=${encodeURIComponent(typed)}`, signal),
    enabled: typed.trim().length >= 2,
  });

export function useErase() {
  return useWrite<{ householdId: string; reason: string }, { erased: true }>({
    path: ({ householdId }) => `/api/privacy/households/${householdId}/erase`,
    body: ({ reason }) => ({ reason }),
    stale: [privacyQuery.queryKey],
  });
}

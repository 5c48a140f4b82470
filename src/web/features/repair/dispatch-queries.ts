import { queryOptions } from '@tanstack/react-query';
import type { Candidate, DispatchView, ReassignReason, SettingsBody } from '#modules/repair/dispatch-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

export const DISPATCH_KEY = ['repair', 'dispatch'] as const;

export const dispatchQuery = queryOptions({
  queryKey: DISPATCH_KEY,
  queryFn: ({ signal }) => get<DispatchView>('/api/repair/dispatch', signal),
});

export const candidatesQuery = (orderId: string) =>
  queryOptions({
    queryKey: [...DISPATCH_KEY, orderId],
    queryFn: ({ signal }) => get<readonly Candidate[]>(`/api/repair/dispatch/${orderId}/crews`, signal),
  });

export function useSend(orderId: string) {
  return useWrite<{ readonly crewId: string }>({
    path: `/api/repair/dispatch/${orderId}`,
    stale: [DISPATCH_KEY],
  });
}

export function useReassign(orderId: string) {
  return useWrite<{
    readonly crewId: string;
    readonly fromCrewId: string;
    readonly reason: ReassignReason;
  }>({
    path: `/api/repair/dispatch/${orderId}/reassign`,
    stale: [DISPATCH_KEY],
  });
}

export function useStandBy(crewId: string) {
  return useWrite<{ readonly gridPointId: string }>({
    path: `/api/repair/crews/${crewId}/stand-by`,
    stale: [DISPATCH_KEY],
  });
}

export function useEndStandBy(crewId: string) {
  return useWrite<Record<string, never>>({
    path: `/api/repair/crews/${crewId}/stand-by/end`,
    stale: [DISPATCH_KEY],
  });
}

export function useSettings() {
  return useWrite<SettingsBody>({ path: '/api/repair/dispatch-settings', stale: [DISPATCH_KEY] });
}

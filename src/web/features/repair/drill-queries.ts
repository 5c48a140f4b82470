import { queryOptions } from '@tanstack/react-query';
import type { UnitChoice } from '#modules/case/case-work-api.ts';
import type {
  AddFindingBody,
  CheckFindingBody,
  DrillLine,
  DrillView,
  EndDrillBody,
  PlanDrillBody,
} from '#modules/repair/drill-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

const REFRESH = 5000;
const stale = [['repair', 'drills']];

export const drillsQuery = queryOptions({
  queryKey: ['repair', 'drills', 'list'],
  queryFn: ({ signal }) => get<readonly DrillLine[]>('/api/drills', signal),
  refetchInterval: REFRESH,
});

export const drillQuery = (id: string) =>
  queryOptions({
    queryKey: ['repair', 'drills', id],
    queryFn: ({ signal }) => get<DrillView>(`/api/drills/${id}`, signal),
    refetchInterval: REFRESH,
  });

export const drillUnitsQuery = queryOptions({
  queryKey: ['repair', 'units'],
  queryFn: ({ signal }) => get<readonly UnitChoice[]>('/api/units', signal),
  staleTime: 10 * 60_000,
});

export const drillOwnersQuery = (unitId: string | null) =>
  queryOptions({
    queryKey: ['repair', 'drill-owners', unitId],
    queryFn: ({ signal }) =>
      get<readonly { readonly id: string; readonly name: string }[]>(`/api/drill-owners/${unitId}`, signal),
    enabled: unitId !== null,
    staleTime: 10 * 60_000,
  });

export function usePlanDrill() {
  return useWrite<PlanDrillBody, { id: string }>({ path: '/api/drills', stale });
}

export function useBeginDrill(id: string) {
  return useWrite<Record<string, never>>({ path: `/api/drills/${id}/begin`, stale });
}

export function useCancelDrill(id: string) {
  return useWrite<Record<string, never>>({ path: `/api/drills/${id}/cancel`, stale });
}

export function useInject(what: 'give' | 'answered') {
  return useWrite<{ id: string }>({
    path: ({ id }) => `/api/drill-injects/${id}/${what}`,
    body: () => ({}),
    stale: [...stale, ['case']],
  });
}

export function useEndDrill(id: string) {
  return useWrite<EndDrillBody>({ path: `/api/drills/${id}/end`, stale: [...stale, ['case']] });
}

export function useAddFinding(id: string) {
  return useWrite<AddFindingBody>({ path: `/api/drills/${id}/findings`, stale });
}

export function useCloseFinding(id: string) {
  return useWrite<{ words: string }>({ path: `/api/drill-findings/${id}/close`, stale });
}

export function useCheckFinding(id: string) {
  return useWrite<CheckFindingBody>({ path: `/api/drill-findings/${id}/check`, stale });
}

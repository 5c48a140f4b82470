import { queryOptions } from '@tanstack/react-query';
import type {
  ConfirmBody,
  HazardBody,
  IncidentView,
  MergeBody,
  MoveBody,
  OpenIncident,
  SplitBody,
} from '#modules/outage/incident-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

export const OUTAGE_KEY = ['outage'] as const;

export const incidentsQuery = queryOptions({
  queryKey: [...OUTAGE_KEY, 'incidents'],
  queryFn: ({ signal }) => get<readonly OpenIncident[]>('/api/outage/incidents', signal),
});

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: [...OUTAGE_KEY, 'incident', id],
    queryFn: ({ signal }) => get<IncidentView>(`/api/outage/incidents/${id}`, signal),
  });

type Word = 'confirm' | 'false-alarm';

export function useWord(id: string) {
  return useWrite<ConfirmBody & { readonly word: Word }>({
    path: ({ word }) => `/api/outage/incidents/${id}/${word}`,
    body: ({ version }) => ({ version }),
    stale: [OUTAGE_KEY],
  });
}

export function useMove(id: string) {
  return useWrite<MoveBody>({ path: `/api/outage/incidents/${id}/move`, stale: [OUTAGE_KEY] });
}

export function useSplit(id: string) {
  return useWrite<SplitBody>({ path: `/api/outage/incidents/${id}/split`, stale: [OUTAGE_KEY] });
}

export function useMerge(id: string) {
  return useWrite<MergeBody>({ path: `/api/outage/incidents/${id}/merge`, stale: [OUTAGE_KEY] });
}

export function useHazard() {
  return useWrite<HazardBody, { readonly incidentId: string; readonly caseId: string; readonly no: string }>({
    path: '/api/outage/hazards',
    stale: [OUTAGE_KEY],
  });
}

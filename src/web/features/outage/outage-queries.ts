import { queryOptions } from '@tanstack/react-query';
import type { HazardBody, IncidentView } from '#modules/outage/incident-api.ts';
import type { SourceView } from '#modules/outage/source-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';
import { OUTAGE_KEY } from '../../ui/incident/incident-queries.ts';

export const sourcesQuery = queryOptions({
  queryKey: [...OUTAGE_KEY, 'sources'],
  queryFn: ({ signal }) => get<readonly SourceView[]>('/api/outage/sources', signal),
  refetchInterval: 60_000,
});

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: [...OUTAGE_KEY, 'incident', id],
    queryFn: ({ signal }) => get<IncidentView>(`/api/outage/incidents/${id}`, signal),
  });

export function useHazard() {
  return useWrite<HazardBody, { readonly incidentId: string; readonly caseId: string; readonly no: string }>({
    path: '/api/outage/hazards',
    stale: [OUTAGE_KEY],
  });
}

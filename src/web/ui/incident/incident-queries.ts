import { type QueryKey, queryOptions } from '@tanstack/react-query';
import type {
  ConfirmBody,
  MergeBody,
  MoveBody,
  OpenIncident,
  SplitBody,
} from '#modules/outage/incident-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

/** Every query of the feature `outage` begins so. */
export const OUTAGE_KEY = ['outage'] as const;

export const incidentsQuery = queryOptions({
  queryKey: [...OUTAGE_KEY, 'incidents'],
  queryFn: ({ signal }) => get<readonly OpenIncident[]>('/api/outage/incidents', signal),
});

type Word = 'confirm' | 'false-alarm';

export function useWord(id: string, stale: readonly QueryKey[]) {
  return useWrite<ConfirmBody & { readonly word: Word }>({
    path: ({ word }) => `/api/outage/incidents/${id}/${word}`,
    body: ({ version }) => ({ version }),
    stale,
  });
}

export function useMove(id: string, stale: readonly QueryKey[]) {
  return useWrite<MoveBody>({ path: `/api/outage/incidents/${id}/move`, stale });
}

export function useSplit(id: string, stale: readonly QueryKey[]) {
  return useWrite<SplitBody>({ path: `/api/outage/incidents/${id}/split`, stale });
}

export function useMerge(id: string, stale: readonly QueryKey[]) {
  return useWrite<MergeBody>({ path: `/api/outage/incidents/${id}/merge`, stale });
}

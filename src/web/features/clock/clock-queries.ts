import { queryOptions } from '@tanstack/react-query';
import type {
  ChangeView,
  CorrectionBody,
  ImportBody,
  LimitView,
  YearView,
} from '#modules/clock/clock-change-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

const stale = [['clock']];
/** A recalculation shows how far it is. */
const REFRESH = 3000;

export const yearsQuery = queryOptions({
  queryKey: ['clock', 'years'],
  queryFn: ({ signal }) => get<readonly YearView[]>('/api/clock/years', signal),
  refetchInterval: REFRESH,
});

export const changesQuery = queryOptions({
  queryKey: ['clock', 'changes'],
  queryFn: ({ signal }) => get<readonly ChangeView[]>('/api/clock/changes', signal),
  refetchInterval: REFRESH,
});

export const limitsQuery = queryOptions({
  queryKey: ['clock', 'limits'],
  queryFn: ({ signal }) => get<readonly LimitView[]>('/api/clock/limits', signal),
});

export function useImport() {
  return useWrite<ImportBody>({ path: '/api/clock/years', stale });
}

export function useCorrect() {
  return useWrite<CorrectionBody>({ path: '/api/clock/corrections', stale });
}

export function useDecide() {
  return useWrite<{ id: string; approve: boolean }>({
    path: ({ id }) => `/api/clock/corrections/${id}/decide`,
    body: ({ approve }) => ({ approve }),
    stale,
  });
}

import { queryOptions } from '@tanstack/react-query';
import type { CasePaper, CaseView, FinishBody } from '#modules/case/case-api.ts';
import type { WorkItem } from '#modules/case/case-list-api.ts';
import type { RepairOutlook } from '#modules/repair/command-api.ts';
import type { Candidate } from '#modules/repair/dispatch-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

export { useNames } from '../../lib/i18n.ts';

/** How often an open list or page asks again: nobody presses reload. */
const REFRESH = 5000;

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

/** What the customer of an open repair can be told; moves with every step of its crew. */
export const outlookQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', 'outlook', caseId],
    queryFn: ({ signal }) =>
      get<{ readonly outlook: RepairOutlook | null }>(`/api/repair/cases/${caseId}/outlook`, signal),
    refetchInterval: REFRESH,
  });

export const paperQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', 'paper', id],
    queryFn: ({ signal }) => get<CasePaper>(`/api/cases/${id}/paper`, signal),
  });

type Ref = FinishBody['ref'];
const stale = [['case']];

export function useTake(orderId: string) {
  return useWrite<{ seq: number; ref: Ref }>({ path: `/api/orders/${orderId}/take`, stale });
}

/** Every crew that stands ready for an order, the soonest first. */
export const crewsForQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['case', 'crews', orderId],
    queryFn: ({ signal }) => get<readonly Candidate[]>(`/api/repair/dispatch/${orderId}/crews`, signal),
  });

export function useSendCrew(orderId: string) {
  return useWrite<{ readonly crewId: string }>({ path: `/api/repair/dispatch/${orderId}`, stale });
}

export function useFinish(orderId: string) {
  return useWrite<FinishBody>({ path: `/api/orders/${orderId}/finish`, stale });
}

export function useReturn(orderId: string) {
  return useWrite<{ seq: number; from: Ref; to: string; reason: string; exception?: string }>({
    path: `/api/orders/${orderId}/return`,
    stale,
  });
}

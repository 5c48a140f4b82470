import { queryOptions } from '@tanstack/react-query';
import type { DeviceName } from '#modules/network/network-api.ts';
import type { TellingDecision } from '#modules/outage/domain/index.ts';
import type {
  AnswerBody,
  DraftPlan,
  PlanAction,
  PlanBoard,
  PlanHouseholds,
  PlanNotice,
  PlanView,
} from '#modules/outage/planned-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

export const PLANNED_KEY = ['planned'] as const;
const stale = [PLANNED_KEY, ['network']];

export const boardQuery = (from: number, to: number) =>
  queryOptions({
    queryKey: [...PLANNED_KEY, 'board', from],
    queryFn: ({ signal }) => get<PlanBoard>(`/api/planned?from=${from}&to=${to}`, signal),
  });

export const planQuery = (id: string) =>
  queryOptions({
    queryKey: [...PLANNED_KEY, 'one', id],
    queryFn: ({ signal }) => get<PlanView>(`/api/planned/${id}`, signal),
  });

export const affectedQuery = (id: string, kind: string, offset: number) =>
  queryOptions({
    queryKey: [...PLANNED_KEY, 'households', id, kind, offset],
    queryFn: ({ signal }) =>
      get<PlanHouseholds>(
        `/api/planned/${id}/households?offset=${offset}${kind === 'all' ? '' : `&kind=${kind}`}`,
        signal,
      ),
  });

export const noticeQuery = (id: string) =>
  queryOptions({
    queryKey: [...PLANNED_KEY, 'notice', id],
    queryFn: ({ signal }) => get<PlanNotice>(`/api/planned/${id}/notice`, signal),
  });

export const deviceSearchQuery = (words: string) =>
  queryOptions({
    queryKey: ['network', 'search', words],
    queryFn: ({ signal }) =>
      get<readonly DeviceName[]>(`/api/network/search?words=${encodeURIComponent(words)}`, signal),
    enabled: words !== '',
  });

export function useDraft() {
  return useWrite<DraftPlan, { readonly id: string }>({ path: '/api/planned', stale });
}

export type StepInput = { readonly action: PlanAction; readonly body: Readonly<Record<string, unknown>> };

export function useStep(id: string) {
  return useWrite<StepInput>({
    path: ({ action }) => `/api/planned/${id}/${action}`,
    body: ({ body }) => body,
    stale,
  });
}

export function useAnswerOf(id: string, householdId: string) {
  return useWrite<AnswerBody>({ path: `/api/planned/${id}/consultations/${householdId}`, stale });
}

export function useTold() {
  return useWrite<{ readonly id: string; readonly receipt: boolean }>({
    path: ({ id }) => `/api/planned/tellings/${id}`,
    body: ({ receipt }) => ({ receipt }),
    stale,
  });
}

/** `in-person`: somebody told him; `go-on`: the deputy manager goes on without. */
export function useTellingDecision() {
  return useWrite<{ readonly id: string; readonly decision: TellingDecision; readonly reason: string }>({
    path: ({ id, decision }) => `/api/planned/tellings/${id}/${decision}`,
    body: ({ reason }) => ({ reason }),
    stale,
  });
}

import { queryOptions } from '@tanstack/react-query';
import type { UnitChoice } from '#modules/case/case-work-api.ts';
import type {
  AppealDecisionBody,
  ComplaintView,
  DecideReclassificationBody,
  DeskPage,
  GradeBody,
  KeepAwayBody,
  LetBackBody,
  LiabilityNotice,
  PersonOption,
  ReclassifyBody,
  VerdictBody,
} from '#modules/voice/voice-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

/** How often an open page asks again: nobody presses reload. */
const REFRESH = 5000;
const stale = [['voice']];

export type DeskFilter = { readonly type: 'TS' | 'YJ'; readonly state: 'open' | 'closed' };

export const deskKey = (filter: DeskFilter) => ['voice', 'desk', filter] as const;

export async function fetchDesk(
  filter: DeskFilter,
  cursor: string | null,
  signal: AbortSignal,
): Promise<DeskPage> {
  const offset = cursor === null ? '' : `&offset=${cursor}`;
  return await get<DeskPage>(`/api/complaints?type=${filter.type}&state=${filter.state}${offset}`, signal);
}

export const complaintQuery = (id: string) =>
  queryOptions({
    queryKey: ['voice', 'one', id],
    queryFn: ({ signal }) => get<ComplaintView>(`/api/complaints/${id}`, signal),
    refetchInterval: REFRESH,
  });

export const noticesQuery = queryOptions({
  queryKey: ['voice', 'notices'],
  queryFn: ({ signal }) => get<readonly LiabilityNotice[]>('/api/liability-notices', signal),
  refetchInterval: REFRESH,
});

export const unitsQuery = queryOptions({
  queryKey: ['voice', 'units'],
  queryFn: ({ signal }) => get<readonly UnitChoice[]>('/api/units', signal),
  staleTime: 10 * 60_000,
});

export const peopleQuery = (name: string) =>
  queryOptions({
    queryKey: ['voice', 'people', name],
    queryFn: ({ signal }) =>
      get<readonly PersonOption[]>(`/api/complaint-people?name=${encodeURIComponent(name)}`, signal),
    enabled: name.trim() !== '',
  });

export function useTakeStep(orderId: string) {
  type Take = { seq: number; ref: ComplaintView['judgements'][number]['ref'] };
  return useWrite<Take>({ path: `/api/orders/${orderId}/take`, stale });
}

export function useGrade(id: string) {
  return useWrite<GradeBody>({ path: `/api/complaints/${id}/grade`, stale });
}

export function useVerdict(id: string) {
  return useWrite<VerdictBody>({ path: `/api/complaints/${id}/verdict`, stale });
}

export function useDecideAppeal(id: string) {
  return useWrite<AppealDecisionBody>({ path: `/api/complaints/${id}/appeal-decision`, stale });
}

export function useKeepAway(id: string) {
  return useWrite<KeepAwayBody>({ path: `/api/complaints/${id}/keep-away`, stale });
}

export function useLetBack(id: string) {
  return useWrite<LetBackBody>({ path: `/api/complaints/${id}/let-back`, stale });
}

export function useReclassify(id: string) {
  return useWrite<ReclassifyBody>({ path: `/api/complaints/${id}/reclassify`, stale });
}

export function useDecideReclassification(id: string) {
  return useWrite<DecideReclassificationBody>({ path: `/api/reclassifications/${id}/decide`, stale });
}

export function useDutyDone(id: string) {
  return useWrite<Record<string, never>>({ path: `/api/complaint-duties/${id}/done`, stale });
}

export function useAppeal(id: string) {
  return useWrite<{ words: string }>({ path: `/api/liability-notices/${id}/appeal`, stale });
}

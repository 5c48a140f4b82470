import { queryOptions } from '@tanstack/react-query';
import type {
  AskBody,
  CallBody,
  CaseWork,
  CommitBody,
  Commitment,
  HandOverBody,
  RejectBody,
  UnitChoice,
  WorkBeside,
} from '#modules/case/case-work-api.ts';
import type { Meeting } from '#modules/meeting/meeting-api.ts';
import type { ReviewBody, SupportReview } from '#modules/score/board-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

const REFRESH = 5000;
const stale = [['case']];

export const caseWorkQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', 'work-of', id],
    queryFn: ({ signal }) => get<CaseWork>(`/api/cases/${id}/work`, signal),
    refetchInterval: REFRESH,
  });

export const unitsQuery = queryOptions({
  queryKey: ['case', 'units'],
  queryFn: ({ signal }) => get<readonly UnitChoice[]>('/api/units', signal),
  staleTime: 10 * 60_000,
});

export const besideQuery = queryOptions({
  queryKey: ['case', 'beside'],
  queryFn: ({ signal }) => get<WorkBeside>('/api/work/beside', signal),
  refetchInterval: REFRESH,
});

export const meetingsOfQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', 'meetings', caseId],
    queryFn: ({ signal }) => get<readonly Meeting[]>(`/api/meetings?case=${caseId}`, signal),
  });

export const reviewsQuery = queryOptions({
  queryKey: ['case', 'reviews'],
  queryFn: ({ signal }) => get<readonly SupportReview[]>('/api/support-reviews', signal),
});

export function useReview(id: string) {
  return useWrite<ReviewBody>({ path: `/api/support-reviews/${id}`, stale });
}

export const commitmentsQuery = (mine: boolean) =>
  queryOptions({
    queryKey: ['case', 'commitments', mine],
    queryFn: ({ signal }) => get<readonly Commitment[]>(`/api/commitments${mine ? '?mine=1' : ''}`, signal),
    refetchInterval: REFRESH,
  });

export function useCommit(caseId: string) {
  return useWrite<CommitBody>({ path: `/api/cases/${caseId}/commitments`, stale });
}

export function useMoveCommitment(id: string) {
  return useWrite<{ dueAt: number; reason: string }>({ path: `/api/commitments/${id}/move`, stale });
}

export function useEndCommitment(id: string) {
  return useWrite<{ outcome: 'kept' | 'withdrawn'; words: string }>({
    path: `/api/commitments/${id}/end`,
    stale,
  });
}

export function useHandOver(caseId: string) {
  return useWrite<HandOverBody>({ path: `/api/cases/${caseId}/hand-over`, stale });
}

export function useReject(caseId: string) {
  return useWrite<RejectBody>({ path: `/api/cases/${caseId}/reject`, stale });
}

export function useAsk(caseId: string) {
  return useWrite<AskBody>({ path: `/api/cases/${caseId}/ask`, stale });
}

export function useAnswer(requestId: string) {
  return useWrite<{ answer: string }>({ path: `/api/joint-requests/${requestId}/answer`, stale });
}

export function useUrge(caseId: string) {
  return useWrite<{ words: string }>({ path: `/api/cases/${caseId}/urge`, stale });
}

export function useNote(caseId: string) {
  return useWrite<{ words: string }>({ path: `/api/cases/${caseId}/notes`, stale });
}

export function useLink(caseId: string) {
  return useWrite<{ orderId: string }>({ path: `/api/cases/${caseId}/link`, stale });
}

export function useUnlink(caseId: string) {
  return useWrite<{ reason: string }>({ path: `/api/cases/${caseId}/unlink`, stale });
}

export function useReopen(caseId: string) {
  return useWrite<{ reason: string; exception?: string }>({
    path: `/api/cases/${caseId}/reopen`,
    stale,
  });
}

export function useEnd(caseId: string) {
  return useWrite<{ kind: 'stopped' | 'withdrawn'; reason: string }>({
    path: `/api/cases/${caseId}/end`,
    stale,
  });
}

export function useDecideEnd(requestId: string) {
  return useWrite<{ approve: boolean }>({ path: `/api/end-requests/${requestId}/decide`, stale });
}

export function useCall(owedId: string) {
  return useWrite<CallBody>({ path: `/api/owed-calls/${owedId}/attempts`, stale });
}

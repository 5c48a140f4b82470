import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { AddedFile, CaseFiles } from '#modules/attachment/attachment-api.ts';
import type { CaseTalk, Evaluated } from '#modules/link/link-api.ts';
import { type ApiError, get, upload } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

const REFRESH = 10_000;

export const filesQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', 'files', caseId],
    queryFn: ({ signal }) => get<CaseFiles>(`/api/cases/${caseId}/files`, signal),
    refetchInterval: REFRESH,
  });

export const talkQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', 'talk', caseId],
    queryFn: ({ signal }) => get<CaseTalk>(`/api/cases/${caseId}/messages`, signal),
    refetchInterval: REFRESH,
  });

export function useAddFile(caseId: string) {
  const queryClient = useQueryClient();
  return useMutation<AddedFile, ApiError, File>({
    mutationFn: (file) => upload(`/api/cases/${caseId}/files`, file),
    networkMode: 'always',
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['case'] }),
  });
}

export function useRate(caseId: string) {
  return useWrite<{ solved: boolean; satisfied: boolean }, Evaluated>({
    path: `/api/cases/${caseId}/evaluation`,
    stale: [['case']],
  });
}

export function useBlankFile(caseId: string) {
  return useWrite<{ id: string }>({
    path: ({ id }) => `/api/cases/${caseId}/files/${id}/blank`,
    body: () => ({}),
    stale: [['case']],
  });
}

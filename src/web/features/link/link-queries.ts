import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Evaluated, LinkView } from '#modules/link/link-api.ts';
import { type ApiError, get, upload } from '../../lib/api.ts';
import { setServerClock } from '../../lib/server-clock.ts';
import { useWrite } from '../../lib/use-write.ts';

/** A customer leaves the page open and looks at it now and then. */
const REFRESH = 30_000;

const headersOf = (token: string) => ({ 'x-dafuwu-link': token });
const keyOf = (token: string) => ['link', token] as const;

export const linkQuery = (token: string) =>
  queryOptions({
    queryKey: keyOf(token),
    queryFn: async ({ signal }) => {
      const view = await get<LinkView>('/api/link', signal, headersOf(token));
      setServerClock(view.clock);
      return view;
    },
    refetchInterval: REFRESH,
  });

export function useAddWords(token: string) {
  return useWrite<{ digits: string; words: string }, { added: true }>({
    path: '/api/link/words',
    headers: headersOf(token),
    stale: [keyOf(token)],
  });
}

export function useEvaluate(token: string) {
  return useWrite<{ solved: boolean; satisfied: boolean; words: string }, Evaluated>({
    path: '/api/link/evaluation',
    headers: headersOf(token),
    stale: [keyOf(token)],
  });
}

export function useStillDark(token: string) {
  return useWrite<Record<string, never>, { heard: true }>({
    path: '/api/link/still-dark',
    headers: headersOf(token),
    stale: [keyOf(token)],
  });
}

export function useChooseLanguage(token: string) {
  return useWrite<{ language: 'zh' | 'en' }>({
    path: '/api/link/language',
    headers: headersOf(token),
    stale: [keyOf(token)],
  });
}

export function useAddPhoto(token: string) {
  const queryClient = useQueryClient();
  return useMutation<{ already: boolean }, ApiError, { digits: string; file: File }>({
    mutationFn: ({ digits, file }) =>
      upload('/api/link/files', file, { ...headersOf(token), 'x-dafuwu-digits': digits }),
    networkMode: 'always',
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(token) }),
  });
}

import { queryOptions, useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import type { PageAnswer, PageInfo, PagePlace, PageReport } from '#modules/door/page-api.ts';
import { doWork } from '#modules/door/domain/index.ts';
import { type ApiError, get, mayRepeat, newKey, write } from '../../lib/api.ts';

export const infoQuery = queryOptions({
  queryKey: ['report', 'info'],
  queryFn: ({ signal }) => get<PageInfo>('/api/page', signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const placesQuery = (typed: string) =>
  queryOptions({
    queryKey: ['report', 'places', typed],
    queryFn: ({ signal }) =>
      get<readonly PagePlace[]>(`/api/page/places?q=${encodeURIComponent(typed)}`, signal),
    enabled: typed.trim().length >= 2,
  });

type Report = Omit<PageReport, 'nonce'>;

/** Sends a report: the key and the work for it stay while the outcome is unknown, so that a retry is never a second case. */
export function useReport() {
  const attempt = useRef<{ key: string; nonce: number; input: string } | null>(null);
  return useMutation<PageAnswer, ApiError, Report>({
    mutationFn: async (report) => {
      const input = JSON.stringify(report);
      if (attempt.current?.input !== input) {
        const key = newKey();
        attempt.current = { key, nonce: doWork(key), input };
      }
      const { key, nonce } = attempt.current;
      return await write<PageAnswer>('POST', '/api/page/reports', { ...report, nonce }, key);
    },
    retry: (failures, error) => failures < 2 && error.status === 0,
    retryDelay: (failures) => 400 * 2 ** failures,
    networkMode: 'always',
    onError: (error) => {
      if (!mayRepeat(error)) attempt.current = null;
    },
  });
}

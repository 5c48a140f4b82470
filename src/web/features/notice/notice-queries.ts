import { queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import type { QueueState } from '#modules/notice/domain/index.ts';
import type { Bell, OwnMail, Queue } from '#modules/notice/notice-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

const REFRESH = 5000;

/** Asked again at each hint; the interval is for a stream that is lost. */
export const bellQuery = queryOptions({
  queryKey: ['bell'],
  queryFn: ({ signal }) => get<Bell>('/api/bell', signal),
  refetchInterval: 60_000,
});

export function useMarkRead() {
  return useWrite<{ ids: readonly string[] | null }>({ path: '/api/bell/read', stale: [bellQuery.queryKey] });
}

export const ownMailQuery = queryOptions({
  queryKey: ['own-mail'],
  queryFn: ({ signal }) => get<OwnMail>('/api/me/mail', signal),
});

export function useSetOwnMail() {
  return useWrite<OwnMail>({ method: 'PUT', path: '/api/me/mail', stale: [ownMailQuery.queryKey] });
}

const QUEUE = ['outbox'];

export function useQueuePages(state: QueueState) {
  return useInfiniteQuery({
    queryKey: [...QUEUE, state],
    queryFn: ({ pageParam, signal }) =>
      get<Queue>(`/api/outbox?state=${state}${pageParam === null ? '' : `&before=${pageParam}`}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: REFRESH,
  });
}

export function useQueueAction(action: 'retry' | 'withdraw') {
  return useWrite<{ id: string }>({
    path: ({ id }) => `/api/outbox/${id}/${action}`,
    body: () => ({}),
    stale: [QUEUE],
  });
}

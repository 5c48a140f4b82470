import { queryOptions } from '@tanstack/react-query';
import type { CallOutcome } from '#modules/case/case-words-api.ts';
import type { OwedCall } from '#modules/case/case-work-api.ts';
import type { CallFigures, CallNotes, CallView, Ringing } from '#modules/hall/call-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

/** Beside the live hint: a hint that got lost must not lose a call. */
const REFRESH = 4000;

export const ringingQuery = queryOptions({
  queryKey: ['calls', 'ringing'],
  queryFn: ({ signal }) => get<Ringing>('/api/calls/ringing', signal),
  refetchInterval: REFRESH,
});

export const owedQuery = queryOptions({
  queryKey: ['calls', 'owed'],
  queryFn: ({ signal }) => get<readonly OwedCall[]>('/api/owed-calls', signal),
  refetchInterval: REFRESH,
});

export const callFiguresQuery = queryOptions({
  queryKey: ['calls', 'figures'],
  queryFn: ({ signal }) => get<CallFigures>('/api/calls/figures', signal),
  refetchInterval: 30_000,
});

export const callQuery = (id: string) =>
  queryOptions({
    queryKey: ['calls', 'one', id],
    queryFn: ({ signal }) => get<CallView>(`/api/calls/${id}`, signal),
    refetchInterval: REFRESH,
  });

const stale = [['calls']];

export function useOpenCall() {
  return useWrite<{ phone: string }, { readonly id: string }>({ path: '/api/calls/open', stale });
}

export function useAnswer() {
  return useWrite<{ id: string }>({
    path: ({ id }) => `/api/calls/${id}/answer`,
    body: () => ({}),
    stale,
  });
}

export function useNoteOnCall(id: string) {
  return useWrite<CallNotes>({ method: 'PUT', path: `/api/calls/${id}/notes`, stale });
}

export function useEndCall(id: string) {
  return useWrite<{ outcome: 'done' | 'dropped' }>({ path: `/api/calls/${id}/end`, stale });
}

/** What came of a try to ring back. */
export function useCallBack(owedId: string) {
  return useWrite<{ outcome: CallOutcome }>({
    path: `/api/owed-calls/${owedId}/attempts`,
    body: ({ outcome }) => ({ outcome, words: null }),
    stale,
  });
}

import { queryOptions } from '@tanstack/react-query';
import type { ClockLedgerView, OrderPauses, PauseBody, PendingPause } from '#modules/case/clock-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

const stale = [['case']];

export const ledgerQuery = (clockId: string) =>
  queryOptions({
    queryKey: ['case', 'ledger', clockId],
    queryFn: ({ signal }) => get<ClockLedgerView>(`/api/clocks/${clockId}/ledger`, signal),
  });

/** `seq`: asked again when the order moved. */
export const pausesQuery = (orderId: string, seq: number) =>
  queryOptions({
    queryKey: ['case', 'pauses', orderId, seq],
    queryFn: ({ signal }) => get<OrderPauses>(`/api/orders/${orderId}/pauses`, signal),
    placeholderData: (before) => before,
  });

export const pendingQuery = queryOptions({
  queryKey: ['case', 'pending-pauses'],
  queryFn: ({ signal }) => get<readonly PendingPause[]>('/api/pauses', signal),
  refetchInterval: 10_000,
});

export function usePause(orderId: string) {
  return useWrite<PauseBody>({ path: `/api/orders/${orderId}/pauses`, stale });
}

export function useResume(orderId: string) {
  return useWrite<{ seq: number; pauseId: string }>({ path: `/api/orders/${orderId}/resume`, stale });
}

export function useDecidePause(orderId: string) {
  return useWrite<{ seq: number; pauseId: string; approve: boolean }>({
    path: `/api/orders/${orderId}/decide-pause`,
    stale,
  });
}

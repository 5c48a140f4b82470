import { queryOptions } from '@tanstack/react-query';
import type { AcceptShift, Offer, ShiftView } from '#modules/hall/shift-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

/** An offer is not urgent to the second; the bell of the one it is addressed to is faster. */
const REFRESH = 15_000;

export const shiftQuery = queryOptions({
  queryKey: ['shift'],
  queryFn: ({ signal }) => get<ShiftView>('/api/shift', signal),
  refetchInterval: REFRESH,
});

const stale = [['shift'], ['hall-drafts'], ['case']];

export function useOfferShift() {
  return useWrite<Offer>({ path: '/api/shift/offers', stale });
}

export function useAcceptShift(id: string) {
  return useWrite<AcceptShift, { readonly drafts: number; readonly tasks: number }>({
    path: `/api/shift/offers/${id}/accept`,
    stale,
  });
}

export function useWithdrawShift() {
  return useWrite<{ id: string }>({
    path: ({ id }) => `/api/shift/offers/${id}/withdraw`,
    body: () => ({}),
    stale,
  });
}

import { queryOptions } from '@tanstack/react-query';
import type { CasePage } from '#modules/case/case-list-api.ts';
import type { Supervised, SuperviseBody, UnitChoice } from '#modules/case/case-work-api.ts';
import type { CallMeetingBody, HoldMeetingBody, Meeting } from '#modules/meeting/meeting-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

const REFRESH = 5000;
const stale = [['meeting'], ['case'], ['control']];

/** The row of the board, or the one case, that it is about. */
export type CallSearch = {
  readonly kind?: 'meeting' | 'supervise' | undefined;
  readonly business?: string | undefined;
  readonly unit?: string | undefined;
  readonly case?: string | undefined;
  readonly no?: string | undefined;
};

export type Range = 'late' | 'hour' | 'week' | 'all';

export const meetingsQuery = queryOptions({
  queryKey: ['meeting', 'list'],
  queryFn: ({ signal }) => get<readonly Meeting[]>('/api/meetings', signal),
  refetchInterval: REFRESH,
});

export const meetingUnitsQuery = queryOptions({
  queryKey: ['meeting', 'units'],
  queryFn: ({ signal }) => get<readonly UnitChoice[]>('/api/units', signal),
  staleTime: 10 * 60_000,
});

export const rowQuery = ({ business, unit }: CallSearch, range: Range) =>
  queryOptions({
    queryKey: ['meeting', 'row', business, unit, range],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ state: 'open' });
      if (business !== undefined) query.set('business', business);
      if (unit !== undefined) query.set('unit', unit);
      if (range !== 'all') query.set('due', range);
      return get<CasePage>(`/api/cases?${query.toString()}`, signal);
    },
  });

export function useCallMeeting() {
  return useWrite<CallMeetingBody, { id: string }>({ path: '/api/meetings', stale });
}

export function useHoldMeeting(id: string) {
  return useWrite<HoldMeetingBody>({ path: `/api/meetings/${id}/held`, stale });
}

export function useCancelMeeting(id: string) {
  return useWrite<{ reason: string }>({ path: `/api/meetings/${id}/cancel`, stale });
}

export function useSupervise() {
  return useWrite<SuperviseBody, Supervised>({ path: '/api/supervisions', stale });
}

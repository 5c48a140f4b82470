import { queryOptions } from '@tanstack/react-query';
import type { FaultCardList } from '#modules/repair/fault-card-api.ts';
import type { FaultLine, MorningReport } from '#modules/repair/five-ones-api.ts';
import { get } from '../../lib/api.ts';

export const faultCardsQuery = queryOptions({
  queryKey: ['repair', 'fault-cards'],
  queryFn: ({ signal }) => get<FaultCardList>('/api/fault-cards', signal),
});

const REASONS = [
  'asked-again',
  'second-order',
  'crew-changed',
  'second-visit',
  'fixed-again',
  'opened-again',
] as const;
const SHOWN = ['kept', 'broken', 'running', 'no-visit', 'staged', 'repeated'] as const;

/** Which faults of the day a figure opens. */
type Shown = (typeof SHOWN)[number] | (typeof REASONS)[number];

export type FiveOnesSearch = { readonly day?: string; readonly show?: Shown };

/** Anything in the address that is no day or no choice of ours is left out. */
export function fiveOnesSearch(search: Record<string, unknown>): FiveOnesSearch {
  const { day } = search;
  const show = [...SHOWN, ...REASONS].find((one) => one === search['show']);
  return {
    ...(typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? { day } : {}),
    ...(show === undefined ? {} : { show }),
  };
}

export function keeps(fault: FaultLine, show: Shown): boolean {
  if (show === 'staged') return fault.staged;
  if (show === 'repeated') return fault.repeated;
  return isReason(show) ? fault.reasons.includes(show) : fault.state === show;
}

export function isReason(show: Shown): show is (typeof REASONS)[number] {
  return REASONS.some((one) => one === show);
}

export const fiveOnesQuery = (day: string) =>
  queryOptions({
    queryKey: ['repair', 'five-ones', day],
    queryFn: ({ signal }) => get<MorningReport>(`/api/five-ones?day=${day}`, signal),
  });

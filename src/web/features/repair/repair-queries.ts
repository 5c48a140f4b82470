import { queryOptions } from '@tanstack/react-query';
import type { FaultCardList } from '#modules/repair/fault-card-api.ts';
import type { ExceptionBody, FaultLine, MorningReport } from '#modules/repair/five-ones-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

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
const SHOWN = [
  'kept',
  'broken',
  'running',
  'no-visit',
  'staged',
  'repeated',
  'fixed-once',
  'excused',
  'entered-for',
  'unsaid',
] as const;

/** Which faults of the day a figure opens. */
type Shown = (typeof SHOWN)[number] | (typeof REASONS)[number];

/** `why`: a reason of the handbook, instead of `show`. */
export type FiveOnesSearch = { readonly day?: string; readonly show?: Shown; readonly why?: string };

/** Anything in the address that is no day or no choice of ours is left out. */
export function fiveOnesSearch(search: Record<string, unknown>): FiveOnesSearch {
  const { day } = search;
  const show = [...SHOWN, ...REASONS].find((one) => one === search['show']);
  return {
    ...(typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? { day } : {}),
    ...(show === undefined ? {} : { show }),
    ...(typeof search['why'] === 'string' && show === undefined ? { why: search['why'] } : {}),
  };
}

export function keeps(fault: FaultLine, show: Shown): boolean {
  if (show === 'fixed-once') return fault.restoration !== null && fixedOnce(fault);
  if (show === 'excused') return fault.excused;
  if (show === 'entered-for') return fault.enteredFor > 0;
  if (show === 'unsaid') return fault.chosen.includes(null);
  if (show === 'staged') return fault.staged;
  if (show === 'repeated') return fault.repeated;
  return isReason(show) ? fault.reasons.includes(show) : fault.state === show;
}

function fixedOnce({ reasons }: FaultLine): boolean {
  return !reasons.some((one) => one === 'second-visit' || one === 'fixed-again' || one === 'opened-again');
}

export function useExplainException() {
  return useWrite<ExceptionBody>({ path: '/api/five-ones/exceptions', stale: [['repair', 'five-ones']] });
}

export function isReason(show: Shown): show is (typeof REASONS)[number] {
  return REASONS.some((one) => one === show);
}

export const fiveOnesQuery = (day: string) =>
  queryOptions({
    queryKey: ['repair', 'five-ones', day],
    queryFn: ({ signal }) => get<MorningReport>(`/api/five-ones?day=${day}`, signal),
  });

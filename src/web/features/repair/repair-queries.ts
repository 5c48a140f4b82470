import { queryOptions } from '@tanstack/react-query';
import type { FaultCardList } from '#modules/repair/fault-card-api.ts';
import type { ExceptionBody, FaultLine, MorningReport, Span } from '#modules/repair/five-ones-api.ts';
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
  'arrangement-missed',
  'fixed-again',
  'opened-again',
] as const;
const SHOWN = [
  'kept',
  'broken',
  'running',
  'late',
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

const SPANS = ['arrivals', 'restorations', 'month'] as const;
const AREAS = ['city', 'rural', 'remote'] as const;

/** A figure of times: whose ledger is open. */
export type SpanKey = `${(typeof SPANS)[number]}.${(typeof AREAS)[number]}`;

/** `why`: a reason of the handbook, instead of `show`; `span`: the ledger of a figure of times. */
export type FiveOnesSearch = {
  readonly day?: string;
  readonly show?: Shown;
  readonly why?: string;
  readonly span?: SpanKey;
};

/** Anything in the address that is no day or no choice of ours is left out. */
export function fiveOnesSearch(search: Record<string, unknown>): FiveOnesSearch {
  const { day } = search;
  const show = [...SHOWN, ...REASONS].find((one) => one === search['show']);
  const span = SPANS.flatMap((kind) => AREAS.map((area): SpanKey => `${kind}.${area}`)).find(
    (one) => one === search['span'],
  );
  return {
    ...(typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? { day } : {}),
    ...(show === undefined ? {} : { show }),
    ...(span === undefined ? {} : { span }),
    ...(typeof search['why'] === 'string' && show === undefined ? { why: search['why'] } : {}),
  };
}

export function keeps(fault: FaultLine, show: Shown): boolean {
  if (show === 'fixed-once') return fault.fixedOnce === true;
  if (show === 'late') return fault.late;
  if (show === 'excused') return fault.excused;
  if (show === 'entered-for') return fault.enteredFor > 0;
  if (show === 'unsaid') return fault.chosen.includes(null);
  if (show === 'staged') return fault.staged;
  if (show === 'repeated') return fault.householdsRepeated > 0;
  return isReason(show) ? fault.reasons.includes(show) : fault.state === show;
}

/** The figure of times that a key means, with its name in the address. */
export function spanOf(report: MorningReport, key: SpanKey): Span | undefined {
  const [kind, area] = key.split('.');
  const spans = kind === 'month' ? report.month : kind === 'arrivals' ? report.arrivals : report.restorations;
  return spans.find((span) => span.area === area);
}

/** A promise that the figure does not keep: one fault beyond a limit that holds for each, or a mean beyond that of a period. */
export function isBeyond({ single, late, mean, limit }: Span): boolean {
  return single ? late > 0 : mean > limit;
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

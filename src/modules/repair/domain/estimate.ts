import { type Instant, MINUTE } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';

/** Who says when supply will be back: the crew, the reference minutes of the fault's card, the mean of own repairs, the dispatcher. */
export const ESTIMATE_SOURCES = ['crew', 'card', 'learnt', 'dispatcher'] as const;
export type EstimateSource = (typeof ESTIMATE_SOURCES)[number];

export type EstimateFacts = {
  readonly source: EstimateSource;
  readonly at: Instant;
  readonly now: Instant;
  readonly reportedAt: Instant;
  readonly restored: boolean;
  /** The time that holds now. */
  readonly current: Instant | null;
};

/**
 * A restoration time has a source, and in the first half hour it is the crew's word only: nobody invents one. A time that is
 * moved after it passed is late, and stays so in the history. Refusals: `estimate.restored`, `estimate.past`, `estimate.too-early`,
 * `estimate.same`.
 */
export function decideEstimate(
  { source, at, now, reportedAt, restored, current }: EstimateFacts,
  silence: number,
): { readonly movedLate: boolean } | Refusal {
  if (restored) return refuse('estimate.restored');
  if (at <= now) return refuse('estimate.past');
  if (at === current) return refuse('estimate.same');
  const from = reportedAt + silence * MINUTE;
  if (source !== 'crew' && now < from) return refuse('estimate.too-early', { minutes: silence, from });
  return { movedLate: current !== null && current <= now };
}

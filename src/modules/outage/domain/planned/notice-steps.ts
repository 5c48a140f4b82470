import type { Instant } from '#kernel/instant.ts';
import { type Refusal, refuse } from '#kernel/result.ts';

const NOTICE_KINDS = [
  'planned',
  'temporary',
  'grid-fault',
  'shortage',
  'theft',
  'breach',
  'arrears',
  'orderly',
] as const;
/** 生产类 are the first four, 营销类 the others (domain-rules §5.5). */
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export type NoticeState = 'reported' | 'restored' | 'closed';

export type NoticeFacts = {
  readonly state: NoticeState;
  readonly from: Instant;
  readonly until: Instant | null;
};

export type NoticeStep =
  | { readonly do: 'change'; readonly from: Instant; readonly until: Instant | null }
  | { readonly do: 'restored'; readonly at: Instant }
  | { readonly do: 'closed' };

/**
 * 报送 → 变更 as often as needed → 送电 → 完结. A change is told before the old end (§5.5); one that comes later is taken and marked late.
 * Refusals: `notice.wrong-state`, `notice.bad-time`.
 */
export function decideNotice(
  notice: NoticeFacts,
  step: NoticeStep,
  now: Instant,
): { readonly state: NoticeState; readonly late: boolean } | Refusal {
  const wrong = step.do === 'closed' ? notice.state === 'closed' : notice.state !== 'reported';
  if (wrong) return refuse('notice.wrong-state', { state: notice.state, step: step.do });
  if (step.do === 'closed') return { state: 'closed', late: false };
  if (step.do === 'restored')
    return step.at > now || step.at < notice.from
      ? refuse('notice.bad-time')
      : { state: 'restored', late: notice.until !== null && step.at > notice.until };
  if (step.until !== null && step.until <= Math.max(step.from, now)) return refuse('notice.bad-time');
  return { state: 'reported', late: notice.until !== null && now >= notice.until };
}

import type { Translate } from '../../lib/i18n.ts';
import type { incidentMessages } from './messages.ts';

const KINDS = ['breaker', 'recloser', 'switch', 'fuse', 'transformer', 'lv_branch', 'meter_box'] as const;

/** What a device is called; nothing of a kind that cannot fail. */
export function kindOf(kind: string, t: Translate<keyof (typeof incidentMessages)['zh']>): string {
  const known = KINDS.find((one) => one === kind);
  return known === undefined ? '' : t(`kind.${known}`);
}

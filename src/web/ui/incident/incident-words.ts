import type { Translate } from '../../lib/i18n.ts';
import { incidentMessages } from './messages.ts';

const KINDS = ['breaker', 'recloser', 'switch', 'fuse', 'transformer', 'lv_branch', 'meter_box'] as const;

/** What a device is called; nothing of a kind that cannot fail. */
export function kindOf(kind: string, t: Translate<keyof (typeof incidentMessages)['zh']>): string {
  const known = KINDS.find((one) => one === kind);
  return known === undefined ? '' : t(`kind.${known}`);
}

/** What customers were told; a newer program may have said something that this page does not know. */
export function newsOf(news: string, t: Translate<keyof (typeof incidentMessages)['zh']>): string {
  const key = `news.${news}`;
  return key in incidentMessages.zh ? t(key as keyof (typeof incidentMessages)['zh']) : news;
}

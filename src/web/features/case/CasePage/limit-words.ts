import type { Translate } from '../../../lib/i18n.ts';
import type { clockMessages } from '../clock-messages.ts';

type Key = keyof (typeof clockMessages)['zh'];

/** A limit as people say it: `5wd` → 5 个工作日. */
export function limitWords(t: Translate<Key>, limit: string): string {
  if (limit.startsWith('until:')) return t('limit.arranged');
  const [, n = '', unit = ''] = /^(\d+(?:\.\d+)?)(min|h|cd|wd|bh)$/.exec(limit) ?? [];
  if (unit === '') return limit;
  return n === '0' ? t('limit.sameDay') : t(`limit.${unit}` as Key, { n });
}

import type { Translate } from '../../lib/i18n.ts';
import type { messages } from './messages.ts';

type Key = keyof (typeof messages)['zh'];

const UNITS = { min: 'limit.min', h: 'limit.h', cd: 'limit.cd', wd: 'limit.wd' } as const;

/** A limit as people say it: `5wd` → 5 个工作日. */
export function limitWords(t: Translate<Key>, limit: string): string {
  const [, n = '', unit = ''] = /^(\d+(?:\.\d+)?)(min|h|cd|wd)$/.exec(limit) ?? [];
  return unit in UNITS ? t(UNITS[unit as keyof typeof UNITS], { n }) : limit;
}

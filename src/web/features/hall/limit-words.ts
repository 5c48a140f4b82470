import { type Language, translate } from '../../lib/i18n.ts';
import { receiptMessages } from './receipt-messages.ts';

const UNITS = { min: 'limit.min', h: 'limit.h', cd: 'limit.cd', wd: 'limit.wd' } as const;

/** A limit as it is said: `45min` → `45 分钟`, `5wd` → `5 个工作日`. */
export function limitWords(text: string, language: Language): string {
  const [, value = '', unit = ''] = /^(\d+)(\w+)$/.exec(text) ?? [];
  if (!Object.hasOwn(UNITS, unit)) return text;
  return translate(receiptMessages, language, UNITS[unit as keyof typeof UNITS], { value });
}

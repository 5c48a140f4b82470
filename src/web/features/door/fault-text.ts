import type { FaultOfField } from '#modules/door/domain/index.ts';
import { type Language, lookUp, type Translate } from '../../lib/i18n.ts';
import { gateMessages } from '../../ui/gate-messages.ts';
import { messages, refusals } from './messages.ts';

type Key = keyof (typeof messages)['zh'];

/** A fault of a field, in words. */
export function faultText(t: Translate<Key>, fault: FaultOfField): string {
  return `${t(`field.${fault.field}`)}: ${t(`fault.${fault.code}`)}`;
}

/** Why an order is no case yet; a code without words of its own is shown as it is. */
export function waitingText(t: Translate<Key>, code: string): string {
  const key = `fault.${code}`;
  return lookUp(messages, 'zh', key) === undefined ? t('fault.other', { code }) : t(key as Key);
}

/** What the gate says of a reply on a sheet: a reason of this feature, or what contradicts. */
export function gateText(language: Language, code: string): string {
  return lookUp(refusals, language, code) ?? lookUp(gateMessages, language, code) ?? code;
}

import type { OpenIncident } from '#modules/outage/incident-api.ts';
import type { useT } from '../../lib/i18n.ts';
import type { messages } from './messages.ts';

export type T = ReturnType<typeof useT<keyof (typeof messages)['zh']>>;

const KINDS = ['breaker', 'recloser', 'switch', 'fuse', 'transformer', 'lv_branch', 'meter_box'] as const;

/** What is out, in words: the device, a household's place, or the danger. */
export function whatOf(one: OpenIncident, t: T): string {
  if (one.hazard !== null)
    return `${t(`hazard.${one.hazard}`)} · ${one.place ?? one.device?.name ?? t('what.place')}`;
  if (one.device !== null) return one.device.name;
  return one.place === null ? t('what.ownNowhere') : t('what.own', { place: one.place });
}

export function kindOf(kind: string, t: T): string {
  const known = KINDS.find((one) => one === kind);
  return known === undefined ? '' : t(`kind.${known}`);
}

export function stateOf(one: OpenIncident, t: T): string {
  if (one.planned) return t('state.planned');
  return one.held ? t('state.held') : t(`state.${one.state}`);
}

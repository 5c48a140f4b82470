import type { OpenIncident } from '#modules/outage/incident-api.ts';
import type { useT } from '../../lib/i18n.ts';
import type { messages } from './messages.ts';

export type T = ReturnType<typeof useT<keyof (typeof messages)['zh']>>;

/** What is out, in words: the device, a household's place, or the danger. */
export function whatOf(one: OpenIncident, t: T): string {
  if (one.hazard !== null)
    return `${t(`hazard.${one.hazard}`)} · ${one.place ?? one.device?.name ?? t('what.place')}`;
  if (one.device !== null) return one.device.name;
  return one.place === null ? t('what.ownNowhere') : t('what.own', { place: one.place });
}

export function stateOf(one: OpenIncident, t: T): string {
  if (one.planned) return t('state.planned');
  return one.held ? t('state.held') : t(`state.${one.state}`);
}

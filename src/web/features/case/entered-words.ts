import type { EnteredView } from '#modules/case/timeline-api.ts';
import { DAY } from '#kernel/instant.ts';
import { formatDateTime, formatNumber } from '../../lib/format.ts';
import { useLanguage, useT } from '../../lib/i18n.ts';
import { useNow } from '../../lib/server-clock.ts';
import { useNames } from './case-queries.ts';
import { fieldMessages } from './field-messages.ts';
import { messages } from './messages.ts';

/** What a step wrote down, as it is read: `到达电压 226 V`. */
export function useEntered(): (entered: EnteredView) => string {
  const t = useT(messages);
  const tField = useT(fieldMessages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  return ({ name: of, value, type, unit, outside }) => {
    const said =
      typeof value === 'object'
        ? name(value)
        : typeof value === 'boolean'
          ? t(value ? 'case.yes' : 'case.no')
          : type === 'instant'
            ? formatDateTime(Number(value), now, language)
            : typeof value === 'number'
              ? formatNumber(value)
              : value;
    const measured = tField('entered', { name: name(of), value: unit === null ? said : `${said} ${unit}` });
    return outside === null ? measured : `${measured}${tField('entered.outside', { ...outside })}`;
  };
}

import { Switch } from 'antd';
import { MINUTE } from '#kernel/instant.ts';
import type { TellingDigest } from '#modules/repair/command-api.ts';
import { formatNumber, formatSoon } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { useTellingSettings } from '../command-queries.ts';
import { messages } from '../messages.ts';
import styles from './CommandPage.module.css';

/** Who tells the customers, the program or somebody by hand, and what the last hour said to whom. */
export function WhoTells({ telling }: { telling: TellingDigest }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const mayTell = useMay('repair.tell');
  const settings = useTellingSettings();
  const { automatic, said } = telling;
  return (
    <section className={styles['tells']} aria-label={t('by.title')}>
      <label className={styles['night']}>
        <Switch
          size="small"
          checked={automatic}
          disabled={!mayTell}
          loading={settings.isPending}
          onChange={(wanted) => settings.mutate({ automatic: wanted })}
        />{' '}
        {t('by.automatic')}
      </label>
      <span>
        {automatic && said !== null
          ? t('by.said', { by: said.by, time: formatSoon(said.at, now, language) })
          : t('by.hand')}
      </span>
      {telling.orders > 0 && (
        <span>
          {t('by.lately', {
            orders: formatNumber(telling.orders),
            messages: formatNumber(telling.messages),
            failed: formatNumber(telling.failed),
          })}
        </span>
      )}
      {settings.error && <ErrorPanel error={settings.error} kept />}
    </section>
  );
}

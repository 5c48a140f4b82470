import { Button, InputNumber, Switch } from 'antd';
import { useState } from 'react';
import { MINUTE } from '#kernel/instant.ts';
import type { TellingDigest } from '#modules/repair/command-api.ts';
import { formatNumber, formatSoon } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { usePace, useTellingSettings } from '../command-queries.ts';
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
      <Pace pace={telling.pace} mayTell={mayTell} />
      {settings.error && <ErrorPanel error={settings.error} kept />}
    </section>
  );
}

/** How many messages a minute go to those who did not report; whoever may tell sets another number, up to what the handbook allows. */
function Pace({ pace: of, mayTell }: { pace: TellingDigest['pace']; mayTell: boolean }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const setting = usePace();
  const [wanted, setWanted] = useState<number | null>(null);
  const { pace, by, usual, most, queued, lastAt } = of;
  const said = { pace: formatNumber(pace), usual: formatNumber(usual) };
  return (
    <span className={styles['pace']}>
      {by === null || pace === usual ? t('by.pace', said) : t('by.paceBy', { ...said, by })}
      {lastAt !== null &&
        ` · ${t('by.queued', { count: formatNumber(queued), last: formatSoon(lastAt, now, language) })}`}
      {mayTell && wanted === null && (
        <Button size="small" onClick={() => setWanted(pace)}>
          {t('by.paceChange')}
        </Button>
      )}
      {wanted !== null && (
        <>
          <InputNumber
            size="small"
            autoFocus
            aria-label={t('by.paceLabel', { most: formatNumber(most) })}
            min={1}
            max={most}
            precision={0}
            value={wanted}
            onChange={(value) => setWanted(value ?? pace)}
          />
          <Button
            size="small"
            loading={setting.isPending}
            onClick={() => setting.mutate({ pace: wanted }, { onSuccess: () => setWanted(null) })}
          >
            {t('by.paceSet')}
          </Button>
        </>
      )}
      {setting.error && <ErrorPanel error={setting.error} kept />}
    </span>
  );
}

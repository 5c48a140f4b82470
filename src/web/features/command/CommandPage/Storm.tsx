import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MINUTE } from '#kernel/instant.ts';
import type { CommandView } from '#modules/repair/command-api.ts';
import { formatNumber, formatSoon } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { forecastQuery } from '../command-queries.ts';
import { messages } from '../messages.ts';
import styles from './CommandPage.module.css';

/** It is a storm: by whose word, and when the whole queue would be lit if crews go as planned. */
export function Storm({ storm }: { storm: NonNullable<CommandView['storm']> }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const maySet = useMay('crew.dispatch');
  const { data } = useQuery(forecastQuery);
  const soon = (at: number | null) => (at === null ? t('storm.never') : formatSoon(at, now, language));
  return (
    <section className={styles['storm']} aria-label={t('storm.title')}>
      <h2>{t('storm.title')}</h2>
      <p>{t('storm.said', { time: formatSoon(storm.since, now, language), by: storm.by })}</p>
      {data !== undefined && (
        <p role="status">
          {data.households === 0
            ? t('storm.empty')
            : t('storm.queue', {
                orders: formatNumber(data.orders.length + data.unplanned),
                households: formatNumber(data.households),
                half: soon(data.halfAt),
                all: soon(data.allAt),
              })}{' '}
          {data.unplanned > 0 && t('storm.unplanned', { count: formatNumber(data.unplanned) })}
        </p>
      )}
      {maySet && <Link to="/dispatch">{t('storm.settings')}</Link>}
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { noticeMessages } from '../notice-messages.ts';
import { alarmsQuery, useEndAlarm } from '../notice-queries.ts';
import styles from './NoticesPage.module.css';

const MINUTE = 60_000;

/** Households that are dark and that nothing on record explains: before everything else on the page. */
export function Alarms() {
  const t = useT(noticeMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const list = useQuery(alarmsQuery);
  const ending = useEndAlarm();
  if (list.error) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
  const open = (list.data?.alarms ?? []).filter(({ endedAt }) => endedAt === null);
  if (open.length === 0) return null;
  return (
    <section className={styles['alarms']} role="alert">
      <h2>{t('alarm.title')}</h2>
      {ending.error && <ErrorPanel error={ending.error} kept />}
      {open.map(({ id, transformerId, transformer, feeder, households, since }) => (
        <div key={id} className={styles['line']}>
          <Link to="/network/devices/$id" params={{ id: transformerId }}>
            {t('alarm.line', { transformer, feeder: feeder ?? '', households: formatNumber(households) })}
          </Link>
          <span>{t('alarm.since', { time: formatDateTime(since, now, language) })}</span>
          {list.data?.mayEnd === true &&
            (['found', 'false-alarm'] as const).map((outcome) => (
              <Button
                key={outcome}
                size="small"
                loading={ending.isPending}
                aria-label={t(outcome === 'found' ? 'alarm.foundNamed' : 'alarm.falseNamed', {
                  name: transformer,
                })}
                onClick={() => ending.mutate({ id, outcome })}
              >
                {t(outcome === 'found' ? 'alarm.found' : 'alarm.false')}
              </Button>
            ))}
        </div>
      ))}
    </section>
  );
}

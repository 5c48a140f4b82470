import { useQuery } from '@tanstack/react-query';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import type { SourceView } from '#modules/outage/source-api.ts';
import { formatNumber, formatSoon } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { messages } from '../messages.ts';
import { sourcesQuery } from '../outage-queries.ts';
import styles from './OutagesPage.module.css';

const WIDTH = 10;
const HEIGHT = 28;

/** Where reports come from, hour by hour. A source that is cut off is said in words, and its hours are gaps, never a quiet line. */
export function Sources() {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { data } = useQuery(sourcesQuery);
  if (data === undefined) return null;
  const silent = data.filter((one) => one.silentSince !== null);
  return (
    <section className={styles['sources']} aria-label={t('sources.title')}>
      {silent.map(({ source, silentSince }) => (
        <p key={source} role="alert">
          <strong>
            {t('sources.silent', {
              source: t(`sources.${source}`),
              time: formatSoon(silentSince ?? now, now, language),
            })}
          </strong>
        </p>
      ))}
      <details>
        <summary>{t('sources.title')}</summary>
        <dl>
          {data.map((one) => (
            <Source key={one.source} view={one} />
          ))}
        </dl>
      </details>
    </section>
  );
}

function Source({ view }: { view: SourceView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { hours, lastAt } = view;
  const known = hours.filter((one) => one !== null);
  const most = Math.max(1, ...known);
  const said =
    lastAt === null ? t('sources.never') : t('sources.last', { time: formatSoon(lastAt, now, language) });
  const summary = t('sources.summary', {
    count: formatNumber(known.reduce((sum, one) => sum + one, 0)),
    missing: hours.length - known.length,
  });
  return (
    <>
      <dt>{t(`sources.${view.source}`)}</dt>
      <dd>
        <svg role="img" aria-label={summary} width={hours.length * WIDTH} height={HEIGHT}>
          {hours.map((count, i) => (
            <Hour key={hourName(now, hours.length - 1 - i)} count={count} most={most} x={i * WIDTH} />
          ))}
        </svg>
        <span>
          {said} · {summary}
        </span>
      </dd>
    </>
  );
}

function Hour({ count, most, x }: { count: number | null; most: number; x: number }) {
  if (count === null)
    return <path className={styles['missing']} d={`M${x + 1} ${HEIGHT}L${x + WIDTH - 2} 0`} />;
  const height = count === 0 ? 1 : Math.max(2, Math.round((count / most) * HEIGHT));
  return <rect className={styles['heard']} x={x + 1} y={HEIGHT - height} width={WIDTH - 2} height={height} />;
}

function hourName(now: number, ago: number): number {
  return Math.floor(now / HOUR) - ago;
}

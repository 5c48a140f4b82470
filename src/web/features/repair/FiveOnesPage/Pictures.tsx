import type { MorningReport, Span } from '#modules/repair/five-ones-api.ts';
import { formatPercent } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import type { FiveOnesSearch, SpanKey } from '../repair-queries.ts';
import styles from './FiveOnesPage.module.css';

/** Three pictures: what was broken and why, how long it took beside the promise, and the fortnight. */
export function Pictures(props: {
  report: MorningReport;
  show: (value: NonNullable<FiveOnesSearch['show']>) => void;
  open: (span: SpanKey) => void;
  openDay: (day: string) => void;
}) {
  const t = useT(messages);
  const { reasons, arrivals, restorations } = props.report;
  const most = Math.max(1, ...reasons.map((one) => one.faults));
  return (
    <div className={styles['pictures']}>
      <section>
        <h2>{t('ones.reasons')}</h2>
        <ul className={styles['bars']}>
          {reasons.map(({ reason, faults }) => (
            <li key={reason}>
              <span>{t(`ones.reason.${reason}`)}</span>
              <span className={styles['track']}>
                <span style={{ width: `${(faults / most) * 100}%` }} />
              </span>
              {faults === 0 ? (
                <span>0</span>
              ) : (
                <button type="button" onClick={() => props.show(reason)}>
                  {faults}
                </button>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{t('ones.times')}</h2>
        {arrivals.length + restorations.length === 0 && (
          <p className={styles['small']}>{t('ones.noTimes')}</p>
        )}
        <ul className={`${styles['bars']} ${styles['spans']}`}>
          {arrivals.map((span) => (
            <SpanLine
              key={`a-${span.area}`}
              span={span}
              open={() => props.open(`arrivals.${span.area}`)}
              name={t('ones.arrival', { area: t(`ones.area.${span.area}`) })}
            />
          ))}
          {restorations.map((span) => (
            <SpanLine
              key={`r-${span.area}`}
              span={span}
              open={() => props.open(`restorations.${span.area}`)}
              name={t('ones.restoration', { area: t(`ones.area.${span.area}`) })}
            />
          ))}
        </ul>
      </section>
      <Trend trend={props.report.trend} open={props.openDay} />
    </div>
  );
}

/** The mean as a bar, its limit as a line; a limit that holds for each says how many were late. */
function SpanLine({ span, name, open }: { span: Span; name: string; open: () => void }) {
  const t = useT(messages);
  const scale = Math.max(span.limit, span.mean) * 1.1;
  const mean = Math.round(span.mean);
  return (
    <li>
      <span>{name}</span>
      <span className={styles['track']}>
        <span style={{ width: `${(span.mean / scale) * 100}%` }} />
        <i style={{ left: `${(span.limit / scale) * 100}%` }} />
      </span>
      <span>
        <button type="button" onClick={open}>
          {t('ones.mean', { mean, limit: span.limit })}
        </button>
        <span className={styles['small']}>
          {' '}
          {span.single
            ? t('ones.single', { late: span.late, n: span.faults, longest: Math.round(span.longest) })
            : t('ones.period', { n: span.faults, longest: Math.round(span.longest) })}
        </span>
      </span>
    </li>
  );
}

function Trend(props: { trend: MorningReport['trend']; open: (day: string) => void }) {
  const t = useT(messages);
  const { trend } = props;
  return (
    <section>
      <h2>{t('ones.trend')}</h2>
      <ol className={styles['trend']}>
        {trend.map((one) => {
          const kept = one.judged === 0 ? null : one.kept / one.judged;
          const storm = one.storm ? t('ones.dayStorm') : '';
          const label =
            kept === null
              ? t('ones.dayNone', { day: one.day })
              : t('ones.dayKept', {
                  day: one.day,
                  share: formatPercent(kept),
                  part: one.kept,
                  whole: one.judged,
                });
          return (
            <li key={one.day}>
              <button
                type="button"
                title={label + storm}
                aria-label={label + storm}
                onClick={() => props.open(one.day)}
              >
                <span className={styles['column']}>
                  {kept !== null && <span style={{ height: `${Math.max(2, kept * 100)}%` }} />}
                </span>
                <span className={styles['small']}>
                  {Number(one.day.slice(8))}
                  {one.storm ? '*' : ''}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      {trend.some((one) => one.storm) && <p className={styles['small']}>{t('ones.stormMark')}</p>}
    </section>
  );
}

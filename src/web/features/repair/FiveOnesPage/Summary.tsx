import type { MorningReport, Span } from '#modules/repair/five-ones-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import { isBeyond, keeps, type SpanKey } from '../repair-queries.ts';
import styles from './FiveOnesPage.module.css';

/** The day in sentences: whether the five ones were kept, and beside it, apart, whether the promised times were. */
export function Summary({ report, open }: { report: MorningReport; open: (span: SpanKey) => void }) {
  const t = useT(messages);
  const { faults, arrivals, restorations, month } = report;
  const kept = faults.filter((fault) => keeps(fault, 'kept')).length;
  const judged = kept + faults.filter((fault) => keeps(fault, 'broken')).length;
  const area = (span: Span) => t(`ones.area.${span.area}`);
  const beyond = [
    ...arrivals.filter(isBeyond).map((span) => ({
      key: `arrivals.${span.area}` as const,
      words: t('ones.sum.late', { area: area(span), late: span.late, limit: span.limit }),
    })),
    ...restorations.filter(isBeyond).map((span) => ({
      key: `restorations.${span.area}` as const,
      words: t('ones.sum.day', { area: area(span), mean: Math.round(span.mean), limit: span.limit }),
    })),
    ...month.filter(isBeyond).map((span) => ({
      key: `month.${span.area}` as const,
      words: t('ones.sum.month', { area: area(span), mean: Math.round(span.mean), limit: span.limit }),
    })),
  ];
  const unsaid = faults.filter((fault) => keeps(fault, 'unsaid')).length;
  return (
    <ul className={styles['summary']} aria-label={t('ones.sum')}>
      <li>{t('ones.sum.kept', { judged, kept })}</li>
      {beyond.length === 0 && <li>{t('ones.sum.within')}</li>}
      {beyond.map(({ key, words }) => (
        <li key={key}>
          <button type="button" className={styles['link']} onClick={() => open(key)}>
            {words}
          </button>
        </li>
      ))}
      {unsaid > 0 && <li>{t('ones.sum.unsaid', { n: unsaid })}</li>}
    </ul>
  );
}

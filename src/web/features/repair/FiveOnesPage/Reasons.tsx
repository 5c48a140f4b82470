import type { MorningReport } from '#modules/repair/five-ones-api.ts';
import { useNames, useT } from '../../../lib/i18n.ts';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { messages } from '../messages.ts';
import { isBeyond, type SpanKey } from '../repair-queries.ts';
import styles from './FiveOnesPage.module.css';

/** The reasons that people chose, by faults and by households; the months' means beside their promise. */
export function Reasons(props: {
  report: MorningReport;
  show: (reason: string | null) => void;
  open: (span: SpanKey) => void;
}) {
  const t = useT(messages);
  const name = useNames();
  const { chosen, month } = props.report;
  const rows = chosen.map((one) => ({
    ...one,
    id: one.reason ?? '',
    label: (one.name === null ? t('ones.unsaid') : name(one.name)) + (one.excuse ? t('ones.isExcuse') : ''),
    open: () => props.show(one.reason),
  }));
  const means = month.map((one) => ({
    ...one,
    id: one.area,
    label: t('ones.minutes', { n: Math.round(one.mean) }) + (isBeyond(one) ? t('ones.isBeyond') : ''),
    open: () => props.open(`month.${one.area}`),
  }));
  return (
    <div className={styles['two']}>
      <section>
        <h2>{t('ones.chosen')}</h2>
        {rows.length === 0 && <p className={styles['small']}>{t('ones.chosenNone')}</p>}
        {rows.length > 0 && (
          <PlainTable
            rows={rows}
            columns={[
              { title: t('ones.col.reason'), cell: reasonLink },
              { title: t('ones.faults'), cell: (row) => row.faults },
              { title: t('ones.col.households'), cell: (row) => row.households },
            ]}
          />
        )}
      </section>
      <section>
        <h2>{t('ones.month')}</h2>
        {means.length === 0 && <p className={styles['small']}>{t('ones.noTimes')}</p>}
        {means.length > 0 && (
          <PlainTable
            rows={means}
            columns={[
              { title: t('ones.col.area'), cell: (row) => t(`ones.area.${row.area}`) },
              { title: t('ones.faults'), cell: (row) => row.faults },
              { title: t('ones.col.mean'), cell: reasonLink },
              { title: t('ones.col.limit'), cell: (row) => t('ones.minutes', { n: row.limit }) },
              {
                title: t('ones.col.longest'),
                cell: (row) => t('ones.minutes', { n: Math.round(row.longest) }),
              },
            ]}
          />
        )}
      </section>
    </div>
  );
}

function reasonLink({ label, open }: { readonly label: string; readonly open: () => void }) {
  return (
    <button type="button" className={styles['link']} onClick={open}>
      {label}
    </button>
  );
}

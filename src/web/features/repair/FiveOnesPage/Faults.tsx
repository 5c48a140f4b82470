import { Button } from 'antd';
import type { FaultLine, MorningReport } from '#modules/repair/five-ones-api.ts';
import { formatTime } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { messages } from '../messages.ts';
import { type FiveOnesSearch, isReason, keeps } from '../repair-queries.ts';
import styles from './FiveOnesPage.module.css';

/** The faults behind the figures; each opens its case with clocks and ledgers. */
export function Faults(props: { report: MorningReport; show: FiveOnesSearch['show']; onAll: () => void }) {
  const t = useT(messages);
  const { report, show } = props;
  const rows = report.faults
    .filter((fault) => show === undefined || keeps(fault, show))
    .map((fault) => ({ ...fault, id: fault.orderId }));
  return (
    <section>
      <h2>
        {show === undefined
          ? t('ones.all', { n: rows.length })
          : t('ones.some', {
              what: isReason(show) ? t(`ones.reason.${show}`) : t(`ones.show.${show}`),
              n: rows.length,
            })}{' '}
        {show !== undefined && (
          <Button type="link" size="small" onClick={props.onAll}>
            {t('ones.showAll')}
          </Button>
        )}
      </h2>
      <PlainTable
        rows={rows}
        columns={[
          { title: t('ones.col.no'), cell: caseLink },
          { title: t('ones.col.at'), cell: (row) => formatTime(row.reportedAt) },
          { title: t('ones.col.unit'), cell: (row) => placeOf(t, row), minor: true },
          { title: t('ones.col.arrival'), cell: (row) => minutesOf(t, row.arrival) },
          { title: t('ones.col.restoration'), cell: (row) => minutesOf(t, row.restoration), minor: true },
          { title: t('ones.col.verdict'), cell: verdictOf },
        ]}
      />
    </section>
  );
}

type T = ReturnType<typeof useT<keyof (typeof messages)['zh']>>;

function placeOf(t: T, { unit, area }: FaultLine): string {
  return [unit, area === null ? null : t(`ones.area.${area}`)].filter(Boolean).join(' · ');
}

function minutesOf(t: T, minutes: number | null): string {
  return minutes === null ? '—' : t('ones.minutes', { n: Math.round(minutes) });
}

function caseLink({ caseId, no }: FaultLine) {
  return <CaseLink caseId={caseId} number={no} />;
}

function verdictOf(fault: FaultLine) {
  return <Verdict fault={fault} />;
}

function Verdict({ fault }: { fault: FaultLine }) {
  const t = useT(messages);
  const said = [
    ...fault.reasons.map((reason) => t(`ones.reason.${reason}`)),
    ...(fault.staged ? [t('ones.show.staged')] : []),
    ...(fault.repeated ? [t('ones.show.repeated')] : []),
    ...(fault.excuse === null ? [] : [t(fault.excuse.told ? 'ones.excuseTold' : 'ones.excuseUntold')]),
  ];
  return (
    <>
      {t(`ones.show.${fault.state}`)}
      {said.length > 0 && <span className={styles['small']}> {said.join('；')}</span>}
    </>
  );
}

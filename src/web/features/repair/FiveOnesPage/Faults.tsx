import { Button, Select } from 'antd';
import type { FaultLine, MorningReport } from '#modules/repair/five-ones-api.ts';
import { formatList, formatTime } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { messages } from '../messages.ts';
import { type FiveOnesSearch, isReason, keeps, useExplainException } from '../repair-queries.ts';
import styles from './FiveOnesPage.module.css';
import { useBroughtIntoSight } from './use-brought-into-sight.ts';

/** The faults behind the figures; each opens its case with clocks and ledgers. */
export function Faults(props: {
  report: MorningReport;
  show: FiveOnesSearch['show'];
  why: string | undefined;
  onAll: () => void;
}) {
  const t = useT(messages);
  const name = useNames();
  const { report, show, why } = props;
  const section = useBroughtIntoSight(show ?? why);
  const reason = report.chosen.find((one) => one.reason === why)?.name;
  const rows = report.faults
    .filter((fault) => show === undefined || keeps(fault, show))
    .filter((fault) => why === undefined || fault.chosen.includes(why))
    .map((fault) => ({ ...fault, id: fault.orderId, choices: report.choices }));
  return (
    <section ref={section}>
      <h2>
        {show === undefined
          ? reason
            ? t('ones.some', { what: name(reason), n: rows.length })
            : t('ones.all', { n: rows.length })
          : t('ones.some', {
              what: isReason(show) ? t(`ones.reason.${show}`) : t(`ones.show.${show}`),
              n: rows.length,
            })}{' '}
        {(show !== undefined || why !== undefined) && (
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
          {
            title: t('ones.col.unit'),
            cell: (row) => placeOf(t, report.storm ? { ...row, unit: null } : row),
            minor: true,
          },
          {
            title: t('ones.col.arrival'),
            cell: (row) => [minutesOf(t, row.arrival), row.late ? t('ones.show.late') : ''].join(' '),
          },
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

type Line = FaultLine & Pick<MorningReport, 'choices'>;

function verdictOf(line: Line) {
  return <Verdict fault={line} choices={line.choices} />;
}

function Verdict({ fault, choices }: { fault: FaultLine; choices: MorningReport['choices'] }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const name = useNames();
  const said = [
    ...fault.reasons.map((reason) => t(`ones.reason.${reason}`)),
    ...fault.chosen.flatMap((id) => {
      const known = choices.find((one) => one.id === id);
      return known === undefined ? [] : [name(known.name)];
    }),
    ...(fault.excused ? [t('ones.show.excused')] : []),
    ...(fault.permission > 0 ? [t('ones.permission', { n: Math.round(fault.permission) })] : []),
    ...(fault.staged ? [t('ones.show.staged')] : []),
    ...(fault.householdsRepeated > 0 ? [t('ones.show.repeated')] : []),
    ...(fault.excuse === null ? [] : [t(fault.excuse.told ? 'ones.excuseTold' : 'ones.excuseUntold')]),
  ];
  return (
    <>
      {t(`ones.show.${fault.state}`)}
      {said.length > 0 && <span className={styles['small']}> {formatList(said, language, 'clauses')}</span>}
      {fault.chosen.includes(null) && <SayWhy fault={fault} choices={choices} />}
    </>
  );
}

const SAID = ['crew', 'arrival', 'fix'];

/** Nobody said yet why: whoever reads the report may. */
function SayWhy({ fault, choices }: { fault: FaultLine; choices: MorningReport['choices'] }) {
  const t = useT(messages);
  const name = useNames();
  const explain = useExplainException();
  return (
    <>
      <Select
        size="small"
        className={styles['why'] ?? ''}
        aria-label={`${fault.no} ${t('ones.sayWhy')}`}
        placeholder={t('ones.sayWhy')}
        value={null}
        loading={explain.isPending}
        options={choices
          .filter((one) => one.ones.some((kind) => SAID.includes(kind)))
          .map((one) => ({ value: one.id, label: name(one.name) }))}
        onChange={(reason: string | null) =>
          reason !== null && explain.mutate({ orderId: fault.orderId, reason })
        }
      />
      {explain.error && <ErrorPanel error={explain.error} kept />}
    </>
  );
}

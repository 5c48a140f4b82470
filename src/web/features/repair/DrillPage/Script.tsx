import { Button } from 'antd';
import type { DrillInject, DrillView } from '#modules/repair/drill-api.ts';
import { formatTime } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { drillMessages } from '../drill-messages.ts';
import { useInject } from '../drill-queries.ts';
import styles from './DrillPage.module.css';

type Line = DrillInject & { readonly mayAct: boolean };

/** The events of the script, when they were given, and how long it took until somebody took it up, was there, had supply back. */
export function Script({ drill, mayRun }: { drill: DrillView; mayRun: boolean }) {
  const t = useT(drillMessages);
  const minutes = (n: number | null) => (n === null ? '—' : t('minutes', { n: Math.round(n) }));
  const rows = drill.injects.map((one): Line => ({ ...one, mayAct: mayRun && drill.state === 'running' }));
  return (
    <section>
      <h2>{t('script')}</h2>
      <PlainTable
        rows={rows}
        columns={[
          { title: t('col.after'), cell: (row) => t('after', { n: row.afterMinutes }) },
          { title: t('col.what'), cell: whatOf },
          { title: t('col.given'), cell: givenOf },
          { title: t('col.reaction'), cell: (row) => minutes(row.reaction) },
          { title: t('col.arrival'), cell: (row) => minutes(row.arrival), minor: true },
          { title: t('col.restoration'), cell: (row) => minutes(row.restoration), minor: true },
        ]}
      />
    </section>
  );
}

function whatOf({ words, place, caseId, no }: Line) {
  return (
    <>
      {words}
      {place !== null && <span className={styles['small']}> {place}</span>}{' '}
      {caseId !== null && no !== null && <CaseLink caseId={caseId} number={no} />}
    </>
  );
}

function givenOf(line: Line) {
  return <Given line={line} />;
}

function Given({ line }: { line: Line }) {
  const t = useT(drillMessages);
  const giving = useInject('give');
  const answering = useInject('answered');
  const { id, givenAt, mayAct, process, reaction, words } = line;
  const error = giving.error ?? answering.error;
  return (
    <>
      {givenAt === null ? (mayAct ? '' : t('notGiven')) : formatTime(givenAt)}{' '}
      {mayAct && givenAt === null && (
        <Button
          size="small"
          aria-label={`${t('give')} ${words}`}
          loading={giving.isPending}
          onClick={() => giving.mutate({ id })}
        >
          {t('give')}
        </Button>
      )}
      {mayAct && givenAt !== null && process === null && reaction === null && (
        <Button
          size="small"
          aria-label={`${t('answered')} ${words}`}
          loading={answering.isPending}
          onClick={() => answering.mutate({ id })}
        >
          {t('answered')}
        </Button>
      )}
      {error && <ErrorPanel error={error} kept />}
    </>
  );
}

import { Button } from 'antd';
import { MINUTE } from '#kernel/instant.ts';
import type { DrillInject, DrillView } from '#modules/repair/drill-api.ts';
import { formatDuration, formatTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { drillMessages } from '../drill-messages.ts';
import { useInject } from '../drill-queries.ts';
import styles from './DrillPage.module.css';

type Line = DrillInject & { readonly mayAct: boolean; readonly dueAt: number };

/** The events of the script, when they were given, and how long it took until somebody took it up, was there, had supply back. */
export function Script({ drill, mayRun }: { drill: DrillView; mayRun: boolean }) {
  const t = useT(drillMessages);
  const minutes = (n: number | null) => (n === null ? '—' : t('minutes', { n: Math.round(n) }));
  const began = drill.beganAt ?? drill.plannedAt;
  const rows = drill.injects.map(
    (one): Line => ({
      ...one,
      mayAct: mayRun && drill.state === 'running',
      dueAt: began + one.afterMinutes * MINUTE,
    }),
  );
  return (
    <section>
      <h2>{t('script')}</h2>
      <PlainTable
        rows={rows}
        columns={[
          {
            title: t('col.after'),
            cell: (row) => t('atTime', { time: formatTime(row.dueAt), n: row.afterMinutes }),
          },
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
  const { language } = useLanguage();
  const now = useNow(MINUTE / 4);
  const { id, givenAt, mayAct, dueAt, process, reaction, words } = line;
  const span = formatDuration(Math.max(0, dueAt - now), language);
  const error = giving.error ?? answering.error;
  return (
    <>
      {givenAt !== null && formatTime(givenAt)}
      {givenAt === null && !mayAct && t('notGiven')}
      {givenAt === null && mayAct && (dueAt <= now ? <strong>{t('dueNow')}</strong> : t('dueIn', { span }))}{' '}
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

import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { DAY } from '#kernel/instant.ts';
import type { DrillLine } from '#modules/repair/drill-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { drillMessages } from '../drill-messages.ts';
import { drillsQuery } from '../drill-queries.ts';
import styles from './DrillsPage.module.css';
import { PlanForm } from './PlanForm.tsx';

export const route = createLazyRoute('/drills')({ component: DrillsPage });

/** 演练: what was exercised and what is still to be put right. */
function DrillsPage() {
  const t = useT(drillMessages);
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  const mayRun = useMay('drill.run');
  const drills = useQuery(drillsQuery);
  if (drills.error) return <ErrorPanel error={drills.error} onRetry={() => void drills.refetch()} />;
  if (!drills.data) return <PageSkeleton />;
  return (
    <div className={styles['page']}>
      <PageHead title={t('title')} owner={t('owner')} />
      {mayRun && (
        <details className={styles['fold']}>
          <summary>{t('plan')}</summary>
          <PlanForm />
        </details>
      )}
      {drills.data.length === 0 && <EmptyState title={t('none')} body={t('noneBody')} />}
      {drills.data.length > 0 && (
        <PlainTable
          rows={drills.data}
          columns={[
            { title: t('col.title'), cell: drillLink },
            { title: t('col.when'), cell: (row) => formatDateTime(row.plannedAt, now, language) },
            { title: t('col.state'), cell: (row) => t(`state.${row.state}`) },
            { title: t('col.injects'), cell: (row) => row.injects, minor: true },
            {
              title: t('col.findings'),
              cell: (row) =>
                t('findings.of', {
                  n: row.findings,
                  open: row.findingsOpen,
                  unchecked: row.findingsUnchecked,
                }),
            },
          ]}
        />
      )}
    </div>
  );
}

function drillLink({ id, title }: DrillLine) {
  return (
    <Link to="/drills/$id" params={{ id }}>
      {title}
    </Link>
  );
}

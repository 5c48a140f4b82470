import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { OpenIncident } from '#modules/outage/incident-api.ts';
import { formatDateTime, formatNumber, formatSoon } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { DataList, type ListColumn, type ListPage } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { stateOf, type T, whatOf } from '../incident-words.ts';
import { messages } from '../messages.ts';
import { incidentsQuery, OUTAGE_KEY } from '../../../ui/incident/incident-queries.ts';
import { HazardForm } from './HazardForm.tsx';
import styles from './OutagesPage.module.css';
import { Sources } from './Sources.tsx';

export const route = createLazyRoute('/outages')({ component: OutagesPage });

const MINUTE = 60_000;
/** The list and the figures above it are one answer of the server, not two. */
const JUST_ASKED = 1000;

/** What is out now: dangers apart, then the largest. */
function OutagesPage() {
  const t = useT(messages);
  const mayReport = useMay('outage.report');
  const incidents = useQuery(incidentsQuery);
  const [reporting, setReporting] = useState(false);
  useLive(['outage'], incidentsQuery.queryKey);
  const all = incidents.data ?? [];
  const dark = all.filter(({ state, hazard }) => state !== 'restored' && hazard === null);
  const households = dark.reduce((sum, one) => sum + one.households, 0);
  return (
    <div className={styles['page']}>
      <PageHead
        title={t('page.title')}
        owner={t('page.summary', {
          incidents: formatNumber(dark.length),
          households: formatNumber(households),
        })}
        actions={
          mayReport && !reporting ? (
            <Button onClick={() => setReporting(true)}>{t('page.report')}</Button>
          ) : undefined
        }
      />
      {reporting && <HazardForm onEnd={() => setReporting(false)} />}
      {incidents.error && <ErrorPanel error={incidents.error} onRetry={() => void incidents.refetch()} />}
      <Hazards hazards={all.filter(({ hazard }) => hazard !== null)} />
      <Sources />
      <Incidents />
    </div>
  );
}

function Hazards({ hazards }: { hazards: readonly OpenIncident[] }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  if (hazards.length === 0) return null;
  return (
    <section className={styles['hazards']} aria-label={t('page.hazards')}>
      <h2>{t('page.hazards')}</h2>
      <PlainTable
        rows={hazards}
        columns={[
          { title: t('col.what'), cell: incidentLink },
          { title: t('col.since'), cell: (row) => formatDateTime(row.since, now, language) },
          { title: t('col.order'), cell: (row) => orderOf(row, t) },
        ]}
      />
    </section>
  );
}

function Incidents() {
  const t = useT(messages);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [filter, setFilter] = useState('');
  const fetchPage = async (): Promise<ListPage<OpenIncident>> => {
    const all = await queryClient.fetchQuery({ ...incidentsQuery, staleTime: JUST_ASKED });
    const rows = all.filter((one) => one.hazard === null && isLike(one, filter.trim(), t));
    return { rows, next: null, total: rows.length };
  };
  return (
    <DataList<OpenIncident>
      label={t('page.open')}
      queryKey={[...OUTAGE_KEY, 'list', filter.trim()]}
      fetchPage={fetchPage}
      columns={useColumns()}
      rowKey={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: '/outages/$id', params: { id } })}
      topics={['outage']}
      filter={{ value: filter, onChange: setFilter, hint: t('page.filter') }}
      empty={
        filter.trim() === '' ? (
          <EmptyState title={t('page.none')} body={t('page.noneBody')} />
        ) : (
          <EmptyState title={t('page.filtered')} />
        )
      }
    />
  );
}

function useColumns(): readonly ListColumn<OpenIncident>[] {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  return [
    { key: 'what', title: t('col.what'), width: 'minmax(0, 3fr)', cell: (row) => whatOf(row, t) },
    {
      key: 'households',
      title: t('col.households'),
      width: '88px',
      align: 'right',
      cell: (row) => formatNumber(row.households),
    },
    { key: 'state', title: t('col.state'), width: 'minmax(72px, 1fr)', cell: (row) => stateOf(row, t) },
    {
      key: 'posterior',
      title: t('col.posterior'),
      width: '72px',
      align: 'right',
      secondary: true,
      cell: (row) => `${Math.round(row.posterior * 100)}%`,
    },
    {
      key: 'reports',
      title: t('col.reports'),
      width: '72px',
      align: 'right',
      secondary: true,
      cell: (row) => formatNumber(row.reports),
    },
    {
      key: 'since',
      title: t('col.since'),
      width: '112px',
      secondary: true,
      cell: (row) => formatSoon(row.since, now, language),
    },
    {
      key: 'feeder',
      title: t('col.feeder'),
      width: 'minmax(0, 2fr)',
      secondary: true,
      cell: (row) => row.feeder?.name ?? '',
    },
    {
      key: 'order',
      title: t('col.order'),
      width: 'minmax(96px, 1fr)',
      secondary: true,
      cell: (row) => row.caseNo ?? t(row.orderId === null ? 'state.noOrder' : 'state.otherOrder'),
    },
  ];
}

function isLike(one: OpenIncident, words: string, t: T): boolean {
  return words === '' || [whatOf(one, t), one.feeder?.name, one.caseNo].some((text) => text?.includes(words));
}

function incidentLink(incident: OpenIncident) {
  return <IncidentLink incident={incident} />;
}

function IncidentLink({ incident }: { incident: OpenIncident }) {
  const t = useT(messages);
  return (
    <Link to="/outages/$id" params={{ id: incident.id }}>
      {whatOf(incident, t)}
    </Link>
  );
}

function orderOf({ caseId, caseNo, orderId }: OpenIncident, t: T) {
  if (caseId !== null && caseNo !== null) return <CaseLink caseId={caseId} number={caseNo} />;
  return t(orderId === null ? 'state.noOrder' : 'state.otherOrder');
}

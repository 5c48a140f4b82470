import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useParams } from '@tanstack/react-router';
import type { IncidentEvent, IncidentReport, IncidentView } from '#modules/outage/incident-api.ts';
import { formatDateTime, formatNumber, formatPercent } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { Timeline } from '../../../ui/Timeline.tsx';
import { kindOf } from '../../../ui/incident/incident-words.ts';
import { IncidentWord } from '../../../ui/incident/IncidentWord.tsx';
import { SupplyLosses } from '../../../ui/incident/SupplyLosses.tsx';
import { incidentMessages } from '../../../ui/incident/messages.ts';
import { stateOf, type T, whatOf } from '../incident-words.ts';
import { messages } from '../messages.ts';
import { incidentQuery } from '../outage-queries.ts';
import styles from './IncidentPage.module.css';
import { Why } from './Why.tsx';

export const route = createLazyRoute('/outages/$id')({ component: IncidentPage });

const MINUTE = 60_000;
const NOTHING_ELSE: readonly [] = [];

/** One incident: what is believed and why, what was heard, and the dispatcher's word. */
function IncidentPage() {
  const t = useT(messages);
  const word = useT(incidentMessages);
  const { id = '' } = useParams({ strict: false });
  const mayDecide = useMay('outage.decide');
  const incident = useQuery(incidentQuery(id));
  useLive(['outage'], incidentQuery(id).queryKey, id);
  if (incident.error) return <ErrorPanel error={incident.error} onRetry={() => void incident.refetch()} />;
  if (!incident.data) return <PageSkeleton />;
  const view = incident.data;
  return (
    <div className={styles['page']}>
      <PageHead title={whatOf(view, t)} owner={<Facts view={view} />} promise={<States view={view} />} />
      <div className={styles['columns']}>
        <div>
          <Why view={view} />
          <SupplyLosses losses={view.losses} />
          {mayDecide && view.hazard === null && (
            <section>
              <h2>{word('decide.title')}</h2>
              <IncidentWord key={view.id} view={view} stale={NOTHING_ELSE} />
            </section>
          )}
        </div>
        <section>
          <h2>{t('history.title')}</h2>
          <Timeline
            label={t('history.title')}
            entries={view.events.map((event, i) => ({
              id: `${view.events.length - i}`,
              at: event.at,
              actor: event.by ?? t('history.program'),
              title: wordsOf(event, t),
            }))}
          />
        </section>
      </div>
      <Reports view={view} />
    </div>
  );
}

function Facts({ view }: { view: IncidentView }) {
  const t = useT(messages);
  const kind = useT(incidentMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { device, feeder, caseId, caseNo } = view;
  return (
    <>
      <Link to="/outages">{t('detail.back')}</Link>
      {device !== null && (
        <>
          {' · '}
          <Link to="/network/devices/$id" params={{ id: device.id }}>
            {kindOf(device.kind, kind)}
          </Link>
        </>
      )}
      {feeder !== null && (
        <>
          {' · '}
          <Link to="/network/feeders/$id" params={{ id: feeder.id }}>
            {feeder.name}
          </Link>
        </>
      )}
      {caseId !== null && caseNo !== null && (
        <>
          {' · '}
          <CaseLink caseId={caseId} number={caseNo} />
        </>
      )}
      {' · '}
      {t('detail.since', { at: formatDateTime(view.since, now, language) })}
      {view.restoredAt !== null &&
        ` · ${t('detail.restoredAt', { at: formatDateTime(view.restoredAt, now, language) })}`}
    </>
  );
}

function States({ view }: { view: IncidentView }) {
  const t = useT(messages);
  const words = [
    stateOf(view, t),
    t('detail.households', { n: formatNumber(view.households) }),
    ...(view.hazard === null ? [t('detail.certainty', { percent: formatPercent(view.posterior) })] : []),
  ];
  return <strong>{words.join(' · ')}</strong>;
}

function Reports({ view }: { view: IncidentView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  return (
    <section>
      <h2>{t('reports.title')}</h2>
      {view.lastReports.length === 0 ? (
        <p>{t('reports.none')}</p>
      ) : (
        <>
          <p className={styles['quiet']}>{t('reports.count', { n: formatNumber(view.reports) })}</p>
          <PlainTable
            rows={view.lastReports}
            columns={[
              { title: t('reports.at'), cell: (row) => formatDateTime(row.at, now, language) },
              { title: t('reports.source'), cell: (row) => sourceOf(row.source, t) },
              { title: t('reports.says'), cell: (row) => saysOf(row.says, t) },
              { title: t('reports.where'), cell: (row) => row.place ?? '' },
              { title: t('reports.case'), minor: true, cell: caseOf },
            ]}
          />
        </>
      )}
    </section>
  );
}

function caseOf({ caseId }: IncidentReport) {
  return caseId === null ? null : <ReportCase caseId={caseId} />;
}

function ReportCase({ caseId }: { caseId: string }) {
  const t = useT(messages);
  return <CaseLink caseId={caseId} number={t('reports.openCase')} />;
}

const SOURCES = [
  'phone',
  'counter',
  'page',
  'sms',
  'door',
  'last_gasp',
  'telemetry',
  'patrol',
  'ping',
] as const;
const SAYS = ['off', 'on', 'silent', 'open', 'closed'] as const;
const EVENTS = [
  'begun',
  'moved',
  'confirmed',
  'split',
  'merged',
  'false-alarm',
  'ordered',
  'joined',
  'held',
  'released',
  'restored',
  'still-dark',
  'reopened',
  'closed',
] as const;

function sourceOf(source: string, t: T): string {
  const known = SOURCES.find((one) => one === source);
  return known === undefined ? source : t(`source.${known}`);
}

function saysOf(says: string, t: T): string {
  const known = SAYS.find((one) => one === says);
  return known === undefined ? says : t(`says.${known}`);
}

function wordsOf({ type, from, to }: IncidentEvent, t: T): string {
  const known = EVENTS.find((one) => one === type);
  if (known === undefined) return type;
  return t(`event.${known}`, { from: from ?? t('event.own'), to: to ?? t('event.own') });
}

import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import type { SwitchingReason } from '#modules/network/domain/index.ts';
import type { DividedFigures, ReliabilityView } from '#modules/outage/outage-api.ts';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { NETWORK_KEY, reliabilityQuery } from '../network-queries.ts';
import styles from './ReliabilityPage.module.css';

export const route = createLazyRoute('/network/reliability')({ component: ReliabilityPage });

/** The business zone is eight hours ahead of UTC. */
const ZONE = 8 * 3_600_000;

/** A year's reliability by the record of switchings; every figure stands above the interruptions that make it. */
function ReliabilityPage() {
  const t = useT(messages);
  const go = useNavigate();
  const { year = new Date(serverNow() + ZONE).getUTCFullYear() } = useSearch({ strict: false }) as {
    year?: number;
  };
  const view = useQuery(reliabilityQuery(year));
  useLive(['network'], NETWORK_KEY);
  if (view.error) return <ErrorPanel error={view.error} onRetry={() => void view.refetch()} />;
  if (!view.data) return <PageSkeleton />;
  const show = (next: number) => void go({ to: '/network/reliability', search: { year: next } });
  return (
    <div className={styles['page']}>
      <PageHead
        title={t('reliability.title', { year })}
        owner={t('reliability.served', { n: formatNumber(view.data.served) })}
        actions={
          <>
            <Button onClick={() => show(year - 1)}>{t('reliability.before')}</Button>{' '}
            <Button onClick={() => show(year + 1)}>{t('reliability.after')}</Button>
          </>
        }
      />
      <p className={styles['quiet']}>{t('reliability.how')}</p>
      <Figures title={t('reliability.total')} rows={[{ key: t('reliability.all'), ...view.data.total }]} />
      {view.data.interruptions.length === 0 ? <p>{t('reliability.none')}</p> : <Divided view={view.data} />}
    </div>
  );
}

function Divided({ view }: { view: ReliabilityView }) {
  const t = useT(messages);
  const { atLeast, withinDays, customers } = view.repeated;
  const causes = view.byCause.map((row) => ({ ...row, key: t(`reason.${row.key as SwitchingReason}`) }));
  return (
    <>
      <p>{t('reliability.repeated', { n: formatNumber(customers), times: atLeast, days: withinDays })}</p>
      <Figures title={t('reliability.byCause')} rows={causes} />
      <Figures title={t('reliability.byTown')} rows={view.byTown} />
      <Figures title={t('reliability.byFeeder')} rows={view.byFeeder} />
      <Interruptions view={view} />
    </>
  );
}

function Figures({ title, rows }: { title: string; rows: readonly DividedFigures[] }) {
  const t = useT(messages);
  return (
    <section>
      <h2>{title}</h2>
      <PlainTable
        rows={rows.map((row) => ({ id: row.key, ...row }))}
        columns={[
          { title, cell: (row) => row.key },
          { title: t('reliability.saidi'), cell: (row) => row.saidi.toFixed(2) },
          { title: t('reliability.saifi'), cell: (row) => row.saifi.toFixed(4) },
          {
            title: t('reliability.caidi'),
            minor: true,
            cell: (row) => (row.caidi === null ? '—' : row.caidi.toFixed(1)),
          },
          { title: t('reliability.rs1'), cell: (row) => `${(row.rs1 * 100).toFixed(4)}%` },
          {
            title: t('reliability.customerHours'),
            minor: true,
            cell: (row) => formatNumber(Math.round(row.customerHours)),
          },
          { title: t('reliability.maifi'), minor: true, cell: (row) => row.maifi.toFixed(4) },
          {
            title: t('reliability.count'),
            cell: (row) => formatNumber(row.interruptions.length),
          },
        ]}
      />
    </section>
  );
}

function Interruptions({ view }: { view: ReliabilityView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  return (
    <section>
      <h2>{t('reliability.interruptions')}</h2>
      <PlainTable
        rows={view.interruptions}
        columns={[
          { title: t('col.when'), cell: (row) => formatDateTime(row.at, view.to, language) },
          {
            title: t('col.device'),
            cell: deviceLink,
          },
          {
            title: t('col.reason'),
            cell: (row) => `${t(`planned.${row.planned}`)} · ${t(`reason.${row.reason as SwitchingReason}`)}`,
          },
          { title: t('col.households'), cell: (row) => formatNumber(row.customers) },
          {
            title: t('reliability.customerHours'),
            minor: true,
            cell: (row) => row.customerHours.toFixed(1),
          },
        ]}
      />
    </section>
  );
}

function deviceLink({ deviceId, deviceName }: { readonly deviceId: string; readonly deviceName: string }) {
  return (
    <Link to="/network/devices/$id" params={{ id: deviceId }}>
      {deviceName}
    </Link>
  );
}

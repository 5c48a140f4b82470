import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { NetworkOverview } from '#modules/network/network-api.ts';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { NETWORK_KEY, overviewQuery, searchQuery } from '../network-queries.ts';
import styles from './NetworkPage.module.css';

export const route = createLazyRoute('/network')({ component: NetworkPage });

const MINUTE = 60_000;

/** What is dark by which device, and the way to every feeder and device. */
function NetworkPage() {
  const t = useT(messages);
  const overview = useQuery(overviewQuery);
  useLive(['network'], NETWORK_KEY);
  if (overview.error) return <ErrorPanel error={overview.error} onRetry={() => void overview.refetch()} />;
  if (!overview.data) return <PageSkeleton />;
  const { substations, households } = overview.data;
  if (substations.length === 0)
    return <EmptyState title={t('network.empty')} body={t('network.emptyBody')} />;
  return (
    <div className={styles['page']}>
      <PageHead title={t('network.title')} owner={t('network.households', { n: formatNumber(households) })} />
      <Search />
      <OffNormal overview={overview.data} />
      <Feeders overview={overview.data} />
    </div>
  );
}

function Search() {
  const t = useT(messages);
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed.trim());
  const found = useQuery(searchQuery(words));
  return (
    <section aria-label={t('network.search')}>
      <Input.Search
        className={styles['search'] ?? ''}
        maxLength={40}
        placeholder={t('network.search')}
        aria-label={t('network.search')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {found.error && <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />}
      {words !== '' && found.data?.length === 0 && (
        <p className={styles['quiet']}>{t('network.noneFound')}</p>
      )}
      {words !== '' && found.data !== undefined && found.data.length > 0 && (
        <ul className={styles['found']}>
          {found.data.map((device) => (
            <li key={device.id}>
              <Link to="/network/devices/$id" params={{ id: device.id }}>
                {device.name}
              </Link>{' '}
              <span className={styles['quiet']}>
                {t(`kind.${device.kind}`)} {device.code}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function OffNormal({ overview }: { overview: NetworkOverview }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { dark, offNormal } = overview;
  return (
    <section>
      <h2>{t('network.dark')}</h2>
      {dark === 0 ? (
        <p>{t('network.noDark')}</p>
      ) : (
        <p className={styles['figure']}>
          {formatNumber(dark)} <small>{t('network.unit')}</small>
        </p>
      )}
      <h2>{t('network.offNormal')}</h2>
      {offNormal.length === 0 ? (
        <p>{t('network.allNormal')}</p>
      ) : (
        <PlainTable
          rows={offNormal}
          columns={[
            {
              title: t('col.device'),
              cell: deviceLink,
            },
            { title: t('col.state'), cell: (row) => t(row.open ? 'state.open' : 'state.closed') },
            { title: t('col.since'), cell: (row) => formatDateTime(row.since, now, language) },
            {
              title: t('col.reason'),
              cell: (row) => `${t(`planned.${row.planned}`)} · ${t(`reason.${row.reason}`)}`,
            },
            { title: t('col.darkened'), minor: true, cell: (row) => formatNumber(row.darkened) },
            {
              title: t('col.feeder'),
              minor: true,
              cell: (row) => row.feeder && feederLink(row.feeder),
            },
          ]}
        />
      )}
    </section>
  );
}

function Feeders({ overview }: { overview: NetworkOverview }) {
  const t = useT(messages);
  const rows = overview.substations.flatMap((substation) =>
    substation.feeders.map((feeder) => ({ ...feeder, substation })),
  );
  return (
    <section>
      <h2>{t('network.feeders')}</h2>
      <PlainTable
        rows={rows}
        columns={[
          {
            title: t('col.feeder'),
            cell: feederLink,
          },
          {
            title: t('col.substation'),
            cell: (row) => deviceLink(row.substation),
          },
          { title: t('col.transformers'), minor: true, cell: (row) => formatNumber(row.transformers) },
          { title: t('col.households'), cell: (row) => formatNumber(row.households) },
          { title: t('col.darkTransformers'), cell: (row) => formatNumber(row.darkTransformers) },
        ]}
      />
    </section>
  );
}

type Named = { readonly id: string; readonly name: string };

function deviceLink({ id, name }: Named) {
  return (
    <Link to="/network/devices/$id" params={{ id }}>
      {name}
    </Link>
  );
}

function feederLink({ id, name }: Named) {
  return (
    <Link to="/network/feeders/$id" params={{ id }}>
      {name}
    </Link>
  );
}

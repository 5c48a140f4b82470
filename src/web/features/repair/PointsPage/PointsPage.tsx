import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Input, Segmented } from 'antd';
import { useState } from 'react';
import type { Coverage, PointRow } from '#modules/repair/crew-api.ts';
import { formatNumber, formatPercent, formatTime } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { useNarrow } from '../../../lib/use-narrow.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { PageSkeleton, RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../crew-messages.ts';
import { coverageQuery, pointsQuery, type PointsSearch, type Shown } from '../crew-queries.ts';
import { SkillNames } from '../SkillNames.tsx';
import styles from './PointsPage.module.css';

export const route = createLazyRoute('/crews')({ component: PointsPage });

/** Who stands ready comes and goes by the clock: asked again while the page is open. */
const AGAIN_MS = 30_000;

/** The grid points: who is there now, and what runs short. */
function PointsPage() {
  const t = useT(messages);
  const { show = 'all' }: PointsSearch = useSearch({ strict: false });
  const [filter, setFilter] = useState('');
  const { data, error, refetch } = useQuery({ ...pointsQuery, refetchInterval: AGAIN_MS });
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const { points } = data;
  if (points.length === 0) return <EmptyState title={t('points.empty')} body={t('points.emptyBody')} />;
  const shown = points.filter((point) => isShown(point, show) && speaksOf(point, filter.trim()));
  return (
    <div className={styles['page']}>
      <PageHead title={t('place.pointsName')} owner={t('points.owner')} />
      <Figures points={points} />
      <Choice show={show} />
      {show === 'outside' ? (
        <Outside />
      ) : (
        <>
          <Input
            className={styles['filter'] ?? ''}
            aria-label={t('points.filter')}
            placeholder={t('points.filter')}
            allowClear
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
          {shown.length === 0 ? (
            <EmptyState title={t('points.none')} body={t('points.noneBody')} />
          ) : (
            <Points points={shown} />
          )}
        </>
      )}
    </div>
  );
}

function isShown({ onDuty, belowMinimum }: PointRow, show: Shown): boolean {
  if (show === 'nobody') return onDuty.length === 0;
  return show !== 'short' || belowMinimum.length > 0;
}

function speaksOf({ name, code, station }: PointRow, filter: string): boolean {
  return [name, code, station.name].some((word) => word.toLowerCase().includes(filter.toLowerCase()));
}

function Choice({ show }: { show: Shown }) {
  const t = useT(messages);
  const go = useNavigate();
  const narrow = useNarrow();
  return (
    <Segmented<Shown>
      className={styles['choice'] ?? ''}
      aria-label={t('points.show')}
      vertical={narrow}
      value={show}
      options={(['all', 'nobody', 'short', 'outside'] as const).map((value) => ({
        value,
        label: t(`points.show.${value}`),
      }))}
      onChange={(value) => void go({ to: '/crews', search: value === 'all' ? {} : { show: value } })}
    />
  );
}

function Figures({ points }: { points: readonly PointRow[] }) {
  const t = useT(messages);
  const coverage = useQuery(coverageQuery).data;
  const ready = points.flatMap((point) => point.onDuty);
  const onDuty = ready.filter((crew) => crew.kind === 'duty').length;
  const short = points.filter((point) => point.belowMinimum.length > 0);
  const items = short.reduce((sum, point) => sum + point.belowMinimum.length, 0);
  return (
    <dl className={styles['figures']}>
      <div>
        <dt>{t('points.count')}</dt>
        <dd>{formatNumber(points.length)}</dd>
      </div>
      <div>
        <dt>{t('points.onDuty')}</dt>
        <dd>{t('points.crews', { n: onDuty })}</dd>
        <dd className={styles['small']}>
          {t('points.busy', { n: ready.filter((crew) => crew.busy).length })}
        </dd>
      </div>
      <div>
        <dt>{t('points.onCall')}</dt>
        <dd>{t('points.crews', { n: ready.length - onDuty })}</dd>
      </div>
      <div>
        <dt>{t('points.short')}</dt>
        <dd>
          <Link to="/crews" search={{ show: 'short' }}>
            {t('points.shortCount', { points: short.length, n: items })}
          </Link>
        </dd>
      </div>
      {coverage && <Covered coverage={coverage} />}
    </dl>
  );
}

function Covered({ coverage }: { coverage: Coverage }) {
  const t = useT(messages);
  const { households, within } = coverage;
  return (
    <div>
      <dt>{t('points.coverage')}</dt>
      <dd>
        <Link to="/crews" search={{ show: 'outside' }}>
          {formatPercent(households === 0 ? 0 : within / households)}
        </Link>
      </dd>
      <dd className={styles['small']}>
        {t('points.covered', { all: formatNumber(households), within: formatNumber(within) })}
      </dd>
    </div>
  );
}

function Points({ points }: { points: readonly PointRow[] }) {
  const t = useT(messages);
  return (
    <PlainTable
      rows={points}
      columns={[
        { title: t('col.point'), cell: nameOf },
        { title: t('col.station'), minor: true, cell: ({ station }) => station.name },
        { title: t('col.ready'), cell: readyAt },
        { title: t('col.skills'), minor: true, cell: skillsAt },
        { title: t('col.short'), cell: shortAt },
      ]}
    />
  );
}

function nameOf({ id, name, code }: PointRow) {
  return (
    <>
      <Link to="/crews/$id" params={{ id }}>
        {name}
      </Link>{' '}
      <span className={styles['small']}>{code}</span>
    </>
  );
}

function readyAt(point: PointRow) {
  return <Ready point={point} />;
}

function skillsAt({ onDuty }: PointRow) {
  return <SkillNames skills={[...new Set(onDuty.flatMap((crew) => crew.skills))]} />;
}

function shortAt({ belowMinimum }: PointRow) {
  return <Short lines={belowMinimum} />;
}

function Short({ lines }: { lines: PointRow['belowMinimum'] }) {
  const t = useT(messages);
  return (
    <ul className={styles['plain']}>
      {lines.map((one) => (
        <li key={one.material}>{t('points.left', { ...one })}</li>
      ))}
    </ul>
  );
}

function Ready({ point }: { point: PointRow }) {
  const t = useT(messages);
  if (point.onDuty.length === 0) return <b>{t('points.nobody')}</b>;
  return (
    <ul className={styles['plain']}>
      {point.onDuty.map((crew) => (
        <li key={crew.id}>
          {crew.lead}{' '}
          <span className={styles['small']}>
            {t(`shift.${crew.kind}`)} {t('points.until', { time: formatTime(crew.until) })}
            {crew.busy && ` · ${t('points.isBusy')}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Outside() {
  const t = useT(messages);
  const { data, error, refetch } = useQuery(coverageQuery);
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton />;
  if (data.outside.length === 0) return <p>{t('points.outsideNone')}</p>;
  return (
    <>
      <p className={styles['small']}>{t('points.outsideNote')}</p>
      <PlainTable
        rows={data.outside.map((village, i) => ({ ...village, id: String(i) }))}
        columns={[
          { title: t('col.village'), cell: (row) => row.village },
          { title: t('col.town'), minor: true, cell: (row) => row.town },
          { title: t('col.households'), cell: (row) => formatNumber(row.households) },
          { title: t('col.nearest'), cell: (row) => row.nearest?.name ?? t('points.noCrewAnywhere') },
          {
            title: t('col.way'),
            cell: (row) => row.nearest && t('points.minutes', { n: row.nearest.minutes }),
          },
          { title: t('col.limit'), minor: true, cell: (row) => t('points.minutes', { n: row.limit }) },
        ]}
      />
    </>
  );
}

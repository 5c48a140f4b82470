import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import type { SwitchingReason } from '#modules/network/domain/index.ts';
import type { DividedFigures, ReliabilityFigures, ReliabilityView } from '#modules/outage/outage-api.ts';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { useList } from '../../../lib/use-list.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { NETWORK_KEY, reliabilityQuery } from '../network-queries.ts';
import type { ReliabilitySearch } from '../reliability-search.ts';
import styles from './ReliabilityPage.module.css';

export const route = createLazyRoute('/network/reliability')({ component: ReliabilityPage });

/** The business zone is eight hours ahead of UTC. */
const ZONE = 8 * 3_600_000;
const DIVISIONS = ['byCause', 'byTown', 'byFeeder'] as const;

/** A year's reliability by the record of switchings; every figure opens the interruptions that make it. */
function ReliabilityPage() {
  const t = useT(messages);
  const go = useNavigate();
  const search: ReliabilitySearch = useSearch({ strict: false });
  const year = search.year ?? new Date(serverNow() + ZONE).getUTCFullYear();
  const view = useQuery(reliabilityQuery(year));
  useLive(['network'], NETWORK_KEY);
  if (view.error) return <ErrorPanel error={view.error} onRetry={() => void view.refetch()} />;
  if (!view.data) return <PageSkeleton />;
  const { data } = view;
  const show = (next: ReliabilitySearch) => void go({ to: '/network/reliability', search: next });
  const without = search.major === false && data.withoutMajor !== null;
  const figures = without && data.withoutMajor !== null ? data.withoutMajor : data.all;
  const open: Open = (of, key) => {
    show({ ...search, of, key });
    document.getElementById('interruptions')?.scrollIntoView();
  };
  return (
    <div className={styles['page']}>
      <PageHead
        title={t('reliability.title', { year })}
        owner={t('reliability.served', { n: formatNumber(data.served) })}
        actions={
          <>
            <Button onClick={() => show({ year: year - 1 })}>{t('reliability.before')}</Button>{' '}
            <Button onClick={() => show({ year: year + 1 })}>{t('reliability.after')}</Button>{' '}
            <Button onClick={() => window.print()}>{t('reliability.print')}</Button>
          </>
        }
      />
      <p className={styles['quiet']}>{t('reliability.how')}</p>
      <MajorDays view={data} without={without} show={(major) => show({ year, major })} />
      <Figures
        title={t('reliability.total')}
        rows={[{ key: 'all', ...figures.total }]}
        name={() => t('reliability.all')}
        open={() => open(undefined, undefined)}
      />
      {data.interruptions.length === 0 ? (
        <p>{t('reliability.none')}</p>
      ) : (
        <>
          <p>
            {t('reliability.repeated', {
              n: formatNumber(data.repeated.customers),
              times: data.repeated.atLeast,
              days: data.repeated.withinDays,
            })}
          </p>
          {DIVISIONS.map((division) => (
            <Figures
              key={division}
              title={t(`reliability.${division}`)}
              rows={figures[division]}
              name={(key) => nameOf(t, division, key)}
              open={(key) => open(division, key)}
            />
          ))}
          <Interruptions
            view={data}
            figures={figures}
            search={search}
            all={() => open(undefined, undefined)}
          />
        </>
      )}
    </div>
  );
}

type Division = (typeof DIVISIONS)[number];
type Open = (of: Division | undefined, key: string | undefined) => void;
type T = ReturnType<typeof useT<keyof (typeof messages)['zh']>>;

function nameOf(t: T, division: Division, key: string): string {
  return division === 'byCause' ? t(`reason.${key as SwitchingReason}`) : key;
}

/** Which days are beyond T_MED (IEEE 1366), and the figures without them. */
function MajorDays(props: { view: ReliabilityView; without: boolean; show: (major: boolean) => void }) {
  const t = useT(messages);
  const list = useList();
  const { tmed, days } = props.view.major;
  if (tmed === null) return <p className={styles['quiet']}>{t('reliability.noTmed')}</p>;
  return (
    <>
      <p>
        {days.length === 0
          ? t('reliability.noMajor', { tmed: tmed.toFixed(2) })
          : t('reliability.major', { tmed: tmed.toFixed(2), n: days.length, days: list(days) })}
      </p>
      {days.length > 0 && (
        <Segmented
          aria-label={t('reliability.which')}
          value={props.without}
          onChange={(without) => props.show(!without)}
          options={[
            { value: false, label: t('reliability.with') },
            { value: true, label: t('reliability.without') },
          ]}
        />
      )}
    </>
  );
}

type FiguresOf = {
  title: string;
  rows: readonly DividedFigures[];
  name: (key: string) => string;
  open: (key: string) => void;
};

function Figures(props: FiguresOf) {
  const t = useT(messages);
  const { title, rows, name } = props;
  return (
    <section>
      <h2>{title}</h2>
      <PlainTable
        rows={rows.map((row) => ({ id: row.key, ...row }))}
        columns={[
          { title, cell: (row) => name(row.key) },
          { title: t('reliability.saidi'), cell: (row) => row.saidi.toFixed(2) },
          { title: t('reliability.saifi'), cell: (row) => row.saifi.toFixed(4) },
          {
            title: t('reliability.caidi'),
            minor: true,
            cell: (row) => (row.caidi === null ? '—' : row.caidi.toFixed(1)),
          },
          { title: t('reliability.rs1'), cell: (row) => shareOf(row.rs1) },
          {
            title: t('reliability.customerHours'),
            minor: true,
            cell: (row) => formatNumber(Math.round(row.customerHours)),
          },
          { title: t('reliability.maifi'), minor: true, cell: (row) => row.maifi.toFixed(4) },
          {
            title: t('reliability.count'),
            cell: countCell(props),
          },
        ]}
      />
    </section>
  );
}

function countCell(of: FiguresOf) {
  return (row: DividedFigures) => <Count row={row} of={of} />;
}

/** How many interruptions are behind the figures of a line; it opens them. */
function Count({ row, of }: { row: DividedFigures; of: FiguresOf }) {
  const t = useT(messages);
  const { length: n } = row.interruptions;
  return (
    <Button
      type="link"
      size="small"
      className={styles['open'] ?? ''}
      aria-label={t('reliability.open', { name: of.name(row.key), n })}
      onClick={() => of.open(row.key)}
    >
      {formatNumber(n)}
    </Button>
  );
}

/** Where there was an outage, nothing reads as if there had been none. */
function shareOf(rs1: number): string {
  const words = (rs1 * 100).toFixed(4);
  return rs1 < 1 && words === '100.0000' ? '> 99.9999%' : `${words}%`;
}

function Interruptions(props: {
  view: ReliabilityView;
  figures: ReliabilityFigures;
  search: ReliabilitySearch;
  all: () => void;
}) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { view, figures, search, all } = props;
  const { of, key } = search;
  const row = of === undefined ? undefined : figures[of].find((one) => one.key === key);
  const ids = new Set((row ?? figures.total).interruptions);
  const shown = view.interruptions.filter((one) => ids.has(one.id));
  return (
    <section id="interruptions">
      <h2>
        {row === undefined || of === undefined
          ? t('reliability.interruptions')
          : t('reliability.of', { name: nameOf(t, of, row.key), n: shown.length })}
      </h2>
      {row !== undefined && <Button onClick={all}>{t('reliability.showAll')}</Button>}
      <p className={styles['quiet']}>{t('reliability.whole')}</p>
      <PlainTable
        rows={shown}
        columns={[
          { title: t('col.when'), cell: (one) => formatDateTime(one.at, view.to, language) },
          {
            title: t('col.device'),
            cell: deviceLink,
          },
          {
            title: t('col.reason'),
            cell: (one) => `${t(`planned.${one.planned}`)} · ${t(`reason.${one.reason as SwitchingReason}`)}`,
          },
          { title: t('col.households'), cell: (one) => formatNumber(one.customers) },
          {
            title: t('reliability.customerHours'),
            cell: (one) => formatNumber(Math.round(one.customerHours * 10) / 10),
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

import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Switch } from 'antd';
import { useMemo } from 'react';
import type { CommandRow, CommandView } from '#modules/repair/command-api.ts';
import type { CrewOnDuty } from '#modules/repair/crew-api.ts';
import { awaitsArrival, isDark } from '#modules/repair/domain/index.ts';
import { formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { useNight } from '../../../lib/night.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { COMMAND_KEY, commandQuery, gridMapQuery, landQuery, proposalsQuery } from '../command-queries.ts';
import { messages } from '../messages.ts';
import { type CommandSearch, type Shown, SHOWN } from '../search.ts';
import styles from './CommandPage.module.css';
import { CountyMap } from './CountyMap.tsx';
import { OrderList } from './OrderList.tsx';
import { OrderPanel } from './OrderPanel.tsx';
import { concernedBy, nameOf, textOf } from './row-words.ts';
import { Storm } from './Storm.tsx';
import { TimeStrip } from './TimeStrip.tsx';
import { WhoTells } from './WhoTells.tsx';

export const route = createLazyRoute('/command')({ component: CommandPage });

const NO_CREWS: readonly CrewOnDuty[] = [];
const NO_GRID = { feeders: [], towns: [], dark: [] };

/** 抢修指挥: map, list and time line of every open repair in one. */
function CommandPage() {
  const view = useQuery(commandQuery);
  useLive(['work', 'network', 'outage'], COMMAND_KEY);
  if (view.error) return <ErrorPanel error={view.error} onRetry={() => void view.refetch()} />;
  if (!view.data) return <PageSkeleton />;
  return (
    <div className={styles['page']}>
      <Head total={view.data.total} more={view.data.more} />
      <WhoTells telling={view.data.telling} />
      {view.data.storm !== null && <Storm storm={view.data.storm} />}
      <Repairs rows={view.data.rows} storm={view.data.storm !== null} />
    </div>
  );
}

function Head({ total, more }: Pick<CommandView, 'total' | 'more'>) {
  const t = useT(messages);
  const { night, setNight } = useNight();
  const mayHandOver = useMay('shift.hand-over');
  const figures = t('page.figures', {
    open: formatNumber(total.open),
    dark: formatNumber(total.dark),
    waiting: formatNumber(total.waiting),
  });
  return (
    <PageHead
      title={t('page.title')}
      owner={more === 0 ? figures : `${figures} ${t('page.more', { more: formatNumber(more) })}`}
      actions={
        <>
          {mayHandOver && <Link to="/shift">{t('page.shift')}</Link>}
          <label className={styles['night']}>
            <Switch checked={night} onChange={setNight} /> {t('page.night')}
          </label>
        </>
      }
    />
  );
}

function Repairs({ rows, storm }: { rows: readonly CommandRow[]; storm: boolean }) {
  const { language } = useLanguage();
  const t = useT(messages);
  const go = useNavigate();
  const search: CommandSearch = useSearch({ strict: false });
  const { show = 'all', words = '' } = search;
  const now = useNow(10_000);
  const grid = useQuery(gridMapQuery);
  const land = useQuery(landQuery);
  const mayDispatch = useMay('crew.dispatch');
  const dispatch = useQuery({ ...proposalsQuery, enabled: mayDispatch });
  const found = useMemo(() => {
    const typed = words.trim().toLowerCase();
    return typed === '' ? rows : rows.filter((row) => textOf(row, t, language).toLowerCase().includes(typed));
  }, [rows, words, t, language]);
  const shownIn = (one: Shown) => found.filter((row) => isShown(one, row, now));
  const counts = Object.fromEntries(
    SHOWN.map((one) => [one, shownIn(one).filter((row) => !row.drill).length]),
  ) as Record<Shown, number>;
  const listed = shownIn(show);
  const open = rows.find((row) => row.id === search.order);
  const change = (to: CommandSearch) =>
    void go({ to: '/command', search: { ...search, ...to }, replace: true });
  const hazards = rows.filter((row) => row.hazard !== null && isDark(row.stage));
  return (
    <>
      {hazards.length > 0 && <Hazards rows={hazards} onOpen={(id) => change({ order: id })} />}
      <div className={styles['main']} data-open={open !== undefined}>
        <CountyMap
          land={land.data ?? []}
          grid={grid.data ?? NO_GRID}
          rows={listed}
          crews={dispatch.data?.crews ?? NO_CREWS}
          open={open?.id}
          onOpen={(id) => change({ order: id })}
        />
        {open !== undefined && (
          <OrderPanel key={open.id} row={open} storm={storm} onClose={() => change({ order: undefined })} />
        )}
        <OrderList
          rows={listed}
          counts={counts}
          shown={show}
          words={words}
          open={open?.id}
          onShow={(one) => change({ show: one === 'all' ? undefined : one })}
          onWords={(typed) => change({ words: typed === '' ? undefined : typed })}
          onOpen={(id) => change({ order: id })}
        />
      </div>
      <TimeStrip rows={listed.filter((row) => !row.drill)} onOpen={(id) => change({ order: id })} />
    </>
  );
}

function isShown(shown: Shown, row: CommandRow, now: number): boolean {
  if (shown === 'waiting') return awaitsArrival(row.stage);
  if (shown === 'dark') return isDark(row.stage);
  if (shown === 'telling') return row.telling !== null && row.telling.dueAt <= now;
  return true;
}

/** Danger stands apart: made safe before anything is mended. */
function Hazards({ rows, onOpen }: { rows: readonly CommandRow[]; onOpen: (id: string) => void }) {
  const t = useT(messages);
  const { language } = useLanguage();
  return (
    <section className={styles['hazards']} aria-label={t('hazards.title')}>
      <h2>{t('hazards.title')}</h2>
      {rows.map((row) => (
        <button key={row.id} type="button" onClick={() => onOpen(row.id)}>
          <strong>{row.hazard !== null && t(`row.hazard.${row.hazard}`)}</strong> {nameOf(row, t, language)} ·{' '}
          {[t(`stage.${row.stage}`), concernedBy(row, t, formatNumber)]
            .filter((one) => one !== '')
            .join(' · ')}
        </button>
      ))}
    </section>
  );
}

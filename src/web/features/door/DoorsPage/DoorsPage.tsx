import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import type { DoorFigures, DoorId, OutsideItem, OutsidePage } from '#modules/door/door-api.ts';
import { get } from '../../../lib/api.ts';
import { formatDateTime, formatPercent } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { figuresQuery, PARTS, type Part } from '../door-queries.ts';
import { inboxSearch } from '../inbox-search.ts';
import { messages } from '../messages.ts';
import styles from './DoorsPage.module.css';

export const route = createLazyRoute('/outside')({ component: DoorsPage });

const MINUTE = 60_000;
const DOORS = ['95598', '12398', '12345'] as const;

/** The inbox of other systems' orders: what must be completed first, and the share of time that was used on arrival. */
function DoorsPage() {
  const t = useT(messages);
  const go = useNavigate();
  const { part = 'to-complete', door = null } = inboxSearch(useSearch({ strict: false }));
  const show = (next: { part: Part; door: DoorId | null }) =>
    void go({
      to: '/outside',
      search: { part: next.part, ...(next.door === null ? {} : { door: next.door }) },
    });
  return (
    <>
      <PageHead
        title={t('inbox.title')}
        actions={
          <>
            <Button onClick={() => void go({ to: '/outside/replies' })}>{t('sheet.open')}</Button>
            <Button type="primary" onClick={() => void go({ to: '/outside/import' })}>
              {t('inbox.import')}
            </Button>
          </>
        }
      />
      <Figures />
      <div className={styles['bar']}>
        <Segmented
          aria-label={t('inbox.part')}
          value={part}
          options={PARTS.map((value) => ({ value, label: t(`part.${value}`) }))}
          onChange={(value) => show({ part: value, door })}
        />
        <Segmented
          aria-label={t('inbox.door')}
          value={door ?? 'all'}
          options={[
            { value: 'all', label: t('inbox.allDoors') },
            ...DOORS.map((value) => ({ value, label: value })),
          ]}
          onChange={(value) => show({ part, door: DOORS.find((one) => one === value) ?? null })}
        />
      </div>
      <Inbox part={part} door={door} />
    </>
  );
}

function Figures() {
  const t = useT(messages);
  const name = useNames();
  const figures = useQuery(figuresQuery);
  if (figures.error) return <ErrorPanel error={figures.error} onRetry={() => void figures.refetch()} />;
  if (!figures.data) return <RowsSkeleton />;
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <caption>{t('figures.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('figures.door')}</th>
            <th scope="col">{t('figures.received')}</th>
            <th scope="col">{t('part.to-complete')}</th>
            <th scope="col">{t('part.open')}</th>
            <th scope="col">{t('part.late')}</th>
            <th scope="col">{t('part.to-reply')}</th>
            <th scope="col">{t('part.objected')}</th>
            <th scope="col">{t('figures.used')}</th>
          </tr>
        </thead>
        <tbody>
          {figures.data.map((row) => (
            <tr key={row.door}>
              <th scope="row">{name(row.name)}</th>
              <Figure row={row} part="recent" count={row.received} />
              <Figure row={row} part="to-complete" count={row.toComplete} />
              <Figure row={row} part="open" count={row.open} />
              <Figure row={row} part="late" count={row.late} />
              <Figure row={row} part="to-reply" count={row.toReply} />
              <Figure row={row} part="objected" count={row.objections} />
              <td>{row.usedBefore === null ? '' : formatPercent(row.usedBefore)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Figure({ row, part, count }: { row: DoorFigures; part: Part; count: number }) {
  return (
    <td>
      <Link to="/outside" search={{ part, door: row.door }}>
        {count}
      </Link>
    </td>
  );
}

function Inbox({ part, door }: { part: Part; door: DoorId | null }) {
  const t = useT(messages);
  const pages = useInfiniteQuery({
    queryKey: ['door', 'inbox', part, door],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ part });
      if (door !== null) query.set('door', door);
      if (pageParam !== null) query.set('before', pageParam);
      return get<OutsidePage>(`/api/outside?${query.toString()}`, signal);
    },
    getNextPageParam: (page) => page.next,
    refetchInterval: 10_000,
  });
  if (pages.error) return <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} />;
  if (!pages.data) return <RowsSkeleton />;
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <EmptyState title={t('inbox.none')} body={t('inbox.noneBody')} />;
  return (
    <>
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('inbox.left')}</th>
              <th scope="col">{t('inbox.used')}</th>
              <th scope="col">{t('inbox.number')}</th>
              <th scope="col">{t('inbox.kind')}</th>
              <th scope="col">{t('inbox.received')}</th>
              <th scope="col">{t('inbox.state')}</th>
              <th scope="col">{t('inbox.case')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Row key={item.id} item={item} />
            ))}
          </tbody>
        </table>
      </div>
      {pages.hasNextPage && (
        <p className={styles['more']}>
          <Button onClick={() => void pages.fetchNextPage()}>{t('inbox.more')}</Button>
        </p>
      )}
    </>
  );
}

function Row({ item }: { item: OutsideItem }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  return (
    <tr>
      <td>
        {item.caseState === 'open' && (
          <TimeLeft deadline={{ dueAt: item.dueAt, startedAt: item.startedAt }} />
        )}
      </td>
      <td>{item.usedBefore === null ? '' : formatPercent(Math.min(item.usedBefore, 9.99))}</td>
      <td>
        <Link to="/outside/$id" params={{ id: item.id }}>
          {item.door} {item.number}
        </Link>
      </td>
      <td>{item.kind}</td>
      <td>{formatDateTime(item.receivedAt, now, language)}</td>
      <td>
        {item.state === 'accepted' ? t(`reply.${item.reply}`) : t(`state.${item.state}`)}
        {item.updates > 0 && <span className={styles['mark']}>{t('mark.changed')}</span>}
        {item.objection === 'raised' && <span className={styles['mark']}>{t('mark.objected')}</span>}
      </td>
      <td>
        {item.caseId !== null && item.caseNo !== null && (
          <CaseLink caseId={item.caseId} number={item.caseNo} />
        )}
      </td>
    </tr>
  );
}

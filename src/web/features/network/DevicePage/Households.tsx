import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { householdsQuery } from '../network-queries.ts';
import styles from './DevicePage.module.css';

/** How many households; pressed, which. A figure of the past has no list: accounts move. */
export function Households({ id, total, past }: { id: string; total: number; past: boolean }) {
  const t = useT(messages);
  const [openId, setOpenId] = useState<string | null>(null);
  const figure = t('device.showHouseholds', { n: formatNumber(total) });
  if (past || total === 0) return <p>{figure}</p>;
  const open = openId === id;
  return (
    <>
      <Button aria-expanded={open} onClick={() => setOpenId(open ? null : id)}>
        {figure}
      </Button>
      {open && <List id={id} />}
    </>
  );
}

function List({ id }: { id: string }) {
  const t = useT(messages);
  const list = useInfiniteQuery(householdsQuery(id));
  if (list.error) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <RowsSkeleton />;
  const rows = list.data.pages.flatMap((page) => page.households);
  const total = list.data.pages[0]?.total ?? 0;
  return (
    <>
      <h2>{t('device.householdsTitle')}</h2>
      <PlainTable
        rows={rows}
        columns={[
          { title: t('col.account'), cell: (row) => row.accountNo },
          {
            title: t('col.name'),
            cell: (row) => (row.important ? `${row.name} · ${t('important')}` : row.name),
          },
          { title: t('col.place'), minor: true, cell: (row) => row.place },
          { title: t('col.area'), minor: true, cell: (row) => row.transformer },
          { title: t('col.supplies'), minor: true, cell: (row) => formatNumber(row.supplies) },
        ]}
      />
      <p className={styles['quiet']}>
        {t('device.firstOf', { shown: formatNumber(rows.length), total: formatNumber(total) })}{' '}
        {list.hasNextPage && (
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('device.more')}
          </Button>
        )}
      </p>
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import { Select } from 'antd';
import type { CaseListItem } from '#modules/case/case-list-api.ts';
import { DAY } from '#kernel/instant.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { type Language, useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { DataList, type ListColumn } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { boardQuery, type CaseSearch, exportOf, fetchCases } from '../control-queries.ts';
import { messages } from '../messages.ts';
import styles from './CaseListPage.module.css';

export const route = createLazyRoute('/cases')({ component: CaseListPage });

type T = ReturnType<typeof useT<keyof (typeof messages)['zh']>>;

/** All cases that one may see, by the filters in the address: what a figure of the board opens. */
function CaseListPage() {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  const go = useNavigate();
  const search: CaseSearch = useSearch({ strict: false });
  return (
    <div className={styles['page']}>
      <PageHead title={t('list.title')} />
      <DataList<CaseListItem>
        key={JSON.stringify(search)}
        label={t('list.title')}
        queryKey={['control', 'cases', search]}
        fetchPage={(cursor, signal) => fetchCases(search, cursor, signal)}
        columns={columnsOf(t, language, now)}
        rowKey={(row) => row.id}
        onOpen={(row) => void go({ to: '/cases/$id', params: { id: row.id } })}
        topics={['work']}
        toolbar={
          <>
            <Filters search={search} />
            {(['csv', 'xlsx'] as const).map((as) => (
              <a key={as} href={exportOf(search, language, as)} download>
                {t(`list.export.${as}`)}
              </a>
            ))}
          </>
        }
        empty={<EmptyState title={t('list.none')} body={t('list.noneBody')} />}
      />
    </div>
  );
}

function columnsOf(t: T, language: Language, now: number): readonly ListColumn<CaseListItem>[] {
  return [
    {
      key: 'left',
      title: t('list.left'),
      width: '168px',
      cell: (row) =>
        row.state === 'closed' || row.dueAt === null ? (
          t(`list.${row.state}`)
        ) : (
          <TimeLeft
            deadline={{ dueAt: row.dueAt, ...(row.startedAt === null ? {} : { startedAt: row.startedAt }) }}
          />
        ),
    },
    { key: 'no', title: t('list.no'), width: '120px', cell: (row) => row.no },
    { key: 'type', title: t('list.type'), width: 'minmax(0, 2fr)', cell: (row) => row.title[language] },
    {
      key: 'place',
      title: t('list.place'),
      width: 'minmax(0, 3fr)',
      secondary: true,
      cell: (row) => row.place ?? '',
    },
    { key: 'unit', title: t('list.unit'), width: 'minmax(0, 2fr)', secondary: true, cell: (row) => row.unit },
    {
      key: 'accepted',
      title: t('list.accepted'),
      width: '148px',
      secondary: true,
      cell: (row) => formatDateTime(row.acceptedAt, now, language),
    },
  ];
}

/** The filters; whoever sees the board has the names of businesses and units from it. */
function Filters({ search }: { search: CaseSearch }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const go = useNavigate();
  const board = useQuery({ ...boardQuery, enabled: useMay('board.read') }).data;
  const set = (change: CaseSearch) => void go({ to: '/cases', search: { ...search, ...change } });
  const named = (rows: readonly { id: string; name: Record<Language, string> }[] = []) =>
    rows.map((row) => ({ value: row.id, label: row.name[language] }));
  return (
    <div className={styles['filters']}>
      <Select<CaseSearch['state']>
        allowClear
        aria-label={t('list.state')}
        placeholder={t('list.state')}
        value={search.state}
        options={(['open', 'closed'] as const).map((value) => ({ value, label: t(`list.${value}`) }))}
        onChange={(state) => set({ state })}
      />
      <Select<CaseSearch['due']>
        allowClear
        aria-label={t('list.due')}
        placeholder={t('list.due')}
        value={search.due}
        options={(['late', 'hour', 'week'] as const).map((value) => ({
          value,
          label: t(`list.due.${value}`),
        }))}
        onChange={(due) => set({ due })}
      />
      {board && (
        <>
          <Select
            allowClear
            aria-label={t('list.business')}
            placeholder={t('list.business')}
            value={search.business}
            options={named(board.businesses)}
            onChange={(business) => set({ business })}
          />
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('list.unitFilter')}
            placeholder={t('list.unitFilter')}
            value={search.unit}
            options={named(board.units)}
            onChange={(unit) => set({ unit })}
          />
        </>
      )}
    </div>
  );
}

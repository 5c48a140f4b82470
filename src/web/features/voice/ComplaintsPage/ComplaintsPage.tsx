import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import type { DeskRow } from '#modules/voice/voice-api.ts';
import { MINUTE } from '#kernel/instant.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { type Translate, useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { DataList, type ListColumn } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { LimitBars } from '../LimitBars.tsx';
import { messages } from '../messages.ts';
import { deskKey, fetchDesk } from '../voice-queries.ts';
import styles from './ComplaintsPage.module.css';

export const route = createLazyRoute('/complaints')({ component: ComplaintsPage });

const TYPES = ['TS', 'YJ'] as const;
const STATES = ['open', 'closed'] as const;

/** Every complaint with its limits side by side, whose answer is due first on top. */
function ComplaintsPage() {
  const t = useT(messages);
  const filter = useSearch({ from: '/desk/complaints' });
  const navigate = useNavigate();
  const go = (next: Partial<typeof filter>) =>
    void navigate({ to: '/complaints', search: { ...filter, ...next } });
  const closed = filter.state === 'closed';
  return (
    <>
      <PageHead title={t('desk.title')} />
      <div className={styles['page']}>
        <div className={styles['tools']}>
          <Segmented
            aria-label={t('desk.type')}
            value={filter.type}
            options={TYPES.map((value) => ({ value, label: t(`desk.${value}`) }))}
            onChange={(type) => go({ type })}
          />
          <Segmented
            aria-label={t('desk.state')}
            value={filter.state}
            options={STATES.map((value) => ({ value, label: t(`desk.${value}`) }))}
            onChange={(state) => go({ state })}
          />
        </div>
        <DataList<DeskRow>
          label={t('desk.list')}
          queryKey={deskKey(filter)}
          fetchPage={(cursor, signal) => fetchDesk(filter, cursor, signal)}
          topics={['work']}
          rowHeight={68}
          rowKey={(row) => row.id}
          onOpen={(row) => void navigate({ to: '/complaints/$id', params: { id: row.id } })}
          columns={columnsOf(t)}
          empty={
            <EmptyState
              title={t(closed ? 'desk.noneClosed' : 'desk.none')}
              body={t(closed ? 'desk.noneClosedBody' : 'desk.noneBody')}
            />
          }
        />
      </div>
    </>
  );
}

function columnsOf(t: Translate<keyof (typeof messages)['zh']>): readonly ListColumn<DeskRow>[] {
  return [
    { key: 'no', title: t('desk.no'), width: '150px', cell: (row) => <NumberCell row={row} /> },
    {
      key: 'what',
      title: t('desk.what'),
      width: 'minmax(0, 1fr)',
      cell: (row) => <WhatCell row={row} />,
    },
    {
      key: 'where',
      title: t('desk.where'),
      width: 'minmax(0, 1fr)',
      secondary: true,
      cell: (row) => <WhereCell row={row} />,
    },
    {
      key: 'limits',
      title: t('desk.limits'),
      width: 'minmax(0, 3fr)',
      cell: (row) => <LimitBars clocks={row.clocks} />,
    },
  ];
}

function NumberCell({ row }: { row: DeskRow }) {
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  return (
    <div className={styles['cell']}>
      <span>{row.no}</span>
      <span className={styles['small']}>{formatDateTime(row.acceptedAt, now, language)}</span>
    </div>
  );
}

function WhatCell({ row }: { row: DeskRow }) {
  const t = useT(messages);
  const grade = row.grade === null ? t('desk.noGrade') : t(`grade.${row.grade}`);
  const marks = [
    row.verdict === null ? null : t(`verdict.${row.verdict}`),
    row.appealed ? t('desk.appealed') : null,
    row.reclassification === null ? null : t(`desk.reclassification.${row.reclassification}`),
    row.supervision > 0 ? t('desk.supervised') : null,
    row.dutiesOpen > 0 ? t('desk.duties', { n: row.dutiesOpen }) : null,
  ].filter((mark) => mark !== null);
  return (
    <div className={styles['cell']}>
      <span>
        <b>{grade}</b>
        {row.complaintClass !== null && ` · ${t(`class.${row.complaintClass}`)}`}
        {row.accusedUnit !== null && ` · ${row.accusedUnit}`}
      </span>
      <span className={styles['small']}>{marks.join(' · ')}</span>
    </div>
  );
}

function WhereCell({ row }: { row: DeskRow }) {
  const name = useNames();
  const words = row.steps.map(name).join(' · ');
  return (
    <div className={styles['cell']}>
      <span title={words}>{words}</span>
    </div>
  );
}

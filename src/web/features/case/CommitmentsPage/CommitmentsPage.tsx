import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { Commitments } from '../CasePage/Commitments.tsx';
import { workMessages } from '../work-messages.ts';
import { commitmentsQuery } from '../work-queries.ts';

export const route = createLazyRoute('/commitments')({ component: CommitmentsPage });

/** 承诺台账: what was promised to customers and is not kept yet, by its day. */
function CommitmentsPage() {
  const t = useT(workMessages);
  const [mine, setMine] = useState(true);
  const list = useQuery(commitmentsQuery(mine));
  return (
    <>
      <PageHead title={t('commit.page')} />
      <Segmented
        value={mine ? 'mine' : 'all'}
        options={(['mine', 'all'] as const).map((value) => ({ value, label: t(`commit.${value}`) }))}
        onChange={(value) => setMine(value === 'mine')}
      />
      {list.error && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {!list.data && !list.error && <PageSkeleton />}
      {list.data?.length === 0 && <EmptyState title={t('commit.none')} body={t('commit.noneBody')} />}
      {list.data && list.data.length > 0 && <Commitments list={list.data} linked />}
    </>
  );
}

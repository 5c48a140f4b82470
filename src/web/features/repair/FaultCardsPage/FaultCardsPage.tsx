import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { FaultCard } from '#modules/process/domain/index.ts';
import { useT } from '../../../lib/i18n.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { FaultCardText } from '../../../ui/FaultCardText.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { faultCardsQuery } from '../repair-queries.ts';
import styles from './FaultCardsPage.module.css';

export const route = createLazyRoute('/fault-cards')({ component: FaultCardsPage });

/** All cards of the handbook in force; on a case, those that fit it are on its page. */
function FaultCardsPage() {
  const t = useT(messages);
  const [filter, setFilter] = useState('');
  const { data, error, refetch } = useQuery(faultCardsQuery);
  const shown = data?.filter((card) => speaksOf(card, filter.trim().toLowerCase())) ?? [];
  return (
    <>
      <PageHead
        title={t('place.cardsName')}
        owner={t('cards.owner')}
        actions={<Button onClick={() => window.print()}>{t('ones.print')}</Button>}
      />
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowsSkeleton />}
      {data?.length === 0 && <EmptyState title={t('cards.empty')} body={t('cards.emptyBody')} />}
      {data !== undefined && data.length > 0 && (
        <div className={`dfw-print-open ${styles['list']}`}>
          <Input
            aria-label={t('cards.filter')}
            placeholder={t('cards.filter')}
            allowClear
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
          {shown.length === 0 && <EmptyState title={t('cards.none')} body={t('cards.noneBody')} />}
          {shown.map((card) => (
            <FaultCardText key={card.id} card={card} />
          ))}
        </div>
      )}
    </>
  );
}

/** The filter is part of the card's name or of a customer's words, or has such words in it. */
function speaksOf({ name, words }: FaultCard, filter: string): boolean {
  return (
    filter === '' ||
    name.zh.includes(filter) ||
    name.en.toLowerCase().includes(filter) ||
    words.some((word) => word.includes(filter) || filter.includes(word))
  );
}

import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { catalogueQuery } from '../case-queries.ts';
import { messages } from '../messages.ts';
import { DemandForm } from './DemandForm.tsx';
import { HouseholdStripPanel } from './HouseholdStripPanel.tsx';
import styles from './IntakePage.module.css';
import { QuickItems } from './QuickItems.tsx';

export const route = createLazyRoute('/intake')({ component: IntakePage });

/** 一柜通: words first, then the business they suggest, then only what that business needs. */
function IntakePage() {
  const t = useT(messages);
  const catalogue = useQuery(catalogueQuery);
  const [householdId, setHouseholdId] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  if (catalogue.error) return <ErrorPanel error={catalogue.error} onRetry={() => void catalogue.refetch()} />;
  if (!catalogue.data) return <PageSkeleton />;
  return (
    <>
      <PageHead title={t('intake.title')} />
      <div className={styles['page']}>
        <DemandForm
          key={round}
          catalogue={catalogue.data}
          householdId={householdId}
          onHousehold={setHouseholdId}
          onNext={() => {
            setHouseholdId(null);
            setRound(round + 1);
          }}
        />
        <aside className={styles['side']}>
          {householdId === null ? (
            <EmptyState title={t('strip.none')} />
          ) : (
            <HouseholdStripPanel id={householdId} />
          )}
          <QuickItems catalogue={catalogue.data} householdId={householdId} />
        </aside>
      </div>
    </>
  );
}

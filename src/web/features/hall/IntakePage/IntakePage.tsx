import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import type { IntakeBody, IntakeCatalogue } from '#modules/case/case-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { useSession } from '../../../lib/session.ts';
import { QueueBar } from '../QueuePage/QueueBar.tsx';
import { atCounter } from '../at-counter.ts';
import { HouseholdStripPanel } from '../HouseholdStrip/HouseholdStripPanel.tsx';
import { catalogueQuery, stripQuery } from '../hall-queries.ts';
import { messages } from '../messages.ts';
import { AcceptedNote, type Outcome } from './AcceptedNote.tsx';
import { DemandForm } from './DemandForm.tsx';
import { DraftTabs } from './DraftTabs.tsx';
import styles from './IntakePage.module.css';
import { MayPromise } from './MayPromise.tsx';
import { type QuickDone, QuickItems } from './QuickItems.tsx';
import { type Drafts, useDrafts } from './use-drafts.ts';

export const route = createLazyRoute('/intake')({ component: IntakePage });

/** 一柜通: words first, then the business they suggest, then only what that business needs. */
function IntakePage() {
  const t = useT(messages);
  const { post } = useSession();
  const catalogue = useQuery(catalogueQuery);
  const drafts = useDrafts();
  const [quickDone, setQuickDone] = useState<QuickDone | null>(null);
  const error = catalogue.error ?? drafts.error;
  if (error)
    return (
      <ErrorPanel
        error={error}
        onRetry={() => {
          void catalogue.refetch();
          drafts.retry();
        }}
      />
    );
  if (!catalogue.data || !drafts.loaded) return <PageSkeleton />;
  return (
    <>
      <PageHead title={t('intake.title')} />
      {atCounter(post) && <QueueBar />}
      <DraftTabs drafts={drafts} />
      <Counter
        key={drafts.id}
        catalogue={catalogue.data}
        drafts={drafts}
        quickDone={quickDone}
        onQuick={setQuickDone}
      />
    </>
  );
}

function Counter(props: {
  catalogue: IntakeCatalogue;
  drafts: Drafts;
  quickDone: QuickDone | null;
  onQuick: (done: QuickDone) => void;
}) {
  const t = useT(messages);
  const { catalogue, drafts } = props;
  const { intake, callId } = drafts.content;
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [quickItem, setQuickItem] = useState<string | null>(null);
  const strip = useQuery({ ...stripQuery(intake.householdId ?? ''), enabled: intake.householdId !== null });
  const process = catalogue.processes.find((one) => one.id === intake.process);
  const set = (change: Partial<IntakeBody>) => drafts.change({ callId, intake: { ...intake, ...change } });

  if (outcome) return <AcceptedNote outcome={outcome} onNext={drafts.begin} />;
  return (
    <div className={styles['page']}>
      <DemandForm
        catalogue={catalogue}
        draftId={drafts.id}
        callId={callId}
        intake={intake}
        set={set}
        settle={drafts.settle}
        quickItem={quickItem}
        onQuick={(done) => {
          props.onQuick(done);
          drafts.drop(drafts.id);
          drafts.begin();
        }}
        onOutcome={(done) => {
          setOutcome(done);
          drafts.drop(drafts.id);
        }}
      />
      <aside className={styles['side']} aria-label={t('intake.household')}>
        {intake.householdId === null ? (
          <EmptyState title={t('strip.none')} />
        ) : (
          <HouseholdStripPanel id={intake.householdId} />
        )}
      </aside>
      <aside className={styles['side']} aria-label={t('intake.quick')}>
        <QuickItems catalogue={catalogue} chosen={quickItem} onChoose={setQuickItem} done={props.quickDone} />
        <MayPromise process={process} area={strip.data?.areaClass ?? intake.area} />
      </aside>
    </div>
  );
}

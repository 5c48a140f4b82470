import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import type { CaseView } from '#modules/case/case-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { useMay } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { ProcessGraph } from '../../../ui/ProcessGraph.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { caseQuery, useNames } from '../case-queries.ts';
import { messages } from '../messages.ts';
import { paperMessages } from '../paper-messages.ts';
import { workMessages } from '../work-messages.ts';
import { caseWorkQuery } from '../work-queries.ts';
import { Beside } from './Beside.tsx';
import { CaseActions } from './CaseActions.tsx';
import styles from './CasePage.module.css';
import { Outlook } from './Outlook.tsx';
import { CaseTimeline } from './CaseTimeline.tsx';
import { ClockTable, deadlineOf } from './ClockTable.tsx';
import { Commitments } from './Commitments.tsx';
import { FaultCards } from './FaultCards.tsx';
import { Files } from './Files.tsx';
import { Meetings } from './Meetings.tsx';
import { Messages } from './Messages.tsx';
import { OutsideLine } from '../OutsideMarks.tsx';
import { Owes } from './Owes.tsx';
import { Related } from './Related.tsx';
import { SupplyGroups } from './SupplyGroups.tsx';

export const route = createLazyRoute('/cases/$id')({ component: CasePage });

/** One page tells the whole case: the promise on top, where it stands, who owes what by when, what happened. */
function CasePage() {
  const t = useT(messages);
  const tWork = useT(workMessages);
  const tPaper = useT(paperMessages);
  const name = useNames();
  const navigate = useNavigate();
  const mayTakeIn = useMay('case.intake');
  const { id } = useParams({ strict: false });
  const view = useQuery(caseQuery(id ?? ''));
  const work = useQuery(caseWorkQuery(id ?? '')).data;
  if (view.error) return <ErrorPanel error={view.error} onRetry={() => void view.refetch()} />;
  if (!view.data) return <PageSkeleton />;
  const one = view.data;
  const lead = one.clocks.find((clock) => clock.state === 'running' || clock.state === 'paused');
  return (
    <>
      <PageHead
        title={t('case.title', { type: name(one.process ?? one.quickItem ?? one.caseType), no: one.no })}
        owner={t('case.owner', { person: one.firstAsked, unit: one.intakeUnit })}
        promise={
          one.state === 'closed'
            ? t(one.quickItem === null ? 'case.closed' : 'case.quick')
            : lead && <TimeLeft deadline={deadlineOf(lead)} />
        }
        actions={
          <>
            {mayTakeIn && (
              <Button onClick={() => void navigate({ to: `/receipts/${one.id}` })}>
                {t('case.receipt')}
              </Button>
            )}
            {one.order && (
              <Button onClick={() => void navigate({ to: `/cases/${one.id}/paper` })}>
                {tPaper('open')}
              </Button>
            )}
          </>
        }
      />
      <OutsideLine caseId={one.id} channel={one.channel} />
      {one.state === 'open' && one.order?.restores === true && <Outlook caseId={one.id} />}
      <div className={styles['page']}>
        {one.order && (
          <section className={`dfw-no-print ${styles['full']}`}>
            <h2>{t('case.where')}</h2>
            <ProcessGraph
              layout={{
                nodes: one.order.steps.map((step) => ({
                  id: step.id,
                  x: step.x,
                  y: step.y,
                  state: step.state,
                  label: name(step.name),
                  ...(step.state === 'active' && step.unit !== null
                    ? { detail: step.holder ?? step.unit }
                    : {}),
                })),
                edges: one.order.edges.map((edge) => ({
                  from: edge.from,
                  to: edge.to,
                  rework: edge.kind === 'return',
                })),
              }}
            />
          </section>
        )}
        <div>
          {one.order && <CaseActions view={one} order={one.order} />}
          {one.order && <FaultCards of={one.order.faultCards} />}
          {one.order?.restores === true && <SupplyGroups orderId={one.order.id} />}
          {work && <Beside view={one} work={work} />}
          {work && work.commitments.length > 0 && (
            <section>
              <h2>{tWork('commit.title')}</h2>
              <Commitments list={work.commitments} />
            </section>
          )}
          <Meetings caseId={one.id} no={one.no} open={one.state === 'open'} />
          <CustomerWords view={one} />
          <Messages caseId={one.id} />
          <Files caseId={one.id} />
          {work && <Related caseId={one.id} related={work.related} />}
        </div>
        <div>
          {work && <Owes view={one} work={work} />}
          {one.clocks.length > 0 && <ClockTable caseId={one.id} clocks={one.clocks} order={one.order} />}
          <CaseTimeline view={one} />
        </div>
      </div>
    </>
  );
}

function CustomerWords({ view }: { view: CaseView }) {
  const t = useT(messages);
  return (
    <section>
      <h2>{t('case.customer')}</h2>
      <Mood view={view} />
      {view.contact === null ? (
        <p className={styles['small']}>{t('case.masked')}</p>
      ) : (
        <>
          <p className={styles['words']}>{view.words}</p>
          <p>{[view.contact.name, view.contact.phone, view.place].filter(Boolean).join(' · ')}</p>
        </>
      )}
    </section>
  );
}

/** What whoever speaks with him next must know before he dials. */
function Mood({ view }: { view: CaseView }) {
  const t = useT(messages);
  const said = [
    ...(view.mood === 'calm' ? [] : [t(`case.${view.mood}`)]),
    ...(view.escalationRisk ? [t('case.mayEscalate')] : []),
  ];
  return said.length === 0 ? null : (
    <p>
      <strong>{said.join(' · ')}</strong>
    </p>
  );
}

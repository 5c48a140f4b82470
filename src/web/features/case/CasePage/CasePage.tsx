import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useParams } from '@tanstack/react-router';
import type { CaseView } from '#modules/case/case-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { ProcessGraph } from '../../../ui/ProcessGraph.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { Timeline } from '../../../ui/Timeline.tsx';
import { caseQuery, useNames } from '../case-queries.ts';
import { messages } from '../messages.ts';
import { CaseActions } from './CaseActions.tsx';
import styles from './CasePage.module.css';
import { ClockTable, deadlineOf } from './ClockTable.tsx';

export const route = createLazyRoute('/cases/$id')({ component: CasePage });

/** One page tells the whole case: the promise on top, where it stands, who owes what by when, what happened. */
function CasePage() {
  const t = useT(messages);
  const name = useNames();
  const { id } = useParams({ strict: false });
  const view = useQuery(caseQuery(id ?? ''));
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
      />
      <div className={styles['page']}>
        {one.order && (
          <section className={styles['full']}>
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
          <CustomerWords view={one} />
        </div>
        <div>
          {one.clocks.length > 0 && <ClockTable clocks={one.clocks} order={one.order} />}
          <h2>{t('case.timeline')}</h2>
          <Timeline label={t('case.timeline')} entries={entriesOf(one, t, name)} />
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

const EVENTS = [
  'case.accepted',
  'case.closed',
  'task.taken',
  'step.done',
  'step.returned',
  'clock.fired',
  'clock.paused',
  'clock.pause-asked',
  'clock.pause-withdrawn',
  'clock.pause-approved',
  'clock.pause-rejected',
  'clock.resumed',
] as const;

function entriesOf(
  view: CaseView,
  t: ReturnType<typeof useT<keyof (typeof messages)['zh']>>,
  name: ReturnType<typeof useNames>,
) {
  return view.timeline.flatMap((entry, i) => {
    const type = EVENTS.find((one) => one === entry.type);
    if (type === undefined) return [];
    const step = entry.step === null ? '' : name(entry.step);
    const said = entry.texts.flatMap((text) => text.body ?? []);
    return [
      {
        id: `${view.timeline.length - i}`,
        at: entry.at,
        actor: entry.actor ?? '',
        title: t(entry.percent === 100 ? 'event.clock.broken' : `event.${type}`, {
          step,
          about: entry.about === null ? '' : name(entry.about),
          percent: entry.percent ?? '',
        }),
        ...(said.length === 0 ? {} : { body: said.join(' · ') }),
      },
    ];
  });
}

import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useParams } from '@tanstack/react-router';
import type { PlanView } from '#modules/outage/planned-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { lookUp, useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { Ledger } from '../../../ui/Ledger.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { Timeline } from '../../../ui/Timeline.tsx';
import { messages, refusals } from '../messages.ts';
import { spanWords } from '../plan-words.ts';
import { planQuery } from '../planned-queries.ts';
import { AffectedPart, RepeatPart } from './AffectedPart.tsx';
import { ConsultPart } from './ConsultPart.tsx';
import styles from './PlanPage.module.css';
import { PlanSteps } from './PlanSteps.tsx';
import { TellingsPart } from './TellingsPart.tsx';

export const route = createLazyRoute('/outages/plans/$id')({ component: PlanPage });

const MINUTE = 60_000;
const WAY = [
  'need',
  'consulting',
  'deciding',
  'approved',
  'announced',
  'underway',
  'restored',
  'closed',
] as const;

/** A planned outage: where it stands, what is in its way, whom it concerns, what they said, who was told. */
function PlanPage() {
  const { id = '' } = useParams({ strict: false });
  const plan = useQuery(planQuery(id));
  useLive(['planned'], ['planned', 'one', id], id);
  if (plan.error) return <ErrorPanel error={plan.error} onRetry={() => void plan.refetch()} />;
  return plan.data ? <Plan key={id} plan={plan.data} /> : <PageSkeleton />;
}

function Plan({ plan }: { plan: PlanView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  return (
    <div className={styles['page']}>
      <PageHead
        title={plan.work}
        owner={`${plan.no} · ${t(`kind.${plan.kind}`)} · ${t(`stage.${plan.stage}`)} · ${spanWords(plan, now, language)}`}
        promise={<NextMoment plan={plan} />}
      />
      <Blocks plan={plan} />
      <ol className={styles['way']} aria-label={t('col.stage')}>
        {WAY.map((stage) => (
          <li key={stage} aria-current={stage === plan.stage ? 'step' : undefined}>
            {t(`stage.${stage}`)}
          </li>
        ))}
      </ol>
      <Facts plan={plan} />
      <AffectedPart plan={plan} />
      <RepeatPart plan={plan} />
      <ConsultPart plan={plan} />
      <Deadlines plan={plan} />
      <TellingsPart plan={plan} />
      <History plan={plan} />
      <PlanSteps plan={plan} />
    </div>
  );
}

/** The moment that binds next: what it is, and what is left of it. */
function NextMoment({ plan: { due } }: { plan: PlanView }) {
  const t = useT(messages);
  if (due === null) return null;
  return (
    <>
      <small>{t(`due.${due.what}`)}</small>{' '}
      <TimeLeft deadline={{ dueAt: due.at, startedAt: due.startedAt }} />
    </>
  );
}

/** What stands in the way of the next step, and how it is mended: the first thing to read. */
function Blocks({ plan }: { plan: PlanView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  if (plan.blocks.length === 0) return null;
  return (
    <section className={styles['blocks']} aria-label={t('blocks.title')} role="status">
      {plan.blocks.map(({ code, detail, overridable }) => (
        <p key={code}>
          <strong>{t('blocks.title')}</strong> {lookUp(refusals, language, code, detail) ?? code}
          {typeof detail['by'] === 'number' && (
            <> {t('blocks.by', { time: formatDateTime(detail['by'], now, language) })}</>
          )}
          {overridable && <small> {t('blocks.deputy')}</small>}
        </p>
      ))}
    </section>
  );
}

function Facts({ plan }: { plan: PlanView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const when = (at: number) => formatDateTime(at, now, language);
  const { startedAt, restoredAt, approvedBy, approvedWay, firstUntil, meetsOn } = plan;
  const way = approvedWay === null ? '' : t(`plan.way.${approvedWay}`);
  const ended = restoredAt === null ? t('plan.ongoing') : when(restoredAt);
  return (
    <dl className={styles['facts']}>
      <dt>{t('plan.time')}</dt>
      <dd>
        {spanWords(plan, now, language)} · {t(`reason.${plan.reason}`)}
        {firstUntil !== null && firstUntil !== plan.until && (
          <small> {t('plan.firstUntil', { time: when(firstUntil) })}</small>
        )}
      </dd>
      {startedAt !== null && (
        <>
          <dt>{t('plan.actual')}</dt>
          <dd>{t('plan.actualTime', { from: when(startedAt), until: ended })}</dd>
        </>
      )}
      <dt>{t('plan.drafted')}</dt>
      <dd>
        {plan.draftedBy} {when(plan.draftedAt)}
      </dd>
      {meetsOn !== null && (
        <>
          <dt>{t('plan.meets')}</dt>
          <dd>{meetsOn}</dd>
        </>
      )}
      {approvedBy !== null && (
        <>
          <dt>{t('plan.approved')}</dt>
          <dd>{t('plan.approvedBy', { name: approvedBy, way })}</dd>
        </>
      )}
      {plan.overrideReason !== null && (
        <>
          <dt>{t('plan.overrideReason')}</dt>
          <dd>{plan.overrideReason}</dd>
        </>
      )}
      {plan.authorityRef !== null && plan.authorityAt !== null && (
        <>
          <dt>{t('plan.authority')}</dt>
          <dd>{t('plan.authorityRef', { reference: plan.authorityRef, time: when(plan.authorityAt) })}</dd>
        </>
      )}
      <dt>{t('plan.devices')}</dt>
      <dd>
        {plan.devices.map((device) => (
          <span key={device.id} className={styles['device']}>
            <Link to="/network/devices/$id" params={{ id: device.id }}>
              {device.name}
            </Link>{' '}
            <small>
              {device.code} {device.feeder} {t(device.open ? 'plan.open' : 'plan.closed')}
            </small>
          </span>
        ))}
      </dd>
    </dl>
  );
}

function Deadlines({ plan }: { plan: PlanView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  return (
    <section>
      <h2>{t('plan.deadlines')}</h2>
      {plan.deadlines.map((one) => (
        <div key={one.limitId} className={styles['deadline']}>
          <span>
            {one.name[language]}{' '}
            <small>{t('plan.source', { source: one.source, confidence: one.confidence })}</small>
          </span>
          <TimeLeft
            deadline={{
              dueAt: one.dueAt,
              startedAt: plan.draftedAt,
              ...(one.metAt === null ? {} : { metAt: one.metAt }),
            }}
          />
          {one.metAt !== null && (
            <small>{t('deadline.met', { time: formatDateTime(one.metAt, now, language) })}</small>
          )}
          <Ledger lines={one.ledger} limit={one.text} />
        </div>
      ))}
    </section>
  );
}

function History({ plan }: { plan: PlanView }) {
  const t = useT(messages);
  return (
    <section>
      <h2>{t('plan.timeline')}</h2>
      <Timeline
        label={t('plan.timeline')}
        entries={plan.events.toReversed().map(({ seq, at, by, type, data, reason }) => ({
          id: String(seq),
          at,
          actor: by ?? t('actor.system'),
          title: t(`event.${type}` as 'event.drafted', numbersOf(data)),
          ...(reason === null ? {} : { body: reason }),
        }))}
      />
    </section>
  );
}

function numbersOf(data: PlanView['events'][number]['data']): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => (typeof value === 'number' ? [[key, value]] : [])),
  );
}

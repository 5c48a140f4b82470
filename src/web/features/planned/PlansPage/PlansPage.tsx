import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import type { OpenPlan, PlanBoard, PlanBrief } from '#modules/outage/planned-api.ts';
import { formatDate, formatNumber, formatTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useNarrow } from '../../../lib/use-narrow.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { messages } from '../messages.ts';
import { DAY, mondayOf, spanWords } from '../plan-words.ts';
import { boardQuery, PLANNED_KEY } from '../planned-queries.ts';
import styles from './PlansPage.module.css';

export const route = createLazyRoute('/outages/plans')({ component: PlansPage });

const HOUR = 3_600_000;
const WEEK = 7 * DAY;

/** The week by feeder, and everything that waits for somebody. */
function PlansPage() {
  const t = useT(messages);
  const { language } = useLanguage();
  const go = useNavigate();
  const now = useNow(HOUR);
  const { week } = useSearch({ strict: false }) as { week?: number };
  const from = week === undefined ? mondayOf(now) : mondayOf(week);
  const board = useQuery(boardQuery(from, from + WEEK));
  useLive(['planned'], PLANNED_KEY);
  if (board.error) return <ErrorPanel error={board.error} onRetry={() => void board.refetch()} />;
  if (!board.data) return <PageSkeleton />;
  const { mayDraft, feeders, open } = board.data;
  const draft = mayDraft && (
    <Button type="primary" onClick={() => void go({ to: '/outages/plans/new' })}>
      {t('plans.new')}
    </Button>
  );
  const show = (at: number) => void go({ to: '/outages/plans', search: { week: at } });
  const span = {
    from: formatDate(from, now, language),
    to: formatDate(from + WEEK - 1, now, language),
  };
  return (
    <div className={styles['page']}>
      <PageHead title={t('plans.title')} owner={t('plans.week', span)} actions={draft} />
      <nav className={styles['weeks']} aria-label={t('plans.weeks')}>
        <Button onClick={() => show(from - WEEK)}>{t('plans.before')}</Button>
        <Button onClick={() => show(mondayOf(now))}>{t('plans.today')}</Button>
        <Button onClick={() => show(from + WEEK)}>{t('plans.after')}</Button>
        <Button onClick={() => void go({ to: '/outages/plans/notices' })}>{t('plans.notices')}</Button>
      </nav>
      {open.length === 0 && feeders.length === 0 ? (
        <EmptyState title={t('plans.empty')} body={t('plans.emptyBody')} action={draft} />
      ) : (
        <>
          <Week board={board.data} />
          <h2>{t('plans.open')}</h2>
          <OpenPlans plans={open} />
        </>
      )}
    </div>
  );
}

function Week({ board }: { board: PlanBoard }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(HOUR);
  const narrow = useNarrow();
  if (board.feeders.length === 0) return <p className={styles['quiet']}>{t('plans.quietWeek')}</p>;
  if (narrow) return <WeekList board={board} />;
  const days = Array.from({ length: 7 }, (_, i) => board.from + i * DAY);
  return (
    // A region that scrolls must be reachable by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles['scroll']} role="region" aria-label={t('plans.byFeeder')} tabIndex={0}>
      <table className={styles['week']}>
        <thead>
          <tr>
            <th scope="col">{t('plans.feeder')}</th>
            {days.map((day) => (
              <th
                key={day}
                scope="col"
                aria-current={
                  mondayOf(now) === board.from && day <= now && now < day + DAY ? 'date' : undefined
                }
              >
                {formatDate(day, now, language)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {board.feeders.map((feeder) => (
            <tr key={feeder.id ?? 'none'}>
              <th scope="row">{feeder.id === null ? t('plans.noFeeder') : feeder.name}</th>
              {days.map((day) => (
                <td key={day}>
                  {feeder.plans
                    .filter((plan) => plan.from < day + DAY && plan.until > day)
                    .map((plan) => (
                      <Bar key={plan.id} plan={plan} />
                    ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** On a phone: a feeder after the other, its outages with their days. */
function WeekList({ board }: { board: PlanBoard }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(HOUR);
  return board.feeders.map((feeder) => (
    <section key={feeder.id ?? 'none'}>
      <h2>{feeder.id === null ? t('plans.noFeeder') : feeder.name}</h2>
      {feeder.plans.map((plan) => (
        <div key={plan.id} className={styles['day']}>
          <span>{formatDate(plan.from, now, language)}</span>
          <Bar plan={plan} />
        </div>
      ))}
    </section>
  ));
}

function Bar({ plan }: { plan: PlanBrief }) {
  const t = useT(messages);
  return (
    <Link
      className={styles['bar'] ?? ''}
      data-stage={plan.stage}
      to="/outages/plans/$id"
      params={{ id: plan.id }}
      title={plan.work}
    >
      <strong>
        {formatTime(plan.from)}–{formatTime(plan.until)}
      </strong>
      <span>
        {t(`stage.${plan.stage}`)} · {t('plans.households', { n: formatNumber(plan.households) })}
      </span>
    </Link>
  );
}

function linkTo({ id, work }: PlanBrief) {
  return (
    <Link to="/outages/plans/$id" params={{ id }}>
      {work}
    </Link>
  );
}

function Due({ due }: { due: OpenPlan['due'] }) {
  const t = useT(messages);
  if (due === null) return null;
  return (
    <>
      {t(`due.${due.what}`)} <TimeLeft deadline={{ dueAt: due.at, startedAt: due.startedAt }} />
    </>
  );
}

function dueIn({ due }: OpenPlan) {
  return <Due due={due} />;
}

function OpenPlans({ plans }: { plans: readonly OpenPlan[] }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(HOUR);
  return (
    <PlainTable
      rows={plans}
      columns={[
        { title: t('col.work'), cell: linkTo },
        { title: t('col.no'), minor: true, cell: (plan) => plan.no },
        { title: t('col.due'), cell: dueIn },
        { title: t('col.when'), cell: (plan) => spanWords(plan, now, language) },
        { title: t('col.stage'), cell: (plan) => `${t(`kind.${plan.kind}`)} · ${t(`stage.${plan.stage}`)}` },
        { title: t('col.households'), minor: true, cell: (plan) => formatNumber(plan.households) },
      ]}
    />
  );
}

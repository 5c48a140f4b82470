import { createLazyRoute } from '@tanstack/react-router';
import { Button } from 'antd';
import { MINUTE } from '#kernel/instant.ts';
import type { QueueView } from '#modules/hall/queue-api.ts';
import { formatDuration, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { queueMessages } from '../queue-messages.ts';
import { queueQuery, useIssue } from '../queue-queries.ts';
import { useQuery } from '@tanstack/react-query';
import { QueueBar } from './QueueBar.tsx';
import styles from './QueuePage.module.css';

export const route = createLazyRoute('/queue')({ component: QueuePage });

const CLASSES = ['pay', 'business', 'booked', 'care'] as const;

/** The queue of the hall: who waits, which window has whom, the day in figures. */
function QueuePage() {
  const t = useT(queueMessages);
  const queue = useQuery(queueQuery);
  const mayManage = useMay('hall.manage');
  if (queue.error && !queue.data)
    return <ErrorPanel error={queue.error} onRetry={() => void queue.refetch()} />;
  if (!queue.data) return <PageSkeleton />;
  return (
    <>
      <PageHead
        title={t('queue.title', { hall: queue.data.hall })}
        actions={mayManage && <Button href="/devices">{t('queue.devices')}</Button>}
      />
      <QueueBar />
      <div className={styles['columns']}>
        <div>
          <Draw />
          <Waiting queue={queue.data} />
        </div>
        <div className={styles['side']}>
          <Windows queue={queue.data} />
          <Figures queue={queue.data} />
        </div>
      </div>
    </>
  );
}

function Draw() {
  const t = useT(queueMessages);
  const issue = useIssue();
  return (
    <div className={styles['draw']} role="group" aria-label={t('queue.draw')}>
      <span aria-hidden="true">{t('queue.draw')}</span>
      {CLASSES.map((kind) => (
        <Button key={kind} loading={issue.isPending} onClick={() => issue.mutate({ class: kind })}>
          {t(`queue.class.${kind}`)}
        </Button>
      ))}
      <span role="status">
        {issue.data &&
          t('queue.drawn', {
            label: issue.data.label,
            ahead: issue.data.ahead,
            minutes: issue.data.waitMinutes,
          })}
      </span>
      {issue.error && <ErrorPanel error={issue.error} kept />}
    </div>
  );
}

function Waiting({ queue }: { queue: QueueView }) {
  const t = useT(queueMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  if (queue.waiting.length === 0) return <EmptyState title={t('queue.empty')} body={t('queue.emptyBody')} />;
  return (
    <table className={styles['table']}>
      <caption>{t('queue.list')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('queue.number')}</th>
          <th scope="col">{t('queue.class')}</th>
          <th scope="col">{t('queue.since')}</th>
        </tr>
      </thead>
      <tbody>
        {queue.waiting.map((ticket) => (
          <tr key={ticket.id}>
            <td>{ticket.label}</td>
            <td>{t(`queue.class.${ticket.class}`)}</td>
            <td>{formatDuration(now - ticket.issuedAt, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Windows({ queue }: { queue: QueueView }) {
  const t = useT(queueMessages);
  return (
    <section className={styles['card']}>
      <h2>{t('queue.windows')}</h2>
      {queue.windows.length === 0 && <p>{t('queue.nobody')}</p>}
      <ul>
        {queue.windows.map((one) => (
          <li key={one.window}>
            {t('queue.windowNo', { n: one.window })} <strong>{one.label}</strong> {one.clerk}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Every figure with what it is made of and what it is held against (R105, R106). */
function Figures({ queue }: { queue: QueueView }) {
  const t = useT(queueMessages);
  const { figures, limits } = queue;
  const minutes = (value: number | null) =>
    value === null
      ? t('queue.noneYet')
      : t('queue.minutes', { minutes: formatNumber(Math.round(value * 10) / 10) });
  return (
    <section className={styles['card']}>
      <h2>{t('queue.figures')}</h2>
      <dl className={styles['figures']}>
        <div>
          <dt>{t('queue.meanWait')}</dt>
          <dd>
            {minutes(figures.meanWait)}
            {limits.reference !== null && (
              <small>{t('queue.ofCalled', { count: figures.called, limit: limits.reference })}</small>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('queue.longestWait')}</dt>
          <dd>{minutes(figures.longestWait)}</dd>
        </div>
        {CLASSES.filter((kind) => figures.served[kind].count > 0).map((kind) => (
          <div key={kind}>
            <dt>
              {t('queue.served', { class: t(`queue.class.${kind}`), count: figures.served[kind].count })}
            </dt>
            <dd>
              {minutes(figures.served[kind].mean)}
              <small>
                {t('queue.servedMean', {
                  mean: formatNumber(Math.round((figures.served[kind].mean ?? 0) * 10) / 10),
                  limit: kind === 'pay' ? limits.pay : limits.business,
                  over: figures.served[kind].over,
                })}
              </small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { SupplyNoticeView } from '#modules/outage/supply-notice-api.ts';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { serverNow, useNow } from '../../../lib/server-clock.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { noticeMessages } from '../notice-messages.ts';
import { type NoticeStepInput, noticesQuery, useNoticeStep } from '../notice-queries.ts';
import { fieldOf, instantOf } from '../plan-words.ts';
import { Alarms } from './Alarms.tsx';
import styles from './NoticesPage.module.css';
import { ReportForm } from './ReportForm.tsx';

export const route = createLazyRoute('/outages/plans/notices')({ component: NoticesPage });

const MINUTE = 60_000;

/** 停送电信息: what the other doors are told about supply that is off, and what nothing explains. */
function NoticesPage() {
  const t = useT(noticeMessages);
  const list = useQuery(noticesQuery);
  const [reporting, setReporting] = useState(false);
  if (list.error) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <PageSkeleton />;
  const { notices, mayReport } = list.data;
  return (
    <div className={styles['page']}>
      <PageHead
        title={t('notices.title')}
        owner={t('notices.owner')}
        actions={
          mayReport && (
            <Button type="primary" onClick={() => setReporting(!reporting)}>
              {t('notices.report')}
            </Button>
          )
        }
      />
      {reporting && <ReportForm onDone={() => setReporting(false)} />}
      <Alarms />
      {notices.length === 0 ? (
        <EmptyState title={t('notices.empty')} body={t('notices.emptyBody')} />
      ) : (
        <ul className={styles['list']}>
          {notices.map((notice) => (
            <Notice key={notice.id} notice={notice} mayReport={mayReport} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Notice({ notice, mayReport }: { notice: SupplyNoticeView; mayReport: boolean }) {
  const t = useT(noticeMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const when = (at: number) => formatDateTime(at, now, language);
  const { from, until, actualFrom, actualUntil, state } = notice;
  return (
    <li>
      <div className={styles['line']}>
        <strong>{t(`kind.${notice.kind}`)}</strong>
        {notice.planId === null ? (
          <span>{notice.no}</span>
        ) : (
          <Link to="/outages/plans/$id" params={{ id: notice.planId }}>
            {notice.no}
          </Link>
        )}
        <span>{t(notice.cancelled ? 'state.cancelled' : `state.${state}`)}</span>
        {state === 'reported' && until !== null && from <= now && (
          <TimeLeft deadline={{ dueAt: until, startedAt: from }} />
        )}
      </div>
      <p>
        {when(from)} · {until === null ? t('when.unknown') : t('when.until', { time: when(until) })}
        {actualFrom !== null && (
          <>
            {' '}
            ·{' '}
            {t('when.actual', {
              from: when(actualFrom),
              until: actualUntil === null ? t('when.still') : when(actualUntil),
            })}
          </>
        )}
      </p>
      <p>
        {notice.lines.join(' ')} · {notice.areas.slice(0, 6).join(' ')} ·{' '}
        {t('where.size', { households: formatNumber(notice.households), transformers: notice.transformers })}
      </p>
      <p className={styles['quiet']}>
        {notice.reports
          .map(({ what, at, late }) => `${t(`report.${what}`)} ${when(at)}${late ? t('report.late') : ''}`)
          .join(' → ')}
      </p>
      {mayReport && notice.planId === null && state !== 'closed' && <Actions notice={notice} />}
    </li>
  );
}

function Actions({ notice }: { notice: SupplyNoticeView }) {
  const t = useT(noticeMessages);
  const step = useNoticeStep();
  const [changing, setChanging] = useState(false);
  const [until, setUntil] = useState(notice.until === null ? '' : fieldOf(notice.until));
  const { id, seq, no, from } = notice;
  const named = (action: NoticeStepInput['step']) => t('act.named', { action: t(`act.${action}`), no });
  const send = (name: NoticeStepInput['step'], body: NoticeStepInput['body']) =>
    step.mutate({ id, step: name, body: { seq, ...body } }, { onSuccess: () => setChanging(false) });
  return (
    <>
      {step.error && <ErrorPanel error={step.error} kept />}
      <div className={styles['line']}>
        {notice.state === 'reported' && !changing && (
          <>
            <Button size="small" aria-label={named('change')} onClick={() => setChanging(true)}>
              {t('act.change')}
            </Button>
            <Button
              size="small"
              aria-label={named('restored')}
              loading={step.isPending}
              onClick={() => send('restored', { at: serverNow() })}
            >
              {t('act.restored')}
            </Button>
          </>
        )}
        {changing && (
          <>
            <Input
              className={styles['moment'] ?? ''}
              type="datetime-local"
              aria-label={t('notices.until')}
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
            <Button
              size="small"
              type="primary"
              loading={step.isPending}
              onClick={() => send('change', { from, until: until === '' ? null : instantOf(until) })}
            >
              {t('act.change')}
            </Button>
            <Button size="small" type="text" onClick={() => setChanging(false)}>
              {t('notices.back')}
            </Button>
          </>
        )}
        {notice.state === 'restored' && (
          <Button
            size="small"
            aria-label={named('closed')}
            loading={step.isPending}
            onClick={() => send('closed', {})}
          >
            {t('act.closed')}
          </Button>
        )}
      </div>
    </>
  );
}

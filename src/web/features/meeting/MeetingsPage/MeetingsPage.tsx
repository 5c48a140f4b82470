import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { DAY } from '#kernel/instant.ts';
import type { Meeting, MeetingDecision } from '#modules/meeting/meeting-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { useList } from '../../../lib/use-list.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { meetingsQuery } from '../meeting-queries.ts';
import { messages } from '../messages.ts';
import { CancelForm } from './CancelForm.tsx';
import styles from './MeetingsPage.module.css';
import { RecordForm } from './RecordForm.tsx';

export const route = createLazyRoute('/meetings')({ component: MeetingsPage });

/** Who was called together about what, and what became of it; those to come first. */
function MeetingsPage() {
  const t = useT(messages);
  const navigate = useNavigate();
  const mayCall = useMay('meeting.call');
  const meetings = useQuery(meetingsQuery);
  if (meetings.error) return <ErrorPanel error={meetings.error} onRetry={() => void meetings.refetch()} />;
  if (!meetings.data) return <PageSkeleton />;
  return (
    <div className={styles['page']}>
      <PageHead
        title={t('page.title')}
        actions={
          mayCall && (
            <Button
              type="primary"
              onClick={() => void navigate({ to: '/meetings/call', search: { kind: 'meeting' } })}
            >
              {t('call.meeting')}
            </Button>
          )
        }
      />
      {meetings.data.length === 0 && <EmptyState title={t('page.none')} body={t('page.noneBody')} />}
      {meetings.data.map((meeting) => (
        <OneMeeting key={meeting.id} meeting={meeting} />
      ))}
    </div>
  );
}

function OneMeeting({ meeting }: { meeting: Meeting }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const list = useList();
  const now = useNow(DAY / 24);
  const [open, setOpen] = useState<'record' | 'cancel' | null>(null);
  const nameOf = (unit: Meeting['units'][number]) =>
    (language === 'zh' ? unit.name : unit.nameEn) + (unit.came === false ? t('meeting.away') : '');
  return (
    <section className={styles['meeting']}>
      <h2>{t('meeting.when', { time: formatDateTime(meeting.meetsAt, now, language) })}</h2>
      <p className={styles['small']}>
        {t(`meeting.${meeting.state}`)} · {t('meeting.by', { person: meeting.calledBy })}
      </p>
      <dl>
        <dt>{t('meeting.units')}</dt>
        <dd>{list(meeting.units.map(nameOf))}</dd>
        <dt>{t('meeting.cases')}</dt>
        <dd>
          <ul className={styles['list']}>
            {meeting.cases.map((one) => (
              <li key={one.id}>
                <CaseLink caseId={one.id} number={one.no} /> {one.purpose}
              </li>
            ))}
          </ul>
        </dd>
        {meeting.decisions.length > 0 && (
          <>
            <dt>{t('meeting.decisions')}</dt>
            <dd>
              <ul className={styles['list']}>
                {meeting.decisions.map((one) => (
                  <DecisionLine key={one.id} decision={one} />
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      {meeting.mayRecord && (
        <div className={styles['form']}>
          <div className={styles['row']}>
            <Button
              aria-expanded={open === 'record'}
              onClick={() => setOpen(open === 'record' ? null : 'record')}
            >
              {t('record.open')}
            </Button>
            <Button
              aria-expanded={open === 'cancel'}
              onClick={() => setOpen(open === 'cancel' ? null : 'cancel')}
            >
              {t('cancel.open')}
            </Button>
          </div>
          {open === 'record' && <RecordForm meeting={meeting} />}
          {open === 'cancel' && <CancelForm id={meeting.id} />}
        </div>
      )}
    </section>
  );
}

const STATES = ['open', 'answered', 'kept', 'broken', 'withdrawn'] as const;

function DecisionLine({ decision }: { decision: MeetingDecision }) {
  const t = useT(messages);
  const state = STATES.find((one) => one === decision.state) ?? 'open';
  return (
    <li>
      <CaseLink caseId={decision.caseId} number={decision.caseNo} /> {decision.unit}：{decision.words} ·{' '}
      {t(`decision.${decision.kind}`)} ·{' '}
      {state === 'open' ? <TimeLeft deadline={{ dueAt: decision.dueAt }} /> : t(`decision.${state}`)}
      {decision.answer !== null && <span className={styles['small']}> {decision.answer}</span>}
    </li>
  );
}

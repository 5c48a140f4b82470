import { Button } from 'antd';
import { MINUTE } from '#kernel/instant.ts';
import type { ComplaintView, DutyView } from '#modules/voice/voice-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { messages } from '../messages.ts';
import { useDutyDone } from '../voice-queries.ts';
import { dutyName, listWords, reasonName } from './code-names.ts';
import styles from './ComplaintPage.module.css';

/** The grade with its reasons, and what it obliges to by when. */
export function GradePanel({ view }: { view: ComplaintView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { grade, complaints, duties } = view;
  return (
    <section>
      <h2>{t('grade.title')}</h2>
      {grade === null ? (
        <p className={styles['small']}>{t('grade.none')}</p>
      ) : (
        <>
          <p>
            <b>{t(`grade.${grade.grade}`)}</b> · {t(`class.${grade.complaintClass}`)} ·{' '}
            {grade.reasons.length === 0
              ? t('grade.whyNone')
              : listWords(grade.reasons.map((code) => reasonName(t, code)))}
          </p>
          <p className={styles['small']}>
            {t('grade.by', { person: grade.by, time: formatDateTime(grade.at, now, language) })}
          </p>
        </>
      )}
      {complaints.count > 1 && <p>{t('one.complaints', complaints)}</p>}
      {duties.length > 0 && (
        <>
          <h2>{t('duty.title')}</h2>
          <ul className={styles['list']}>
            {duties.map((duty) => (
              <li key={duty.id}>
                <Duty duty={duty} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Duty({ duty }: { duty: DutyView }) {
  const t = useT(messages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const done = useDutyDone(duty.id);
  const deadline = { dueAt: duty.dueAt, startedAt: duty.owedAt, metAt: duty.doneAt };
  return (
    <>
      {dutyName(t, duty.duty)} <span className={styles['small']}>{name(duty.post)}</span>
      <div className={styles['row']}>
        <TimeLeft deadline={deadline} />
        {duty.doneAt === null ? (
          <Button size="small" loading={done.isPending} onClick={() => done.mutate({})}>
            {t('duty.do')}
          </Button>
        ) : (
          <span className={styles['small']}>
            {t('duty.done', { person: duty.doneBy ?? '', time: formatDateTime(duty.doneAt, now, language) })}
          </span>
        )}
      </div>
      {done.error && <ErrorPanel error={done.error} kept />}
    </>
  );
}

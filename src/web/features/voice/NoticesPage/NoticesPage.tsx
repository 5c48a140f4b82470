import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { MINUTE } from '#kernel/instant.ts';
import type { LiabilityNotice } from '#modules/voice/voice-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useSentence } from '../../../lib/refusals.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { noticesQuery, useAppeal } from '../voice-queries.ts';
import styles from './NoticesPage.module.css';

export const route = createLazyRoute('/liability-notices')({ component: NoticesPage });

/** What my unit was found liable for, and its one appeal. Of the customer and the case there is nothing here. */
function NoticesPage() {
  const t = useT(messages);
  const notices = useQuery(noticesQuery);
  return (
    <>
      <PageHead title={t('notice.title')} owner={t('notice.body')} />
      {notices.error && <ErrorPanel error={notices.error} onRetry={() => void notices.refetch()} />}
      {!notices.data && !notices.error && <RowsSkeleton />}
      {notices.data?.length === 0 && <EmptyState title={t('notice.none')} body={t('notice.noneBody')} />}
      <div className={styles['list']}>
        {notices.data?.map((notice) => (
          <Notice key={notice.id} notice={notice} />
        ))}
      </div>
    </>
  );
}

function Notice({ notice }: { notice: LiabilityNotice }) {
  const t = useT(messages);
  const sentence = useSentence();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const at = (time: number) => formatDateTime(time, now, language);
  const { appeal, complaintClass } = notice;
  const judged = { verdict: t(`verdict.${notice.verdict}`), liability: t(`liability.${notice.liability}`) };
  return (
    <article className={styles['notice']}>
      <h2>
        {complaintClass === null
          ? t('notice.plain', judged)
          : t('notice.head', { ...judged, class: t(`class.${complaintClass}`) })}
      </h2>
      <p className={styles['small']}>
        {t('notice.given', { unit: notice.unit, time: at(notice.givenAt) })}
        {!notice.standing && ` · ${t('verdict.replaced')}`}
      </p>
      <p>{notice.grounds}</p>
      {appeal !== null && (
        <>
          <p>
            {t('notice.mine', { time: at(appeal.askedAt) })} · {appeal.words}
          </p>
          <p>
            <b>{appeal.result === null ? t('appeal.open') : t(`appeal.${appeal.result}`)}</b>
            {appeal.grounds !== null && ` · ${appeal.grounds}`}
            {appeal.decidedAt !== null && (
              <span className={styles['small']}>
                {' '}
                · {t('appeal.decided', { time: at(appeal.decidedAt) })}
              </span>
            )}
          </p>
        </>
      )}
      {notice.mayNot === null && <AppealForm id={notice.id} />}
      {notice.mayNot !== null && appeal === null && (
        <p className={styles['small']}>{sentence(notice.mayNot)}</p>
      )}
    </article>
  );
}

function AppealForm({ id }: { id: string }) {
  const t = useT(messages);
  const appealing = useAppeal(id);
  const [words, setWords] = useState('');
  return (
    <details>
      <summary>{t('notice.appeal')}</summary>
      <div className={styles['form']}>
        <Input.TextArea
          aria-label={t('notice.words')}
          placeholder={t('notice.words')}
          rows={4}
          maxLength={2000}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        {appealing.error && <ErrorPanel error={appealing.error} kept />}
        <div>
          <Button
            type="primary"
            disabled={words.trim().length < 2}
            loading={appealing.isPending}
            onClick={() => appealing.mutate({ words })}
          >
            {t('notice.appeal')}
          </Button>
        </div>
      </div>
    </details>
  );
}

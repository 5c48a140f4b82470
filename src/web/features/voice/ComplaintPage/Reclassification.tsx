import { Button, Input } from 'antd';
import { useState } from 'react';
import { MINUTE } from '#kernel/instant.ts';
import type { ComplaintView, ReclassificationView } from '#modules/voice/voice-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useSentence } from '../../../lib/refusals.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { useDecideReclassification, useReclassify } from '../voice-queries.ts';
import styles from './ComplaintPage.module.css';

/** 投诉 → 意见: asked by one, decided by another; every request stays in sight. */
export function Reclassification({ view }: { view: ComplaintView }) {
  const t = useT(messages);
  return (
    <section>
      <h2>{t('reclass.title')}</h2>
      {view.reclassifications.length === 0 && <p className={styles['small']}>{t('reclass.none')}</p>}
      <ul className={styles['list']}>
        {view.reclassifications.map((one) => (
          <li key={one.id}>
            <OneRequest one={one} />
          </li>
        ))}
      </ul>
      {view.mayReclassify && <AskForm id={view.id} />}
    </section>
  );
}

function OneRequest({ one }: { one: ReclassificationView }) {
  const t = useT(messages);
  const name = useNames();
  const sentence = useSentence();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const at = (time: number) => formatDateTime(time, now, language);
  return (
    <>
      <b>{t('reclass.line', { from: name(one.from), to: name(one.to) })}</b> ·{' '}
      {t(`reclass.state.${one.state}`)}
      <p>{one.reason}</p>
      <p className={styles['small']}>
        {t('reclass.asked', { person: one.askedBy, time: at(one.askedAt) })}
        {one.decidedAt !== null &&
          ` · ${t('reclass.decided', { person: one.decidedBy ?? '', time: at(one.decidedAt) })}`}
      </p>
      {one.words !== null && <p>{one.words}</p>}
      {one.state === 'asked' &&
        (one.mayNot === null ? (
          <DecideForm id={one.id} />
        ) : (
          <p className={styles['small']}>{sentence(one.mayNot)}</p>
        ))}
    </>
  );
}

function DecideForm({ id }: { id: string }) {
  const t = useT(messages);
  const deciding = useDecideReclassification(id);
  const [words, setWords] = useState('');
  const ready = words.trim().length >= 2;
  return (
    <div className={styles['form']}>
      <Input
        aria-label={t('reclass.words')}
        placeholder={t('reclass.words')}
        maxLength={2000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {deciding.error && <ErrorPanel error={deciding.error} kept />}
      <div className={styles['row']}>
        <Button
          disabled={!ready}
          loading={deciding.isPending}
          onClick={() => deciding.mutate({ approve: true, words })}
        >
          {t('reclass.approve')}
        </Button>
        <Button
          disabled={!ready}
          loading={deciding.isPending}
          onClick={() => deciding.mutate({ approve: false, words })}
        >
          {t('reclass.refuse')}
        </Button>
      </div>
    </div>
  );
}

function AskForm({ id }: { id: string }) {
  const t = useT(messages);
  const asking = useReclassify(id);
  const [reason, setReason] = useState('');
  return (
    <details>
      <summary>{t('reclass.ask')}</summary>
      <div className={styles['form']}>
        <Input
          aria-label={t('reclass.reason')}
          placeholder={t('reclass.reason')}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {asking.error && <ErrorPanel error={asking.error} kept />}
        <div>
          <Button
            disabled={reason.trim().length < 2}
            loading={asking.isPending}
            onClick={() => asking.mutate({ to: 'YJ', reason })}
          >
            {t('reclass.ask')}
          </Button>
        </div>
      </div>
    </details>
  );
}

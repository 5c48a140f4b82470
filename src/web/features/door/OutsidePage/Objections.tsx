import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import type { ObjectionBody, OutsideDetail } from '#modules/door/door-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { useAnswerObjection, useObject } from '../door-queries.ts';
import { messages } from '../messages.ts';
import styles from './OutsidePage.module.css';

const MINUTE = 60_000;
const REASONS = ['not-ours', 'duplicate', 'facts-differ', 'unreachable', 'start-wrong'] as const;
const EMPTY: ObjectionBody = { reason: 'not-ours', words: '', evidence: '' };

/** 申诉: what we object to, why, on what evidence, and what they said. The work goes on meanwhile. */
export function Objections({ one }: { one: OutsideDetail }) {
  const t = useT(messages);
  const open = one.objections.some((objection) => objection.state === 'raised');
  return (
    <section>
      <h2>{t('object.title')}</h2>
      {one.objections.map((objection) => (
        <Objection key={objection.id} objection={objection} />
      ))}
      {!open && <ObjectForm id={one.id} />}
    </section>
  );
}

function Objection({ objection }: { objection: OutsideDetail['objections'][number] }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const answer = useAnswerObjection();
  const [words, setWords] = useState('');
  const send = (outcome: 'upheld' | 'rejected' | 'withdrawn') =>
    answer.mutate({ id: objection.id, outcome, answer: words.trim() });
  const time = formatDateTime(objection.raisedAt, now, language);
  return (
    <div className={styles['change']}>
      <p>
        <strong>{t(`object.reason.${objection.reason}`)}</strong> · {t(`object.state.${objection.state}`)}
      </p>
      <p>{objection.words}</p>
      <p className={styles['small']}>
        {t('object.evidenceIs', { evidence: objection.evidence })} ·{' '}
        {t('object.by', { person: objection.raisedBy, time })}
      </p>
      {objection.answer !== null && <p>{objection.answer}</p>}
      {objection.state === 'raised' && (
        <div className={styles['form']}>
          <label>
            <span>{t('object.answer')}</span>
            <Input maxLength={1000} value={words} onChange={(event) => setWords(event.target.value)} />
          </label>
          {answer.error && <ErrorPanel error={answer.error} kept />}
          <div className={styles['row']}>
            <Button disabled={words.trim().length < 2} onClick={() => send('upheld')}>
              {t('object.upheld')}
            </Button>
            <Button disabled={words.trim().length < 2} onClick={() => send('rejected')}>
              {t('object.rejected')}
            </Button>
            <Button disabled={words.trim().length < 2} onClick={() => send('withdrawn')}>
              {t('object.withdraw')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

function ObjectForm({ id }: { id: string }) {
  const t = useT(messages);
  const object = useObject(id);
  const [form, setForm] = useState(EMPTY);
  return (
    <details>
      <summary>{t('object.send')}</summary>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          object.mutate(form, { onSuccess: () => setForm(EMPTY) });
        }}
      >
        <p className={styles['small']}>{t('object.lead')}</p>
        <Segmented
          aria-label={t('object.reason')}
          value={form.reason}
          options={REASONS.map((value) => ({ value, label: t(`object.reason.${value}`) }))}
          onChange={(reason) => setForm({ ...form, reason })}
        />
        <label>
          <span>{t('object.words')}</span>
          <Input.TextArea
            rows={2}
            maxLength={1000}
            value={form.words}
            onChange={(event) => setForm({ ...form, words: event.target.value })}
          />
        </label>
        <label>
          <span>{t('object.evidence')}</span>
          <Input
            maxLength={500}
            value={form.evidence}
            onChange={(event) => setForm({ ...form, evidence: event.target.value })}
          />
        </label>
        {object.error && <ErrorPanel error={object.error} kept />}
        <Button
          htmlType="submit"
          disabled={form.words.trim().length < 5 || form.evidence.trim().length < 2}
          loading={object.isPending}
        >
          {t('object.send')}
        </Button>
      </form>
    </details>
  );
}

import { useState } from 'react';
import { fieldStepsOf } from '#modules/process/domain/index.ts';
import { isMadeSafe } from '#modules/repair/domain/index.ts';
import type { FieldJobs } from '#modules/repair/field-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import type { Device } from '../device.ts';
import type { JobView } from '../job-view.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';

/** 退单: the order is not this crew's. It leaves the phone, and the dispatcher sends it on. */
export function GiveBack(props: { device: Device; view: JobView; reasons: FieldJobs['backReasons'] }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { device, view, reasons } = props;
  const [reason, setReason] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const { step, definition, state, job } = view;
  const dispatch = fieldStepsOf(definition)?.dispatch ?? '';
  if (step === undefined || step.step.returnsTo?.includes(dispatch) !== true) return null;
  if (isMadeSafe(definition, state.steps)) return null;
  const { ref } = step;

  async function send(): Promise<void> {
    if (reason === null) return;
    const text = words.trim();
    const said = text === '' ? {} : { words: text };
    await device.did({ kind: 'back', orderId: job.orderId, ref, reason, ...said });
  }

  return (
    <details className={styles['card']}>
      <summary>{t('back.title')}</summary>
      <p className={styles['small']}>{t('back.hint')}</p>
      <div className={styles['row']}>
        {reasons.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            className={styles['button']}
            aria-pressed={reason === id}
            onClick={() => setReason(id)}
          >
            {name[language]}
          </button>
        ))}
      </div>
      <label className={styles['field']}>
        <span>{t('back.words')}</span>
        <textarea rows={2} maxLength={400} value={words} onChange={(event) => setWords(event.target.value)} />
      </label>
      <button
        type="button"
        className={styles['button']}
        disabled={reason === null}
        onClick={() => void send()}
      >
        {t('back.send')}
      </button>
    </details>
  );
}

import { useState } from 'react';
import { HELP_REASONS, type HelpReason } from '#modules/process/domain/index.ts';
import { formatTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import type { Device } from '../device.ts';
import { didsOf } from '../did.ts';
import type { JobView } from '../job-view.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';
import { useDevice } from './use-device.ts';

const REASONS = Object.keys(HELP_REASONS) as HelpReason[];

/** 求助: the crew cannot go on alone, and the dispatcher decides what becomes of it. */
export function Help({ device, view }: { device: Device; view: JobView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { orderId } = view.job;
  const [reason, setReason] = useState<HelpReason | null>(null);
  const [words, setWords] = useState('');
  const said = didsOf(useDevice(device).entries);

  async function send(): Promise<void> {
    if (reason === null) return;
    const text = words.trim();
    const request = { kind: 'help', orderId, reason, ...(text === '' ? {} : { words: text }) } as const;
    if (!(await device.did(request))) return;
    setReason(null);
    setWords('');
  }

  return (
    <details className={styles['card']}>
      <summary>{t('help.title')}</summary>
      <p className={styles['small']}>{t('help.hint')}</p>
      <div className={styles['row']}>
        {REASONS.map((one) => (
          <button
            key={one}
            type="button"
            className={styles['button']}
            aria-pressed={reason === one}
            onClick={() => setReason(one)}
          >
            {HELP_REASONS[one][language]}
          </button>
        ))}
      </div>
      <label className={styles['field']}>
        <span>{t('help.words')}</span>
        <textarea rows={2} maxLength={400} value={words} onChange={(event) => setWords(event.target.value)} />
      </label>
      <button
        type="button"
        className={styles['button']}
        disabled={reason === null}
        onClick={() => void send()}
      >
        {t('help.send')}
      </button>
      {said.map(({ request, at }) =>
        request.kind === 'help' && request.orderId === orderId ? (
          <p key={at} role="status">
            {t('help.said', { what: HELP_REASONS[request.reason][language], time: formatTime(at) })}
          </p>
        ) : null,
      )}
    </details>
  );
}

import { type ReactNode, useState } from 'react';
import { useLanguage } from '../../../lib/i18n.ts';
import styles from './FieldApp.module.css';

/** One of some reasons, a few words if one likes, and out it goes. */
export function ReasonForm<T extends string>(props: {
  title: string;
  hint: string;
  words: string;
  send: string;
  reasons: readonly { readonly id: T; readonly name: { readonly zh: string; readonly en: string } }[];
  /** Says whether it was kept. */
  onSend: (said: { readonly reason: T; readonly words?: string }) => Promise<boolean>;
  children?: ReactNode;
}) {
  const { language } = useLanguage();
  const [reason, setReason] = useState<T | null>(null);
  const [words, setWords] = useState('');

  async function send(): Promise<void> {
    if (reason === null) return;
    const text = words.trim();
    if (!(await props.onSend({ reason, ...(text === '' ? {} : { words: text }) }))) return;
    setReason(null);
    setWords('');
  }

  return (
    <details className={styles['card']}>
      <summary>{props.title}</summary>
      <p className={styles['small']}>{props.hint}</p>
      <div className={styles['row']}>
        {props.reasons.map(({ id, name }) => (
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
        <span>{props.words}</span>
        <textarea rows={2} maxLength={400} value={words} onChange={(event) => setWords(event.target.value)} />
      </label>
      <button
        type="button"
        className={styles['button']}
        disabled={reason === null}
        onClick={() => void send()}
      >
        {props.send}
      </button>
      {props.children}
    </details>
  );
}

import { Button, Input } from 'antd';
import { useState } from 'react';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import styles from './CasePage.module.css';

/** A few words and a button: what urging, a note, an answer need. */
export function WordsForm(props: {
  label: string;
  action: string;
  busy: boolean;
  error: Error | null;
  onSend: (words: string) => void;
}) {
  const [words, setWords] = useState('');
  return (
    <div className={styles['fields']}>
      <Input
        aria-label={props.label}
        placeholder={props.label}
        maxLength={1000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onPressEnter={() => words.trim().length >= 2 && props.onSend(words)}
      />
      <div>
        <Button disabled={words.trim().length < 2} loading={props.busy} onClick={() => props.onSend(words)}>
          {props.action}
        </Button>
      </div>
      {props.error && <ErrorPanel error={props.error} kept />}
    </div>
  );
}

import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { Evaluated } from '#modules/link/link-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { useEvaluate } from '../link-queries.ts';
import { messages } from '../messages.ts';
import styles from './LinkPage.module.css';

/** Two questions, one at a time; words only where something was not right. */
export function Evaluate(props: { token: string; onDone: (what: Evaluated['what']) => void }) {
  const t = useT(messages);
  const wordsId = useId();
  const [solved, setSolved] = useState<boolean | null>(null);
  const [satisfied, setSatisfied] = useState<boolean | null>(null);
  const [words, setWords] = useState('');
  const evaluate = useEvaluate(props.token);

  function send(answer: { solved: boolean; satisfied: boolean }): void {
    evaluate.mutate({ ...answer, words }, { onSuccess: ({ what }) => props.onDone(what) });
  }

  const complaint = solved === false || satisfied === false;
  return (
    <section className={styles['card']}>
      {solved === null ? (
        <Question
          text={t('solved')}
          yes={t('solved.yes')}
          no={t('solved.no')}
          onYes={() => setSolved(true)}
          onNo={() => setSolved(false)}
        />
      ) : (
        <p>
          {t('ask.chosen', { what: t(solved ? 'solved.yes' : 'solved.no') })}{' '}
          <Button
            type="link"
            onClick={() => {
              setSolved(null);
              setSatisfied(null);
            }}
          >
            {t('ask.back')}
          </Button>
        </p>
      )}
      {solved === true && satisfied === null && (
        <Question
          text={t('satisfied')}
          yes={t('satisfied.yes')}
          no={t('satisfied.no')}
          onYes={() => send({ solved: true, satisfied: true })}
          onNo={() => setSatisfied(false)}
        />
      )}
      {complaint && (
        <div className={styles['form']}>
          <label htmlFor={wordsId}>{t('ask.why')}</label>
          <Input.TextArea
            id={wordsId}
            value={words}
            maxLength={1000}
            rows={3}
            onChange={(event) => setWords(event.target.value)}
          />
          <Button
            type="primary"
            block
            loading={evaluate.isPending}
            onClick={() => send({ solved: solved === true, satisfied: false })}
          >
            {t('ask.send')}
          </Button>
        </div>
      )}
      {evaluate.error && <ErrorPanel error={evaluate.error} />}
    </section>
  );
}

function Question(props: { text: string; yes: string; no: string; onYes: () => void; onNo: () => void }) {
  return (
    <fieldset className={styles['question']}>
      <legend>{props.text}</legend>
      <Button size="large" onClick={props.onYes}>
        {props.yes}
      </Button>
      <Button size="large" onClick={props.onNo}>
        {props.no}
      </Button>
    </fieldset>
  );
}

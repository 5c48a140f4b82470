import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { talkMessages } from '../talk-messages.ts';
import { useRate } from '../talk-queries.ts';
import styles from './CasePage.module.css';

/** The clerk turns the screen: two questions, large, for the customer himself. */
export function RatingKey({ caseId }: { caseId: string }) {
  const t = useT(talkMessages);
  const rate = useRate(caseId);
  const [open, setOpen] = useState(false);
  const [solved, setSolved] = useState(false);

  function close(): void {
    setOpen(false);
    setSolved(false);
  }
  const answer = (satisfied: boolean) => rate.mutate({ solved, satisfied }, { onSuccess: close });

  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('rate.open')}</Button>
      <Modal title={t('rate.title')} open={open} footer={null} onCancel={close} destroyOnHidden>
        {solved ? (
          <Ask
            question={t('rate.satisfiedAsk')}
            yes={t('rate.satisfiedYes')}
            no={t('rate.satisfiedNo')}
            onAnswer={answer}
          />
        ) : (
          <Ask
            question={t('rate.solvedAsk')}
            yes={t('rate.solvedYes')}
            no={t('rate.solvedNo')}
            onAnswer={(yes) => (yes ? setSolved(true) : answer(false))}
          />
        )}
        {rate.error && <ErrorPanel error={rate.error} />}
        <Button type="link" onClick={close}>
          {t('rate.close')}
        </Button>
      </Modal>
    </>
  );
}

function Ask(props: { question: string; yes: string; no: string; onAnswer: (yes: boolean) => void }) {
  return (
    <fieldset className={styles['ask']}>
      <legend>{props.question}</legend>
      <Button size="large" onClick={() => props.onAnswer(true)}>
        {props.yes}
      </Button>
      <Button size="large" onClick={() => props.onAnswer(false)}>
        {props.no}
      </Button>
    </fieldset>
  );
}

import { EyeOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useT } from '../lib/i18n.ts';
import { ErrorPanel } from './ErrorPanel.tsx';
import { uiMessages } from './messages.ts';
import styles from './PersonalField.module.css';

const SHORTEST_REASON = 4;

/**
 * A name, phone or address. Masked unless the server sent it open (an open task is the reason); with `reveal` one types a
 * reason, which is recorded, and sees it until the page is left.
 */
export function PersonalField(props: {
  label: string;
  /** As the server sent it: open, or masked as in `138****5521`. */
  text: string;
  masked: boolean;
  reveal?: (reason: string) => Promise<string>;
}) {
  const t = useT(uiMessages);
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<string>();
  const { reveal } = props;

  if (!props.masked || shown !== undefined) return <span>{shown ?? props.text}</span>;
  return (
    <span className={styles['field']}>
      <span>
        {props.text}
        <span className="dfw-hidden"> ({t('personal.masked')})</span>
      </span>
      {reveal && (
        <Popover
          open={asking}
          onOpenChange={setAsking}
          trigger="click"
          destroyOnHidden
          content={
            <AskReason
              onGiven={async (reason) => {
                setShown(await reveal(reason));
                setAsking(false);
              }}
            />
          }
        >
          <Button
            type="text"
            size="small"
            icon={<EyeOutlined />}
            aria-label={`${t('personal.show')} ${props.label}`}
          />
        </Popover>
      )}
    </span>
  );
}

function AskReason({ onGiven }: { onGiven: (reason: string) => Promise<void> }) {
  const t = useT(uiMessages);
  const id = useId();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const tooShort = reason.trim().length < SHORTEST_REASON;

  async function give(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (tooShort) return;
    setBusy(true);
    try {
      await onGiven(reason.trim());
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  }

  return (
    <form className={styles['ask']} onSubmit={(event) => void give(event)}>
      <label htmlFor={id}>{t('personal.why')}</label>
      <Input
        id={id}
        autoFocus
        maxLength={100}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {reason !== '' && tooShort && <small>{t('personal.tooShort')}</small>}
      {error !== undefined && <ErrorPanel error={error} kept />}
      <Button type="primary" htmlType="submit" disabled={tooShort} loading={busy}>
        {t('personal.reveal')}
      </Button>
    </form>
  );
}

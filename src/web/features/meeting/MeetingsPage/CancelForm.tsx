import { Button, Input } from 'antd';
import { useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { useCancelMeeting } from '../meeting-queries.ts';
import { messages } from '../messages.ts';
import styles from './MeetingsPage.module.css';

/** A meeting that does not take place, and why. */
export function CancelForm({ id }: { id: string }) {
  const t = useT(messages);
  const cancelling = useCancelMeeting(id);
  const [reason, setReason] = useState('');
  return (
    <div className={styles['row']}>
      <Input
        aria-label={t('cancel.reason')}
        placeholder={t('cancel.reason')}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button
        disabled={reason.trim().length < 2}
        loading={cancelling.isPending}
        onClick={() => cancelling.mutate({ reason })}
      >
        {t('cancel.do')}
      </Button>
      {cancelling.error && <ErrorPanel error={cancelling.error} kept />}
    </div>
  );
}

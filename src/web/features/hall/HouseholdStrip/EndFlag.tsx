import { Button, Input } from 'antd';
import { useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { flagMessages } from '../flag-messages.ts';
import { useEndFlag } from '../hall-queries.ts';
import styles from './HouseholdStripPanel.module.css';

export function EndFlag(props: { householdId: string; flagId: string; onDone: () => void }) {
  const t = useT(flagMessages);
  const end = useEndFlag(props.householdId);
  const [reason, setReason] = useState('');
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        end.mutate({ flagId: props.flagId, reason: reason.trim() }, { onSuccess: props.onDone });
      }}
    >
      <Input
        autoFocus
        size="small"
        aria-label={t('flag.why')}
        placeholder={t('flag.why')}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div>
        <Button size="small" htmlType="submit" disabled={reason.trim().length < 2} loading={end.isPending}>
          {t('flag.end')}
        </Button>
        <Button size="small" type="text" onClick={props.onDone}>
          {t('flag.cancel')}
        </Button>
      </div>
      {end.error && <ErrorPanel error={end.error} kept />}
    </form>
  );
}

import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { Handover } from '#modules/hall/shift-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { shiftMessages } from '../shift-messages.ts';
import { useAcceptShift } from '../shift-queries.ts';
import { Desk } from './Desk.tsx';
import styles from './ShiftPage.module.css';

const MINUTE = 60_000;

/** The taker's signature, and what he takes with it. */
export function TakeShift(props: {
  offer: Handover;
  onTaken: (taken: { readonly drafts: number; readonly tasks: number }) => void;
}) {
  const { offer } = props;
  const t = useT(shiftMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const accept = useAcceptShift(offer.id);
  const [takeDrafts, setDrafts] = useState(true);
  const [takeTasks, setTasks] = useState(true);
  const { open, promised, drafts, owed } = offer.content;
  return (
    <section className={styles['offer']} aria-label={t('shift.waiting')}>
      <h2>{t('shift.waiting')}</h2>
      <p>
        {t('shift.from', {
          from: offer.from,
          time: formatDateTime(offer.offeredAt, now, language),
        })}
      </p>
      <p>{t('shift.counts', { open: open.length, promised: promised.length, drafts, owed: owed.length })}</p>
      {offer.content.desk !== undefined && <Desk desk={offer.content.desk} />}
      {offer.note !== null && <p>{t('shift.says', { note: offer.note })}</p>}
      {drafts > 0 && (
        <Checkbox checked={takeDrafts} onChange={(event) => setDrafts(event.target.checked)}>
          {t('shift.takeDrafts', { count: drafts })}
        </Checkbox>
      )}
      <Checkbox checked={takeTasks} onChange={(event) => setTasks(event.target.checked)}>
        {t('shift.takeTasks')}
      </Checkbox>
      {accept.error && <ErrorPanel error={accept.error} />}
      <Button
        type="primary"
        size="large"
        loading={accept.isPending}
        onClick={() => accept.mutate({ takeDrafts, takeTasks }, { onSuccess: props.onTaken })}
      >
        {t('shift.accept')}
      </Button>
    </section>
  );
}

import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { ShiftView } from '#modules/hall/shift-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { shiftMessages } from '../shift-messages.ts';
import { useOfferShift, useWithdrawShift } from '../shift-queries.ts';
import styles from './ShiftPage.module.css';

/** Stands for nobody in particular in a list that cannot hold null. */
const ANYBODY = '';

/** The giver's signature; until the other has signed it can be taken back. */
export function GiveShift({ shift }: { shift: ShiftView }) {
  const t = useT(shiftMessages);
  const offer = useOfferShift();
  const withdraw = useWithdrawShift();
  const [to, setTo] = useState(ANYBODY);
  const [note, setNote] = useState('');
  const { myOffer } = shift;
  if (myOffer)
    return (
      <section className={styles['card']} role="status">
        <h2>{t('shift.offered')}</h2>
        <p>{myOffer.to ?? t('shift.toAny')}</p>
        {myOffer.note !== null && <p>{t('shift.says', { note: myOffer.note })}</p>}
        {withdraw.error && <ErrorPanel error={withdraw.error} />}
        <Button loading={withdraw.isPending} onClick={() => withdraw.mutate({ id: myOffer.id })}>
          {t('shift.withdraw')}
        </Button>
      </section>
    );
  return (
    <section className={styles['card']}>
      <h2>{t('place.shiftName')}</h2>
      <div className={styles['field']}>
        <span aria-hidden="true">{t('shift.to')}</span>
        <Select
          aria-label={t('shift.to')}
          value={to}
          options={[
            { value: ANYBODY, label: t('shift.toAny') },
            ...shift.colleagues.map((one) => ({ value: one.id, label: one.name })),
          ]}
          onChange={setTo}
        />
      </div>
      <div className={styles['field']}>
        <span aria-hidden="true">{t('shift.note')}</span>
        <Input.TextArea
          aria-label={t('shift.note')}
          placeholder={t('shift.noteHint')}
          rows={4}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      {offer.error && <ErrorPanel error={offer.error} kept />}
      <Button
        type="primary"
        size="large"
        loading={offer.isPending}
        onClick={() =>
          offer.mutate({ toPersonId: to === ANYBODY ? null : to, note }, { onSuccess: () => setNote('') })
        }
      >
        {t('shift.offer')}
      </Button>
    </section>
  );
}

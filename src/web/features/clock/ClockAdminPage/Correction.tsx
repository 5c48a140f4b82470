import { useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useNames, useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { limitsQuery, useCorrect } from '../clock-queries.ts';
import { messages } from '../messages.ts';
import styles from './ClockAdminPage.module.css';
import { limitValue } from './limit-value.ts';

/** A number that was wrong from the start: asked here, decided by somebody else below. */
export function Correction() {
  const t = useT(messages);
  const name = useNames();
  const limits = useQuery(limitsQuery);
  const correct = useCorrect();
  const [id, setId] = useState<string | null>(null);
  const [value, setValue] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const chosen = limits.data?.find((one) => one.id === id);
  const ready = chosen !== undefined && value !== null && reason.trim().length >= 2;
  return (
    <section className={styles['form']}>
      <h2>{t('limits.title')}</h2>
      <p className={styles['small']}>{t('limits.body')}</p>
      <label>
        <span>{t('limits.limit')}</span>
        <Select
          aria-label={t('limits.limit')}
          showSearch={{ optionFilterProp: 'label' }}
          value={id}
          options={(limits.data ?? []).map((one) => ({
            value: one.id,
            label: `${one.id} ${name(one.name)}`,
          }))}
          onChange={setId}
        />
      </label>
      {chosen && (
        <p className={styles['small']}>
          {[
            t('limits.now', { value: limitValue(t, chosen.corrected ?? chosen.value, chosen.unit) }),
            ...(chosen.floor === null
              ? []
              : [t('limits.floor', { value: limitValue(t, chosen.floor, chosen.unit) })]),
            chosen.source,
          ].join(' · ')}
        </p>
      )}
      <label>
        <span>{t('limits.value')}</span>
        <InputNumber aria-label={t('limits.value')} min={0} value={value} onChange={setValue} />
      </label>
      <label>
        <span>{t('limits.reason')}</span>
        <Input maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      {limits.error && <ErrorPanel error={limits.error} onRetry={() => void limits.refetch()} />}
      {correct.error && <ErrorPanel error={correct.error} kept />}
      <div>
        <Button
          disabled={!ready}
          loading={correct.isPending}
          onClick={() =>
            ready &&
            correct.mutate(
              { limitId: chosen.id, value, reason: reason.trim() },
              {
                onSuccess: () => {
                  setId(null);
                  setValue(null);
                  setReason('');
                },
              },
            )
          }
        >
          {t('limits.do')}
        </Button>
      </div>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { householdsQuery, useErase } from '../privacy-queries.ts';
import styles from './PrivacyPage.module.css';

type Chosen = { readonly householdId: string; readonly accountNo: string };

/** One household, a reason, and the button twice: what goes cannot be brought back. */
export function EraseForm() {
  const t = useT(messages);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [reason, setReason] = useState('');
  const [sure, setSure] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const hits = useQuery(householdsQuery(typed)).data?.hits ?? [];
  const erase = useErase();
  const ready = chosen !== null && reason.trim().length >= 4;
  const run = () => {
    if (!ready) return;
    if (!sure) return setSure(true);
    erase.mutate(
      { householdId: chosen.householdId, reason: reason.trim() },
      {
        onSuccess: () => {
          setDone(chosen.accountNo);
          setChosen(null);
          setReason('');
          setSure(false);
        },
      },
    );
  };
  return (
    <section className={styles['form']}>
      <h2>{t('erase.title')}</h2>
      <p className={styles['small']}>{t('erase.body')}</p>
      <label>
        <span>{t('erase.household')}</span>
        <Select
          aria-label={t('erase.household')}
          placeholder={t('erase.householdHint')}
          showSearch={{ filterOption: false, onSearch: setTyped }}
          notFoundContent={null}
          value={chosen?.householdId ?? null}
          options={hits.map((hit) => ({
            value: hit.householdId,
            label: `${hit.accountNo} ${hit.name} ${hit.place}${hit.houseNo}`,
          }))}
          onChange={(id) => {
            const hit = hits.find((one) => one.householdId === id);
            setChosen(hit === undefined ? null : { householdId: hit.householdId, accountNo: hit.accountNo });
            setSure(false);
          }}
        />
      </label>
      <label>
        <span>{t('erase.reason')}</span>
        <Input
          maxLength={200}
          placeholder={t('erase.reasonHint')}
          value={reason}
          onChange={(event) => {
            setReason(event.target.value);
            setSure(false);
          }}
        />
      </label>
      {erase.error && <ErrorPanel error={erase.error} kept />}
      <div>
        <Button disabled={!ready} loading={erase.isPending} onClick={run}>
          {t(sure ? 'erase.sure' : 'erase.do')}
        </Button>
      </div>
      <p role="status" className={styles['small']}>
        {done !== null && t('erase.done', { account: done })}
      </p>
    </section>
  );
}

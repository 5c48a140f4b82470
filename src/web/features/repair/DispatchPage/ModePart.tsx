import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { DispatchView, SettingsBody } from '#modules/repair/dispatch-api.ts';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../dispatch-messages.ts';
import { useSettings } from '../dispatch-queries.ts';
import styles from './DispatchPage.module.css';

const MINUTE = 60_000;
const REASONS = ['typhoon', 'rain', 'snow', 'wind', 'lightning', 'over', 'trial', 'other'] as const;

/** Storm or peace, by click or by itself: who said so, when and why. */
export function ModePart({ view }: { view: DispatchView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { storm, automatic, mostCustomers, mostMinutes, said } = view.settings;
  const reason = said === null ? '' : [t(`why.${said.reason}`), said.note ?? ''].join(' ').trim();
  return (
    <section className={styles['mode']}>
      <b>{t(storm ? 'mode.storm' : 'mode.peace')}</b>
      <span>
        {automatic
          ? t('mode.automatic', { customers: formatNumber(mostCustomers), minutes: mostMinutes })
          : t('mode.byClick')}
      </span>
      <span className={styles['small']}>
        {said === null
          ? t('mode.never')
          : t('mode.said', { by: said.by.name, time: formatDateTime(said.at, now, language), reason })}
      </span>
      {view.mayChangeSettings && (
        <details>
          <summary>{t('mode.change')}</summary>
          <SettingsForm key={said?.at ?? 0} view={view} />
        </details>
      )}
    </section>
  );
}

function SettingsForm({ view }: { view: DispatchView }) {
  const t = useT(messages);
  const setting = useSettings();
  const { storm, automatic, mostCustomers, mostMinutes } = view.settings;
  const [wanted, setWanted] = useState<Omit<SettingsBody, 'reason' | 'note'>>({
    storm,
    automatic,
    mostCustomers,
    mostMinutes,
  });
  const [reason, setReason] = useState<SettingsBody['reason'] | null>(null);
  const [note, setNote] = useState('');
  const change = (given: Partial<typeof wanted>) => setWanted({ ...wanted, ...given });
  return (
    <div className={styles['form']}>
      <Checkbox checked={wanted.storm} onChange={(event) => change({ storm: event.target.checked })}>
        {t('mode.isStorm')}
      </Checkbox>
      <Checkbox checked={wanted.automatic} onChange={(event) => change({ automatic: event.target.checked })}>
        {t('mode.isAutomatic')}
      </Checkbox>
      {wanted.automatic && (
        <>
          <label>
            <span>{t('mode.customers')}</span>
            <InputNumber
              aria-label={t('mode.customers')}
              min={1}
              precision={0}
              value={wanted.mostCustomers}
              onChange={(value) => change({ mostCustomers: value ?? 1 })}
            />
          </label>
          <label>
            <span>{t('mode.minutes')}</span>
            <InputNumber
              aria-label={t('mode.minutes')}
              min={1}
              max={600}
              precision={0}
              value={wanted.mostMinutes}
              onChange={(value) => change({ mostMinutes: value ?? 1 })}
            />
          </label>
          <p className={styles['small']}>{t('mode.inYourName')}</p>
        </>
      )}
      <label>
        <span>{t('mode.why')} *</span>
        <Select
          aria-label={t('mode.why')}
          value={reason}
          options={REASONS.map((value) => ({ value, label: t(`why.${value}`) }))}
          onChange={setReason}
        />
      </label>
      <label>
        <span>{t('mode.note')}</span>
        <Input
          aria-label={t('mode.note')}
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <Button
        type="primary"
        disabled={reason === null}
        loading={setting.isPending}
        onClick={() =>
          reason !== null &&
          setting.mutate({ ...wanted, reason, ...(note.trim() === '' ? {} : { note: note.trim() }) })
        }
      >
        {t('mode.set')}
      </Button>
      {setting.error && <ErrorPanel error={setting.error} kept />}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { ReportNotice } from '#modules/outage/supply-notice-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { noticeMessages } from '../notice-messages.ts';
import { useReportNotice } from '../notice-queries.ts';
import { instantOf } from '../plan-words.ts';
import { deviceSearchQuery } from '../planned-queries.ts';
import styles from './NoticesPage.module.css';

const KINDS: readonly ReportNotice['kind'][] = ['grid-fault', 'shortage', 'orderly'];

/** What lies below a device is, or will be, off: reported by hand where no plan and no switching says so. */
export function ReportForm({ onDone }: { onDone: () => void }) {
  const t = useT(noticeMessages);
  const report = useReportNotice();
  const [kind, setKind] = useState<ReportNotice['kind']>('grid-fault');
  const [deviceId, setDeviceId] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const words = useDeferredValue(typed.trim());
  const found = useQuery(deviceSearchQuery(words.length < 2 ? '' : words));
  const ready = deviceId !== null && from !== '';
  const save = () => {
    if (deviceId === null) return;
    const end = until === '' ? null : instantOf(until);
    report.mutate({ kind, deviceId, from: instantOf(from), until: end }, { onSuccess: onDone });
  };
  return (
    <section className={styles['form']} aria-label={t('notices.reportTitle')}>
      <h2>{t('notices.reportTitle')}</h2>
      <Segmented<ReportNotice['kind']>
        aria-label={t('notices.kind')}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={setKind}
      />
      <Select<string>
        aria-label={t('notices.device')}
        placeholder={t('notices.deviceHint')}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        value={deviceId}
        options={(found.data ?? []).map(({ id, name, code }) => ({ value: id, label: `${name} ${code}` }))}
        notFoundContent={null}
        onChange={setDeviceId}
      />
      <label>
        <span>{t('notices.from')} *</span>
        <Input type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label>
        <span>
          {t('notices.until')} <small>{t('notices.untilEmpty')}</small>
        </span>
        <Input type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
      </label>
      {report.error && <ErrorPanel error={report.error} kept />}
      <div className={styles['line']}>
        <Button type="primary" disabled={!ready} loading={report.isPending} onClick={save}>
          {t('notices.report')}
        </Button>
        <Button type="text" onClick={onDone}>
          {t('notices.back')}
        </Button>
      </div>
    </section>
  );
}

import { createLazyRoute, useNavigate } from '@tanstack/react-router';
import { Checkbox, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { PlanKind, PlanReason } from '#modules/outage/domain/index.ts';
import { useT } from '../../../lib/i18n.ts';
import { ActionBar } from '../../../ui/ActionBar.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { type Chosen, DeviceChoice } from '../DeviceChoice.tsx';
import { messages } from '../messages.ts';
import { instantOf } from '../plan-words.ts';
import { useDraft } from '../planned-queries.ts';
import styles from './DraftPage.module.css';

export const route = createLazyRoute('/outages/plans/new')({ component: DraftPage });

const KINDS: readonly PlanKind[] = ['planned', 'temporary'];
const REASONS: readonly PlanReason[] = [
  'maintenance',
  'construction',
  'connection',
  'defect',
  'customer',
  'municipal',
];

/** A need for an outage: what is opened, from when to when, why. Whom it concerns is the grid's answer. */
function DraftPage() {
  const t = useT(messages);
  const go = useNavigate();
  const draft = useDraft();
  const [kind, setKind] = useState<PlanKind>('planned');
  const [reason, setReason] = useState<PlanReason>('maintenance');
  const [work, setWork] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [traffic, setTraffic] = useState(false);
  const [devices, setDevices] = useState<readonly Chosen[]>([]);
  const ready = work.trim().length >= 2 && devices.length > 0 && instantOf(until) > instantOf(from);
  const save = () =>
    draft.mutate(
      {
        kind,
        reason,
        work: work.trim(),
        from: instantOf(from),
        until: instantOf(until),
        traffic,
        deviceIds: devices.map(({ value }) => value),
      },
      { onSuccess: ({ id }) => void go({ to: '/outages/plans/$id', params: { id } }) },
    );
  return (
    <div className={styles['page']}>
      <PageHead title={t('draft.title')} owner={t('draft.notice')} />
      <div className={styles['form']}>
        <Segmented<PlanKind>
          aria-label={t('draft.kind')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={setKind}
        />
        <label>
          <span>{t('draft.reason')}</span>
          <Select<PlanReason>
            aria-label={t('draft.reason')}
            value={reason}
            options={REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
            onChange={setReason}
          />
        </label>
        <label>
          <span>{t('draft.work')} *</span>
          <Input maxLength={300} value={work} onChange={(event) => setWork(event.target.value)} />
        </label>
        <Moment label={t('draft.from')} value={from} onChange={setFrom} />
        <Moment label={t('draft.until')} value={until} onChange={setUntil} />
        <DeviceChoice chosen={devices} onChange={setDevices} />
        <Checkbox checked={traffic} onChange={(event) => setTraffic(event.target.checked)}>
          {t('draft.traffic')}
        </Checkbox>
      </div>
      {draft.error && <ErrorPanel error={draft.error} kept />}
      <ActionBar
        primary={{ id: 'save', label: t('draft.save'), allowed: ready, run: save, busy: draft.isPending }}
      />
    </div>
  );
}

function Moment(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label>
      <span>{props.label} *</span>
      <Input
        type="datetime-local"
        aria-label={props.label}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </label>
  );
}

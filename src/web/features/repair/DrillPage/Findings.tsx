import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { DAY } from '#kernel/instant.ts';
import type { DrillFinding, DrillView } from '#modules/repair/drill-api.ts';
import { endOfDay } from '../../../lib/end-of-day.ts';
import { formatBy, formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { drillMessages } from '../drill-messages.ts';
import { drillOwnersQuery, drillUnitsQuery, useAddFinding, useCloseFinding } from '../drill-queries.ts';
import styles from './DrillPage.module.css';
import { CheckFinding } from './CheckFinding.tsx';

/** What was found: whose it is, by when, and how it was put right. */
export function Findings({ drill, mayRun }: { drill: DrillView; mayRun: boolean }) {
  const t = useT(drillMessages);
  const begun = drill.state === 'running' || drill.state === 'done';
  return (
    <section>
      <h2>{t('findings')}</h2>
      {drill.findings.length === 0 && <p className={styles['small']}>{t('findings.none')}</p>}
      {drill.findings.map((one) => (
        <Finding key={one.id} finding={one} />
      ))}
      {mayRun && begun && <AddFinding drillId={drill.id} />}
    </section>
  );
}

function Finding({ finding }: { finding: DrillFinding }) {
  const t = useT(drillMessages);
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  const closing = useCloseFinding(finding.id);
  const [how, setHow] = useState('');
  const unit = language === 'zh' ? finding.unit : finding.unitEn;
  return (
    <div className={styles['finding']}>
      {finding.words}
      <br />
      <span className={styles['small']}>
        {t('finding.due.by', {
          unit: [unit, finding.owner].filter(Boolean).join(' '),
          time: formatBy(finding.dueAt, now, language),
        })}
        {finding.closedAt === null && finding.dueAt < now && ` · ${t('finding.late')}`}
        {finding.closedAt !== null &&
          ` · ${t('finding.closed', {
            time: formatDateTime(finding.closedAt, now, language),
            name: finding.closedBy ?? '',
            how: finding.closing ?? '',
          })}`}
        {finding.closedAt !== null && finding.checkedAt === null && ` · ${t('finding.unchecked')}`}
        {finding.checkedAt !== null &&
          ` · ${t('finding.checked', {
            time: formatDateTime(finding.checkedAt, now, language),
            name: finding.checkedBy ?? '',
          })}`}
        {finding.timesReopened > 0 && ` · ${t('finding.again', { n: finding.timesReopened })}`}
      </span>
      {finding.mayClose && (
        <div className={styles['row']}>
          <Input
            className={styles['wide'] ?? ''}
            aria-label={`${t('finding.how')} ${finding.words}`}
            placeholder={t('finding.how')}
            maxLength={1000}
            value={how}
            onChange={(event) => setHow(event.target.value)}
          />
          <Button
            disabled={how.trim().length < 2}
            loading={closing.isPending}
            onClick={() => closing.mutate({ words: how.trim() })}
          >
            {t('finding.close')}
          </Button>
        </div>
      )}
      {closing.error && <ErrorPanel error={closing.error} kept />}
      {finding.mayCheck && <CheckFinding finding={finding} />}
    </div>
  );
}

function AddFinding({ drillId }: { drillId: string }) {
  const t = useT(drillMessages);
  const { language } = useLanguage();
  const units = useQuery(drillUnitsQuery);
  const adding = useAddFinding(drillId);
  const [words, setWords] = useState('');
  const [unitId, setUnitId] = useState<string | null>(null);
  const owners = useQuery(drillOwnersQuery(unitId));
  const [ownerId, setOwnerId] = useState<string | null>(null);
  const [day, setDay] = useState('');
  const send = () =>
    unitId !== null &&
    ownerId !== null &&
    adding.mutate(
      { words: words.trim(), unitId, ownerId, dueAt: endOfDay(day) },
      { onSuccess: () => setWords('') },
    );
  return (
    <div className={styles['row']}>
      <label>
        <span>{t('finding.words')}</span>
        <Input maxLength={1000} value={words} onChange={(event) => setWords(event.target.value)} />
      </label>
      <Select
        className={styles['wide'] ?? ''}
        aria-label={t('finding.unit')}
        placeholder={t('finding.unit')}
        value={unitId}
        showSearch={{ optionFilterProp: 'label' }}
        options={(units.data ?? []).map((unit) => ({
          value: unit.id,
          label: language === 'zh' ? unit.name : unit.nameEn,
        }))}
        onChange={(id: string | null) => {
          setUnitId(id);
          setOwnerId(null);
        }}
      />
      {unitId !== null && (
        <Select
          className={styles['wide'] ?? ''}
          aria-label={t('finding.owner')}
          placeholder={t('finding.owner')}
          value={ownerId}
          showSearch={{ optionFilterProp: 'label' }}
          options={(owners.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
          onChange={setOwnerId}
        />
      )}
      <label>
        <span>{t('finding.due')}</span>
        <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
      </label>
      <Button
        disabled={words.trim().length < 2 || ownerId === null || day === ''}
        loading={adding.isPending}
        onClick={send}
      >
        {t('finding.do')}
      </Button>
      {adding.error && <ErrorPanel error={adding.error} kept />}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useSentence } from '../../../lib/refusals.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { meetingUnitsQuery, useSupervise } from '../meeting-queries.ts';
import { messages } from '../messages.ts';
import styles from './CallPage.module.css';

const HOURS = [4, 8, 24, 72] as const;

/** 督办 of the chosen cases: whom, what is to be answered, by when; and what came of each. */
export function SuperviseForm(props: { caseIds: readonly string[]; unitId: string | null }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const sentence = useSentence();
  const supervising = useSupervise();
  const units = useQuery(meetingUnitsQuery).data ?? [];
  const [unitId, setUnitId] = useState<string | null>(props.unitId);
  const [question, setQuestion] = useState('');
  const [hours, setHours] = useState<number>(8);
  const ready = props.caseIds.length > 0 && question.trim().length >= 2;
  return (
    <div className={styles['form']}>
      <label>
        <span>{t('call.unit')}</span>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('call.unit')}
          placeholder={t('call.unitAuto')}
          value={unitId}
          options={units.map((unit) => ({
            value: unit.id,
            label: language === 'zh' ? unit.name : unit.nameEn,
          }))}
          onChange={(next: string | undefined) => setUnitId(next ?? null)}
        />
      </label>
      <label>
        <span>{t('call.hours')}</span>
        <Select
          aria-label={t('call.hours')}
          value={hours}
          options={HOURS.map((value) => ({ value, label: t(`hours.${value}`) }))}
          onChange={setHours}
        />
      </label>
      <label>
        <span>{t('call.question')} *</span>
        <Input
          aria-label={t('call.question')}
          maxLength={1000}
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
        />
      </label>
      {supervising.error && <ErrorPanel error={supervising.error} kept />}
      {supervising.data && (
        <div role="status">
          <p>{t('call.supervised', { count: supervising.data.asked })}</p>
          <ul className={styles['small']}>
            {supervising.data.refused.map((one) => (
              <li key={one.caseNo}>{t('call.refused', { no: one.caseNo, why: sentence(one.why) })}</li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <Button
          type="primary"
          disabled={!ready}
          loading={supervising.isPending}
          onClick={() => supervising.mutate({ caseIds: [...props.caseIds], unitId, question, hours })}
        >
          {t('call.supervise')}
        </Button>
      </div>
    </div>
  );
}

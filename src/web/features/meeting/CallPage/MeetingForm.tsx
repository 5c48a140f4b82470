import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { meetingUnitsQuery, useCallMeeting } from '../meeting-queries.ts';
import { messages } from '../messages.ts';
import styles from './CallPage.module.css';

/** Who is called, when, and what is to be decided. */
export function MeetingForm({ caseIds, unitId }: { caseIds: readonly string[]; unitId: string | null }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const calling = useCallMeeting();
  const units = useQuery(meetingUnitsQuery).data ?? [];
  const [unitIds, setUnitIds] = useState<readonly string[]>(unitId === null ? [] : [unitId]);
  const [when, setWhen] = useState('');
  const [words, setWords] = useState('');
  const ready = caseIds.length > 0 && unitIds.length > 0 && when !== '' && words.trim().length >= 2;
  return (
    <div className={styles['form']}>
      <label>
        <span>{t('call.units')} *</span>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('call.units')}
          value={[...unitIds]}
          options={units.map((unit) => ({
            value: unit.id,
            label: language === 'zh' ? unit.name : unit.nameEn,
          }))}
          onChange={setUnitIds}
        />
      </label>
      <label>
        <span>{t('call.when')} *</span>
        <Input
          type="datetime-local"
          aria-label={t('call.when')}
          value={when}
          onChange={(event) => setWhen(event.target.value)}
        />
      </label>
      <label>
        <span>{t('call.purpose')} *</span>
        <Input
          aria-label={t('call.purpose')}
          maxLength={1000}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      {calling.error && <ErrorPanel error={calling.error} kept />}
      <div>
        <Button
          type="primary"
          disabled={!ready}
          loading={calling.isPending}
          onClick={() =>
            calling.mutate(
              {
                caseIds: [...caseIds],
                unitIds: [...unitIds],
                meetsAt: Date.parse(`${when}+08:00`),
                words,
              },
              { onSuccess: () => void navigate({ to: '/meetings' }) },
            )
          }
        >
          {t('call.meeting')}
        </Button>
      </div>
    </div>
  );
}

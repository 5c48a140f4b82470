import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { endOfDay } from '../../../lib/end-of-day.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { workMessages } from '../work-messages.ts';
import { unitsQuery, useCommit } from '../work-queries.ts';
import styles from './CasePage.module.css';
import { WordsForm } from './WordsForm.tsx';

/** Promises something to the customer: what, by which day, by whom. */
export function CommitForm({ caseId, onDone }: { caseId: string; onDone: () => void }) {
  const t = useT(workMessages);
  const { language } = useLanguage();
  const units = useQuery(unitsQuery).data ?? [];
  const committing = useCommit(caseId);
  const [unitId, setUnitId] = useState<string>();
  const [day, setDay] = useState('');
  return (
    <>
      <div className={styles['fields']}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('field.unit')}
          placeholder={t('field.unit')}
          value={unitId}
          options={units.map((one) => ({ value: one.id, label: language === 'zh' ? one.name : one.nameEn }))}
          onChange={setUnitId}
        />
        <Input
          type="date"
          aria-label={t('field.day')}
          value={day}
          onChange={(event) => setDay(event.target.value)}
        />
      </div>
      <WordsForm
        label={t('field.promise')}
        action={t('do.commit')}
        busy={committing.isPending}
        error={committing.error}
        onSend={(words) => {
          if (unitId !== undefined && day !== '')
            committing.mutate({ unitId, words, dueAt: endOfDay(day) }, { onSuccess: onDone });
        }}
      />
    </>
  );
}

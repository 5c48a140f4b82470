import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import type { Meeting } from '#modules/meeting/meeting-api.ts';
import { endOfDay } from '../../../lib/end-of-day.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { meetingUnitsQuery, useHoldMeeting } from '../meeting-queries.ts';
import { messages } from '../messages.ts';
import styles from './MeetingsPage.module.css';

type Draft = {
  readonly caseId: string;
  readonly unitId: string | null;
  readonly words: string;
  readonly day: string;
  readonly promised: boolean;
};

/** What was decided: by whom, by when, and whether the customer is promised it. */
export function RecordForm({ meeting }: { meeting: Meeting }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const holding = useHoldMeeting(meeting.id);
  const empty: Draft = {
    caseId: meeting.cases[0]?.id ?? '',
    unitId: null,
    words: '',
    day: '',
    promised: false,
  };
  const [came, setCame] = useState<readonly string[]>(meeting.units.map((unit) => unit.id));
  const [drafts, setDrafts] = useState<readonly Draft[]>([empty]);
  const decisions = drafts.flatMap(({ caseId, unitId, words, day, promised }) =>
    unitId === null || day === '' || words.trim().length < 2
      ? []
      : // By a day means by its end in the business zone.
        [{ caseId, unitId, words, dueAt: endOfDay(day), promised }],
  );
  return (
    <div className={styles['form']}>
      <fieldset>
        <legend>{t('record.came')}</legend>
        <Checkbox.Group
          value={[...came]}
          options={meeting.units.map((unit) => ({
            value: unit.id,
            label: language === 'zh' ? unit.name : unit.nameEn,
          }))}
          onChange={setCame}
        />
      </fieldset>
      {drafts.map((draft, i) => (
        <DecisionFields
          // Lines have no identity of their own, and are only added and taken away.
          key={i}
          draft={draft}
          cases={meeting.cases}
          onChange={(next) => setDrafts(drafts.map((one, at) => (at === i ? next : one)))}
          onDrop={drafts.length === 1 ? undefined : () => setDrafts(drafts.filter((_one, at) => at !== i))}
        />
      ))}
      <div className={styles['row']}>
        <Button onClick={() => setDrafts([...drafts, empty])}>{t('record.add')}</Button>
        <Button
          type="primary"
          disabled={decisions.length !== drafts.length}
          loading={holding.isPending}
          onClick={() => holding.mutate({ cameUnitIds: [...came], decisions })}
        >
          {t('record.do')}
        </Button>
      </div>
      {holding.error && <ErrorPanel error={holding.error} kept />}
    </div>
  );
}

function DecisionFields(props: {
  draft: Draft;
  cases: Meeting['cases'];
  onChange: (draft: Draft) => void;
  onDrop: (() => void) | undefined;
}) {
  const t = useT(messages);
  const { language } = useLanguage();
  const units = useQuery(meetingUnitsQuery).data ?? [];
  const { draft, onChange } = props;
  return (
    <div className={styles['decision']}>
      <Select
        aria-label={t('record.case')}
        value={draft.caseId}
        options={props.cases.map((one) => ({ value: one.id, label: one.no }))}
        onChange={(caseId) => onChange({ ...draft, caseId })}
      />
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('record.unit')}
        placeholder={t('record.unit')}
        value={draft.unitId}
        options={units.map((unit) => ({
          value: unit.id,
          label: language === 'zh' ? unit.name : unit.nameEn,
        }))}
        onChange={(unitId) => onChange({ ...draft, unitId })}
      />
      <Input
        type="date"
        aria-label={t('record.day')}
        value={draft.day}
        onChange={(event) => onChange({ ...draft, day: event.target.value })}
      />
      <Input
        className={styles['wide'] ?? ''}
        aria-label={t('record.words')}
        placeholder={t('record.words')}
        maxLength={1000}
        value={draft.words}
        onChange={(event) => onChange({ ...draft, words: event.target.value })}
      />
      <div className={`${styles['wide']} ${styles['row']}`}>
        <Checkbox
          checked={draft.promised}
          onChange={(event) => onChange({ ...draft, promised: event.target.checked })}
        >
          {t('record.promised')}
        </Checkbox>
        {props.onDrop && (
          <Button type="text" onClick={props.onDrop}>
            {t('record.drop')}
          </Button>
        )}
      </div>
    </div>
  );
}

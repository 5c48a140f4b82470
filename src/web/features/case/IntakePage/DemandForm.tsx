import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import type { IntakeBody, IntakeCatalogue } from '#modules/case/case-api.ts';
import { useDraft } from '../../../lib/drafts.ts';
import { useT } from '../../../lib/i18n.ts';
import { ActionBar } from '../../../ui/ActionBar.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { suggestQuery, useAccept, useNames } from '../case-queries.ts';
import { emptyIntake } from '../empty-intake.ts';
import { messages } from '../messages.ts';
import { AcceptedNote } from './AcceptedNote.tsx';
import { HouseholdPicker } from './HouseholdPicker.tsx';
import styles from './IntakePage.module.css';

type Props = {
  catalogue: IntakeCatalogue;
  householdId: string | null;
  onHousehold: (id: string | null) => void;
  onNext: () => void;
};

export function DemandForm({ catalogue, householdId, onHousehold, onNext }: Props) {
  const t = useT(messages);
  const name = useNames();
  const draft = useDraft<IntakeBody>('intake', emptyIntake());
  const intake = draft.value;
  const set = (change: Partial<IntakeBody>) => draft.set({ ...intake, ...change });
  const accept = useAccept();
  const suggested = useQuery(suggestQuery(intake.words));
  const process = catalogue.processes.find((one) => one.id === intake.process);
  const complaint = process?.caseTypes.includes('TS') === true;

  if (accept.data)
    return (
      <AcceptedNote
        accepted={accept.data}
        process={process}
        onNext={() => {
          draft.clear();
          onNext();
        }}
      />
    );
  return (
    <div className={styles['form']}>
      <Field label={t('intake.words')}>
        <Input.TextArea
          aria-label={t('intake.words')}
          autoFocus
          rows={4}
          maxLength={4000}
          placeholder={t('intake.wordsHint')}
          value={intake.words}
          onChange={(event) => set({ words: event.target.value })}
        />
      </Field>
      {suggested.data && suggested.data.length > 0 && (
        <div className={styles['row']}>
          {t('intake.suggested')}
          {suggested.data.map((one) => {
            const found = catalogue.processes.find((process_) => process_.id === one.process);
            return (
              <Button
                key={one.process}
                size="small"
                aria-pressed={intake.process === one.process}
                onClick={() => set({ process: one.process })}
              >
                {found === undefined ? one.process : name(found.name)}
              </Button>
            );
          })}
        </div>
      )}
      <div className={styles['row']}>
        <Field label={t('intake.process')}>
          <Select
            aria-label={t('intake.process')}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('intake.processHint')}
            value={intake.process}
            options={catalogue.processes.map((one) => ({ value: one.id, label: name(one.name) }))}
            onChange={(value: string) => set({ process: value })}
          />
        </Field>
        <Field label={t('intake.household')}>
          <HouseholdPicker value={householdId} onChange={onHousehold} />
        </Field>
      </div>
      <div className={styles['row']}>
        <Field label={t('intake.contact')}>
          <Input
            aria-label={t('intake.contact')}
            disabled={intake.anonymous}
            maxLength={60}
            value={intake.contactName ?? ''}
            onChange={(event) => set({ contactName: event.target.value || null })}
          />
        </Field>
        <Field label={t('intake.phone')}>
          <Input
            aria-label={t('intake.phone')}
            disabled={intake.anonymous}
            maxLength={20}
            inputMode="tel"
            value={intake.contactPhone ?? ''}
            onChange={(event) =>
              set({ contactPhone: event.target.value.replaceAll(/[^0-9+ -]/g, '') || null })
            }
          />
        </Field>
        <Field label={t('intake.place')}>
          <Input
            aria-label={t('intake.place')}
            maxLength={200}
            value={intake.place ?? ''}
            onChange={(event) => set({ place: event.target.value || null })}
          />
        </Field>
      </div>
      <div className={styles['row']}>
        <Field label={t('intake.channel')}>
          <Select
            aria-label={t('intake.channel')}
            value={intake.channel}
            options={(
              [
                ['hall', 'intake.hall'],
                ['phone', 'intake.phoneChannel'],
                ['web', 'intake.web'],
                ['visit', 'intake.visit'],
                ['letter', 'intake.letter'],
                ['other', 'intake.other'],
              ] as const
            ).map(([value, key]) => ({ value, label: t(key) }))}
            onChange={(channel) => set({ channel })}
          />
        </Field>
        <Field label={t('intake.mood')}>
          <Select
            aria-label={t('intake.mood')}
            value={intake.mood}
            options={(['calm', 'upset', 'furious'] as const).map((value) => ({
              value,
              label: t(`intake.${value}`),
            }))}
            onChange={(mood) => set({ mood })}
          />
        </Field>
        {householdId === null && process?.needsArea === true && (
          <Field label={t('intake.area')}>
            <Select
              aria-label={t('intake.area')}
              value={intake.area}
              options={(['city', 'rural', 'remote'] as const).map((value) => ({
                value,
                label: t(`intake.${value}`),
              }))}
              onChange={(area) => set({ area })}
            />
          </Field>
        )}
        {complaint && (
          <Field label={t('intake.accused')}>
            <Select
              aria-label={t('intake.accused')}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              value={intake.accusedUnitId}
              options={catalogue.accusable.map((unit) => ({
                value: unit.id,
                label: name({ zh: unit.name, en: unit.nameEn }),
              }))}
              onChange={(unit: string | undefined) => set({ accusedUnitId: unit ?? null })}
            />
          </Field>
        )}
      </div>
      {process !== undefined && process.papers.length > 0 && (
        <Field label={t('intake.papers')}>
          <Checkbox.Group
            value={[...intake.papers]}
            options={process.papers.map((paper) => ({ value: paper.id, label: name(paper.name) }))}
            onChange={(papers) => set({ papers: papers as string[] })}
          />
          <Checkbox checked={intake.promiseSigned} onChange={(e) => set({ promiseSigned: e.target.checked })}>
            {t('intake.promise')}
          </Checkbox>
        </Field>
      )}
      <div className={styles['row']}>
        <Checkbox checked={intake.escalationRisk} onChange={(e) => set({ escalationRisk: e.target.checked })}>
          {t('intake.risk')}
        </Checkbox>
        <Checkbox checked={intake.anonymous} onChange={(e) => set({ anonymous: e.target.checked })}>
          {t('intake.anonymous')}
        </Checkbox>
        <Checkbox checked={intake.noCallBack} onChange={(e) => set({ noCallBack: e.target.checked })}>
          {t('intake.noCallBack')}
        </Checkbox>
      </div>
      {accept.error && <ErrorPanel error={accept.error} kept />}
      <ActionBar
        primary={{
          id: 'accept',
          label: t('intake.accept'),
          allowed: intake.process !== null && intake.words.trim() !== '',
          reason: t('intake.processHint'),
          busy: accept.isPending,
          run: () => accept.mutate({ ...intake, householdId }),
        }}
      />
    </div>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles['field']}>
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}

import { Checkbox, Input, Select } from 'antd';
import type { IntakeBody, IntakeCatalogue } from '#modules/case/case-api.ts';
import { useNames, useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import { Field } from './Field.tsx';
import { HouseholdPicker } from './HouseholdPicker.tsx';
import styles from './IntakePage.module.css';

type Props = {
  catalogue: IntakeCatalogue;
  process: IntakeCatalogue['processes'][number] | undefined;
  intake: IntakeBody;
  set: (change: Partial<IntakeBody>) => void;
};

const CHANNELS = [
  ['hall', 'intake.hall'],
  ['phone', 'intake.phoneChannel'],
  ['web', 'intake.web'],
  ['visit', 'intake.visit'],
  ['letter', 'intake.letter'],
  ['other', 'intake.other'],
] as const;

/** The short form that any business needs, and what this one needs beside it. */
export function DemandFields(props: Props) {
  const t = useT(messages);
  const name = useNames();
  const { catalogue, intake, set } = props;
  return (
    <>
      <div className={styles['row']}>
        <Field label={t('intake.process')}>
          <Select
            aria-label={t('intake.process')}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('intake.processHint')}
            value={intake.process}
            options={catalogue.processes.map((one) => ({ value: one.id, label: name(one.name) }))}
            onChange={(value: string) => set({ process: value, papers: [] })}
          />
        </Field>
        <Field label={t('intake.household')}>
          <HouseholdPicker value={intake.householdId} onChange={(householdId) => set({ householdId })} />
        </Field>
      </div>
      <Contact intake={intake} set={set} />
      <Circumstances {...props} />
      <Papers {...props} />
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
    </>
  );
}

function Contact({ intake, set }: Pick<Props, 'intake' | 'set'>) {
  const t = useT(messages);
  return (
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
          onChange={(event) => set({ contactPhone: event.target.value.replaceAll(/[^0-9+ -]/g, '') || null })}
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
  );
}

function Circumstances({ catalogue, process, intake, set }: Props) {
  const t = useT(messages);
  const name = useNames();
  return (
    <div className={styles['row']}>
      <Field label={t('intake.channel')}>
        <Select
          aria-label={t('intake.channel')}
          value={intake.channel}
          options={CHANNELS.map(([value, key]) => ({ value, label: t(key) }))}
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
      {intake.householdId === null && process?.needsArea === true && (
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
      {process?.caseTypes.includes('TS') === true && (
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
  );
}

/** 一证受理: what is ticked is here; everything else is said once and followed by step. */
function Papers({ process, intake, set }: Props) {
  const t = useT(messages);
  const name = useNames();
  if (process === undefined || process.papers.length === 0) return null;
  const missing = process.papers.filter((paper) => !intake.papers.includes(paper.id));
  return (
    <Field label={t('intake.papers')}>
      <Checkbox.Group
        value={[...intake.papers]}
        options={process.papers.map((paper) => ({ value: paper.id, label: name(paper.name) }))}
        onChange={(papers) => set({ papers: papers as string[] })}
      />
      <Checkbox checked={intake.promiseSigned} onChange={(e) => set({ promiseSigned: e.target.checked })}>
        {t('intake.promise')}
      </Checkbox>
      {missing.length > 0 && (
        <p>
          {t('intake.sayMissing', { list: missing.map((paper) => name(paper.name)).join(t('intake.and')) })}
        </p>
      )}
    </Field>
  );
}

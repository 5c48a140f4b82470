import { Input, Select } from 'antd';
import type { FinishBody, StepForm } from '#modules/case/case-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { fieldMessages } from '../field-messages.ts';
import styles from './CasePage.module.css';
import { FieldEvidence } from './FieldEvidence.tsx';

const WHYS = ['no-signal', 'device', 'hands-full', 'reported-by-phone'] as const;

export type FieldSaid = {
  readonly occurredAt?: number | undefined;
  readonly personId?: string | undefined;
  readonly why: (typeof WHYS)[number];
  /** Files that were added here, and where the device is: without one of them the time is not believed. */
  readonly files?: readonly string[] | undefined;
  readonly position?: FinishBody['position'] | undefined;
};

/** When it happened in the field, what shows it, and for whom it is entered; `open` where it must be for somebody. */
export function FieldTimes(props: {
  caseId: string;
  people: NonNullable<StepForm['fieldPeople']>;
  said: FieldSaid;
  open: boolean;
  onChange: (said: FieldSaid) => void;
}) {
  const t = useT(fieldMessages);
  const { people, said, onChange } = props;
  return (
    <details className={styles['fold']} open={props.open}>
      <summary>{t('field.when')}</summary>
      <div className={styles['fields']}>
        <label>
          <span>{t('field.occurredAt')}</span>
          <Input
            type="datetime-local"
            onChange={(event) => {
              const { value } = event.target;
              onChange({ ...said, occurredAt: value === '' ? undefined : Date.parse(`${value}+08:00`) });
            }}
          />
        </label>
        <label>
          <span>{t('field.for')}</span>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            allowClear={!props.open}
            aria-label={t('field.for')}
            placeholder={props.open ? t('field.for') : t('field.forNobody')}
            value={said.personId}
            options={people.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(personId: string | undefined) => onChange({ ...said, personId })}
          />
        </label>
        {said.personId !== undefined && (
          <label>
            <span>{t('field.why')}</span>
            <Select
              aria-label={t('field.why')}
              value={said.why}
              options={WHYS.map((value) => ({ value, label: t(`why.${value}`) }))}
              onChange={(why) => onChange({ ...said, why })}
            />
          </label>
        )}
      </div>
      <FieldEvidence caseId={props.caseId} said={said} onChange={onChange} />
      <p className={styles['small']}>{t('field.hint')}</p>
    </details>
  );
}

/** As the request wants it. */
export function saidOf(said: FieldSaid) {
  const { occurredAt, personId, why, files, position } = said;
  return {
    ...(occurredAt === undefined ? {} : { occurredAt }),
    ...(personId === undefined ? {} : { enteredFor: { personId, why } }),
    ...(files === undefined || files.length === 0 ? {} : { files: [...files] }),
    ...(position === undefined ? {} : { position }),
  };
}

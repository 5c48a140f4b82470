import { Input, Select } from 'antd';
import type { StepForm } from '#modules/case/case-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { fieldMessages } from '../field-messages.ts';
import styles from './CasePage.module.css';
import { FieldEvidence } from './FieldEvidence.tsx';
import { type FieldSaid, WHYS } from './field-said.ts';

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

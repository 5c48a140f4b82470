import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import { unitsQuery } from '../voice-queries.ts';

/** Which unit is liable. */
export function UnitField(props: {
  value: string | null;
  onChange: (unitId: string | null) => void;
  required?: boolean;
  hint?: string;
}) {
  const t = useT(messages);
  const { language } = useLanguage();
  const units = useQuery(unitsQuery);
  return (
    <label>
      <span>
        {t('liability.unitField')}
        {props.required === true && ' *'}
      </span>
      <Select
        aria-label={t('liability.unitField')}
        showSearch={{ optionFilterProp: 'label' }}
        allowClear={props.required !== true}
        placeholder={props.hint}
        value={props.value}
        options={(units.data ?? []).map((unit) => ({
          value: unit.id,
          label: language === 'zh' ? unit.name : unit.nameEn,
        }))}
        onChange={(next: string | undefined) => props.onChange(next ?? null)}
      />
    </label>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { householdSearchQuery, stripQuery } from '../hall-queries.ts';
import { messages } from '../messages.ts';

/** Finds a household by anything typed; the server masks what must not be seen before choosing. */
export function HouseholdPicker(props: { value: string | null; onChange: (id: string | null) => void }) {
  const t = useT(messages);
  const [typed, setTyped] = useState('');
  const { data, isFetching } = useQuery(householdSearchQuery(typed));
  const chosen = useQuery({ ...stripQuery(props.value ?? ''), enabled: props.value !== null }).data;
  const hits = (data?.hits ?? []).map((hit) => ({
    value: hit.householdId,
    label: `${hit.name} · ${hit.place}${hit.houseNo} · ${hit.accountNo}`,
  }));
  // A household that came with the address or the call was not found by typing here.
  const known =
    chosen === undefined || props.value === null || hits.some((hit) => hit.value === props.value)
      ? []
      : [{ value: props.value, label: `${chosen.name} · ${chosen.address} · ${chosen.accountNo}` }];
  return (
    <Select
      aria-label={t('intake.household')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      style={{ width: '100%' }}
      loading={isFetching}
      placeholder={t('intake.householdHint')}
      value={props.value}
      notFoundContent={null}
      options={[...known, ...hits]}
      onChange={(id: string | undefined) => props.onChange(id ?? null)}
    />
  );
}

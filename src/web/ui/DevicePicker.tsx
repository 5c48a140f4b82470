import { queryOptions, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { DeviceName } from '#modules/network/network-api.ts';
import { get } from '../lib/api.ts';

const devicesQuery = (words: string) =>
  queryOptions({
    queryKey: ['network', 'search', words],
    queryFn: ({ signal }) =>
      get<readonly DeviceName[]>(`/api/network/search?words=${encodeURIComponent(words)}`, signal),
    enabled: words !== '',
  });

/** A device of the grid, found by its code or name. */
export function DevicePicker(props: {
  label: string;
  value: string | null;
  onChange: (deviceId: string | null) => void;
}) {
  const [typed, setTyped] = useState('');
  const found = useQuery(devicesQuery(typed.trim()));
  return (
    <Select
      allowClear
      aria-label={props.label}
      placeholder={props.label}
      value={props.value}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent={null}
      onChange={(value: string | undefined) => props.onChange(value ?? null)}
      options={(found.data ?? []).map(({ id, code, name }) => ({ value: id, label: `${name} ${code}` }))}
    />
  );
}

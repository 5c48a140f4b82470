import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useT } from '../../lib/i18n.ts';
import { messages } from './messages.ts';
import { deviceSearchQuery } from './planned-queries.ts';

export type Chosen = { readonly value: string; readonly label: string };

/** The devices that are opened, found by their name or code. */
export function DeviceChoice({
  chosen,
  onChange,
}: {
  chosen: readonly Chosen[];
  onChange: (devices: readonly Chosen[]) => void;
}) {
  const t = useT(messages);
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed.trim());
  const found = useQuery(deviceSearchQuery(words.length < 2 ? '' : words));
  const options = (found.data ?? []).map(({ id, name, code }) => ({ value: id, label: `${name} ${code}` }));
  return (
    <label>
      <span>{t('draft.devices')} *</span>
      <Select<Chosen[]>
        mode="multiple"
        labelInValue
        aria-label={t('draft.devices')}
        placeholder={t('draft.devicesHint')}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        value={[...chosen]}
        options={options}
        notFoundContent={null}
        onChange={(next) => {
          onChange(next);
          setTyped('');
        }}
      />
    </label>
  );
}

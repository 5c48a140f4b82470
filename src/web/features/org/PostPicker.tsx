import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useLanguage, useT } from '../../lib/i18n.ts';
import { messages } from './messages.ts';
import { choicesQuery } from './org-queries.ts';

export type PickedPost = { readonly unitId: string | null; readonly post: string | null };

/** A unit and a post in it. */
export function PostPicker(props: { value: PickedPost; onChange: (value: PickedPost) => void }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const choices = useQuery(choicesQuery).data;
  const { value, onChange } = props;
  return (
    <>
      <Select
        style={{ width: 200 }}
        aria-label={t('people.unit')}
        placeholder={t('people.unit')}
        showSearch={{ optionFilterProp: 'label' }}
        value={value.unitId}
        options={(choices?.units ?? []).map(({ id, name }) => ({ value: id, label: name[language] }))}
        onChange={(unitId: string) => onChange({ ...value, unitId })}
      />
      <Select
        style={{ width: 160 }}
        aria-label={t('people.post')}
        placeholder={t('people.post')}
        showSearch={{ optionFilterProp: 'label' }}
        value={value.post}
        options={(choices?.posts ?? []).map(({ id, name }) => ({ value: id, label: name[language] }))}
        onChange={(post: string) => onChange({ ...value, post })}
      />
    </>
  );
}

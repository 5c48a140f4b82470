import { Button, Input } from 'antd';
import { useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { useAddPerson } from '../org-queries.ts';
import { type PickedPost, PostPicker } from '../PostPicker.tsx';
import styles from './PeoplePage.module.css';

export function NewPersonForm({ onMade }: { onMade: (id: string) => void }) {
  const t = useT(messages);
  const add = useAddPerson();
  const [staffNo, setStaffNo] = useState('');
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [at, setAt] = useState<PickedPost>({ unitId: null, post: null });
  const { unitId, post } = at;
  const ready = staffNo.trim() !== '' && name.trim() !== '' && unitId !== null && post !== null;

  function save(): void {
    if (unitId === null || post === null) return;
    const person = {
      staffNo: staffNo.trim(),
      name: name.trim(),
      phone: phone.trim() === '' ? null : phone.trim(),
      unitId,
      post,
    };
    add.mutate(person, { onSuccess: ({ id }) => onMade(id) });
  }

  return (
    <form
      className={styles['form']}
      aria-label={t('people.new')}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <label>
        {t('people.staffNo')}
        <Input autoFocus maxLength={20} value={staffNo} onChange={(e) => setStaffNo(e.target.value)} />
      </label>
      <label>
        {t('people.name')}
        <Input maxLength={60} value={name} onChange={(e) => setName(e.target.value)} />
      </label>
      <label>
        {t('people.phone')}
        <Input maxLength={20} value={phone} onChange={(e) => setPhone(e.target.value)} />
      </label>
      <PostPicker value={at} onChange={setAt} />
      <Button htmlType="submit" disabled={!ready} loading={add.isPending}>
        {t('people.add')}
      </Button>
      {add.error && <ErrorPanel error={add.error} kept />}
    </form>
  );
}

import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { NewUnit, UnitView } from '#modules/org/admin-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { useAddUnit } from '../org-queries.ts';
import styles from './CompanyPage.module.css';

const KINDS = ['department', 'centre', 'group', 'station', 'hall', 'crew'] as const;
const CODE = /^[a-z][a-z0-9-]{1,40}$/;

export function NewUnitForm({ units }: { units: readonly UnitView[] }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const add = useAddUnit();
  const [parentId, setParentId] = useState(units.find((unit) => unit.kind === 'company')?.id ?? '');
  const [kind, setKind] = useState<NewUnit['kind']>('station');
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [nameEn, setNameEn] = useState('');
  const ready = CODE.test(code.trim()) && name.trim() !== '' && nameEn.trim() !== '';

  function save(): void {
    add.mutate(
      { parentId, kind, code: code.trim(), name: name.trim(), nameEn: nameEn.trim() },
      {
        onSuccess: () => {
          setCode('');
          setName('');
          setNameEn('');
        },
      },
    );
  }

  return (
    <form
      aria-label={t('unit.add')}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className={styles['row']}>
        <Select
          style={{ width: 200 }}
          aria-label={t('unit.under')}
          showSearch={{ optionFilterProp: 'label' }}
          value={parentId}
          options={units.map((unit) => ({
            value: unit.id,
            label: language === 'zh' ? unit.name : unit.nameEn,
          }))}
          onChange={setParentId}
        />
        <Select
          style={{ width: 120 }}
          aria-label={t('unit.kind')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`unit.kind.${value}`) }))}
          onChange={setKind}
        />
        <Input
          style={{ width: 200 }}
          aria-label={t('unit.name')}
          placeholder={t('unit.name')}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Input
          style={{ width: 200 }}
          aria-label={t('unit.nameEn')}
          placeholder={t('unit.nameEn')}
          maxLength={60}
          value={nameEn}
          onChange={(event) => setNameEn(event.target.value)}
        />
        <Input
          style={{ width: 160 }}
          aria-label={t('unit.code')}
          placeholder={t('unit.code')}
          maxLength={40}
          spellCheck={false}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button htmlType="submit" disabled={!ready} loading={add.isPending}>
          {t('unit.add')}
        </Button>
      </div>
      <p className={styles['small']}>{t('unit.codeHint')}</p>
      {add.error && <ErrorPanel error={add.error} kept />}
    </form>
  );
}

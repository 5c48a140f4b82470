import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { UnitView } from '#modules/org/admin-api.ts';
import { formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { useChangeUnit, useCloseUnit } from '../org-queries.ts';
import styles from './CompanyPage.module.css';

const INDENT = 24;

/** The tree as a table: what is below a unit follows it, indented. */
export function UnitTable({ units }: { units: readonly UnitView[] }) {
  const t = useT(messages);
  const close = useCloseUnit();
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <>
      {close.error && <ErrorPanel error={close.error} kept />}
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('unit.name')}</th>
            <th scope="col">{t('unit.kind')}</th>
            <th scope="col" className={styles['second']}>
              {t('unit.code')}
            </th>
            <th scope="col" className={styles['second']}>
              {t('unit.phone')}
            </th>
            <th scope="col">{t('unit.people')}</th>
            <th scope="col">
              <span className="dfw-hidden">{t('unit.edit')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {inOrder(units).map(({ unit, depth }) =>
            unit.id === editing ? (
              <EditRow key={unit.id} unit={unit} onDone={() => setEditing(null)} />
            ) : (
              <UnitRow
                key={unit.id}
                unit={unit}
                depth={depth}
                onEdit={() => setEditing(unit.id)}
                onClose={() => close.mutate({ id: unit.id })}
              />
            ),
          )}
        </tbody>
      </table>
    </>
  );
}

function UnitRow(props: { unit: UnitView; depth: number; onEdit: () => void; onClose: () => void }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { unit } = props;
  const name = language === 'zh' ? unit.name : unit.nameEn;
  return (
    <tr>
      <td style={{ paddingLeft: props.depth * INDENT }}>{name}</td>
      <td>{t(`unit.kind.${unit.kind}`)}</td>
      <td className={styles['second']}>{unit.code}</td>
      <td className={styles['second']}>{unit.phone}</td>
      <td>
        <Link
          to="/people"
          search={{ unit: unit.id }}
          aria-label={t('unit.peopleOf', { unit: name, count: unit.people })}
        >
          {formatNumber(unit.people)}
        </Link>
      </td>
      <td>
        <Button size="small" aria-label={t('unit.editNamed', { unit: name })} onClick={props.onEdit}>
          {t('unit.edit')}
        </Button>{' '}
        {unit.kind !== 'company' && (
          <Button size="small" aria-label={t('unit.closeNamed', { unit: name })} onClick={props.onClose}>
            {t('unit.close')}
          </Button>
        )}
      </td>
    </tr>
  );
}

function EditRow({ unit, onDone }: { unit: UnitView; onDone: () => void }) {
  const t = useT(messages);
  const change = useChangeUnit(unit.id);
  const [name, setName] = useState(unit.name);
  const [nameEn, setNameEn] = useState(unit.nameEn);
  const [phone, setPhone] = useState(unit.phone ?? '');
  return (
    <tr>
      <td colSpan={6}>
        <form
          className={styles['row']}
          onSubmit={(event) => {
            event.preventDefault();
            const body = {
              name: name.trim(),
              nameEn: nameEn.trim(),
              phone: phone.trim() === '' ? null : phone.trim(),
            };
            change.mutate(body, { onSuccess: onDone });
          }}
        >
          <Input
            style={{ width: 200 }}
            autoFocus
            aria-label={t('unit.name')}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Input
            style={{ width: 240 }}
            aria-label={t('unit.nameEn')}
            maxLength={60}
            value={nameEn}
            onChange={(event) => setNameEn(event.target.value)}
          />
          <Input
            style={{ width: 160 }}
            aria-label={t('unit.phone')}
            placeholder={t('unit.phone')}
            maxLength={20}
            value={phone}
            onChange={(event) => setPhone(event.target.value)}
          />
          <Button
            htmlType="submit"
            disabled={name.trim() === '' || nameEn.trim() === ''}
            loading={change.isPending}
          >
            {t('person.save')}
          </Button>
          <Button type="text" onClick={onDone}>
            {t('unit.cancel')}
          </Button>
          {change.error && <ErrorPanel error={change.error} kept />}
        </form>
      </td>
    </tr>
  );
}

function inOrder(
  units: readonly UnitView[],
  parentId: string | null = null,
  depth = 0,
): readonly { readonly unit: UnitView; readonly depth: number }[] {
  return units
    .filter((unit) => unit.parentId === parentId)
    .flatMap((unit) => [{ unit, depth }, ...inOrder(units, unit.id, depth + 1)]);
}

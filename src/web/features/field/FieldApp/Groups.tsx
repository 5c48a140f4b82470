import { useState } from 'react';
import { formatTime } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { newUuid } from '../../../lib/new-uuid.ts';
import type { Device } from '../device.ts';
import type { JobView } from '../job-view.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';

/** Customers who get their supply back apart: energised and supplied again are two times, of each group. */
export function Groups({ device, view }: { device: Device; view: JobView }) {
  const t = useT(messages);
  const [label, setLabel] = useState('');
  const [households, setHouseholds] = useState('');
  const { orderId } = view.job;
  const count = Number(households);

  async function add(): Promise<void> {
    const request = {
      kind: 'group',
      orderId,
      groupId: newUuid(),
      label: label.trim(),
      households: count,
    } as const;
    if (!(await device.did(request))) return;
    setLabel('');
    setHouseholds('');
  }

  return (
    <details className={styles['card']}>
      <summary>{t('supply.title')}</summary>
      <p className={styles['small']}>{t('supply.none')}</p>
      {view.groups.map((group) => (
        <div key={group.id} className={styles['row']}>
          <strong>
            {group.label} · {t('supply.households', { count: group.households })}
          </strong>
          {(['energised', 'resupplied'] as const).map((what) => {
            const at = what === 'energised' ? group.energisedAt : group.resuppliedAt;
            if (at !== null)
              return (
                <span key={what}>{t('supply.at', { time: formatTime(at), what: t(`supply.${what}`) })}</span>
              );
            return (
              <button
                key={what}
                type="button"
                className={styles['button']}
                disabled={what === 'resupplied' && group.energisedAt === null}
                onClick={() => void device.did({ kind: 'supply', orderId, groupId: group.id, what })}
              >
                {t(`supply.${what}`)}
              </button>
            );
          })}
        </div>
      ))}
      <label className={styles['field']}>
        <span>{t('supply.group')}</span>
        <input maxLength={60} value={label} onChange={(event) => setLabel(event.target.value)} />
      </label>
      <label className={styles['field']}>
        <span>{t('supply.count')}</span>
        <input
          inputMode="numeric"
          value={households}
          onChange={(event) => setHouseholds(event.target.value)}
        />
      </label>
      <button
        type="button"
        className={styles['button']}
        disabled={label.trim() === '' || !Number.isInteger(count) || count < 1}
        onClick={() => void add()}
      >
        {t('supply.add')}
      </button>
    </details>
  );
}

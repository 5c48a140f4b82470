import { useState } from 'react';
import type { FaultCard } from '#modules/process/domain/index.ts';
import { useT } from '../../../lib/i18n.ts';
import type { Device } from '../device.ts';
import { didsOf } from '../did.ts';
import type { JobView } from '../job-view.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';
import { useDevice } from './use-device.ts';

/** What was used of the kit of the fault's card: it comes out of the stock of the crew's point. */
export function Materials(props: { device: Device; view: JobView; cards: readonly FaultCard[] }) {
  const t = useT(messages);
  const { device, view, cards } = props;
  const { orderId } = view.job;
  const goods = [...new Set(cards.flatMap((card) => card.materials))];
  const [chosen, setChosen] = useState('');
  const [amount, setAmount] = useState('1');
  const said = didsOf(useDevice(device).entries);
  const material = goods.includes(chosen) ? chosen : (goods[0] ?? '');
  const count = Number(amount);
  if (goods.length === 0) return null;

  async function add(): Promise<void> {
    if (await device.did({ kind: 'material', orderId, material, amount: count })) setAmount('1');
  }

  return (
    <details className={styles['card']}>
      <summary>{t('material.title')}</summary>
      <label className={styles['field']}>
        <span>{t('material.which')}</span>
        <select value={material} onChange={(event) => setChosen(event.target.value)}>
          {goods.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <label className={styles['field']}>
        <span>{t('material.amount')}</span>
        <input inputMode="numeric" value={amount} onChange={(event) => setAmount(event.target.value)} />
      </label>
      <button
        type="button"
        className={styles['button']}
        disabled={!Number.isInteger(count) || count < 1 || count > 1000}
        onClick={() => void add()}
      >
        {t('material.add')}
      </button>
      {said.map(({ request, at }) =>
        request.kind === 'material' && request.orderId === orderId ? (
          <p key={at} role="status">
            {t('material.used', { material: request.material, amount: request.amount })}
          </p>
        ) : null,
      )}
    </details>
  );
}

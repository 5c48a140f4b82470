import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { PointView } from '#modules/repair/crew-api.ts';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { messages } from '../crew-messages.ts';
import { useBooking, useMinimum } from '../crew-queries.ts';
import styles from './PointPage.module.css';

const MINUTE = 60_000;
type Why = 'use' | 'refill' | 'count';

/** What lies at the point, what runs short, and who took what. */
export function StockPart({ view }: { view: PointView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { materials, bookings } = view;
  return (
    <section aria-labelledby="stock">
      <h2 id="stock">{t('stock.title')}</h2>
      {materials.length === 0 ? (
        <p>{t('stock.none')}</p>
      ) : (
        <PlainTable
          rows={materials.map((one) => ({ ...one, id: one.material }))}
          columns={[
            { title: t('col.material'), cell: (row) => row.material },
            { title: t('col.amount'), cell: (row) => formatNumber(row.amount) },
            { title: t('col.minimum'), cell: (row) => formatNumber(row.minimum) },
            { title: t('col.short'), cell: below },
          ]}
        />
      )}
      {view.mayManage && (
        <>
          <details className={styles['fold']}>
            <summary>{t('stock.book')}</summary>
            <BookingForm view={view} />
          </details>
          <details className={styles['fold']}>
            <summary>{t('stock.minimum')}</summary>
            <MinimumForm view={view} />
          </details>
        </>
      )}
      {bookings.length > 0 && (
        <>
          <h3>{t('stock.history')}</h3>
          <PlainTable
            rows={bookings}
            columns={[
              { title: t('col.when'), cell: (row) => formatDateTime(row.at, now, language) },
              { title: t('col.material'), cell: (row) => row.material },
              { title: t('stock.why'), cell: (row) => t(`why.${row.why}`) },
              { title: t('col.change'), cell: (row) => formatNumber(row.change) },
              { title: t('col.by'), minor: true, cell: (row) => row.by },
            ]}
          />
        </>
      )}
    </section>
  );
}

function below({ amount, minimum }: PointView['materials'][number]) {
  return amount < minimum && <Below />;
}

function Below() {
  const t = useT(messages);
  return <span className={styles['below']}>{t('stock.below')}</span>;
}

function BookingForm({ view }: { view: PointView }) {
  const t = useT(messages);
  const booking = useBooking(view.point.id);
  const [material, setMaterial] = useState<string | null>(null);
  const [why, setWhy] = useState<Why>('refill');
  const [amount, setAmount] = useState<number | null>(null);
  return (
    <div className={styles['form']}>
      <label>
        <span>{t('stock.material')} *</span>
        <Select
          showSearch
          aria-label={t('stock.material')}
          value={material}
          options={view.materials.map((one) => ({ value: one.material, label: one.material }))}
          onChange={setMaterial}
        />
      </label>
      <label>
        <span>{t('stock.why')} *</span>
        <Select<Why>
          aria-label={t('stock.why')}
          value={why}
          options={(['refill', 'use', 'count'] as const).map((value) => ({
            value,
            label: t(`stock.${value}`),
          }))}
          onChange={setWhy}
        />
      </label>
      <label>
        <span>{t('stock.amount')} *</span>
        <InputNumber aria-label={t('stock.amount')} precision={0} value={amount} onChange={setAmount} />
      </label>
      <Button
        type="primary"
        disabled={material === null || amount === null || amount === 0}
        loading={booking.isPending}
        onClick={() =>
          material !== null &&
          amount !== null &&
          booking.mutate(
            { material, why, change: why === 'use' ? -amount : amount },
            { onSuccess: () => setAmount(null) },
          )
        }
      >
        {t('form.save')}
      </Button>
      {booking.error && <ErrorPanel error={booking.error} kept />}
    </div>
  );
}

function MinimumForm({ view }: { view: PointView }) {
  const t = useT(messages);
  const setting = useMinimum(view.point.id);
  const [material, setMaterial] = useState<string | null>(null);
  const [minimum, setMinimum] = useState<number | null>(null);
  const names = [...new Set([...view.materials.map((one) => one.material), ...view.goods])];
  return (
    <div className={styles['form']}>
      <label>
        <span>{t('stock.material')} *</span>
        <Select
          showSearch
          aria-label={t('stock.material')}
          value={material}
          options={names.map((name) => ({ value: name, label: name }))}
          onChange={setMaterial}
        />
      </label>
      <label>
        <span>{t('col.minimum')} *</span>
        <InputNumber
          aria-label={t('col.minimum')}
          min={0}
          precision={0}
          value={minimum}
          onChange={setMinimum}
        />
      </label>
      <Button
        type="primary"
        disabled={material === null || minimum === null}
        loading={setting.isPending}
        onClick={() => material !== null && minimum !== null && setting.mutate({ material, minimum })}
      >
        {t('form.save')}
      </Button>
      {setting.error && <ErrorPanel error={setting.error} kept />}
    </div>
  );
}

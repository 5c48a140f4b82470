import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { appointmentMessages } from '../appointment-messages.ts';
import { useSetSlots } from '../appointment-queries.ts';
import styles from './AppointmentsPage.module.css';
import { minutesOf, partsOf } from './minutes.ts';

/** The hall's opening hours (calendar `hall` of the clock engine), as a beginning. */
const HOURS = { morning: ['08:30', '12:00'], afternoon: ['13:30', '17:30'] } as const;

/** How many people the hall sees by appointment, in equal parts of its morning and afternoon. */
export function SlotPlan() {
  const t = useT(appointmentMessages);
  const save = useSetSlots();
  const [morning, setMorning] = useState<readonly [string, string]>(HOURS.morning);
  const [afternoon, setAfternoon] = useState<readonly [string, string]>(HOURS.afternoon);
  const [length, setLength] = useState(30);
  const [capacity, setCapacity] = useState(2);
  const slots = [morning, afternoon].flatMap(([a, b]) => {
    const [from, to] = [minutesOf(a), minutesOf(b)];
    return from === undefined || to === undefined ? [] : partsOf({ from, to }, length);
  });
  return (
    <details className={styles['plan']}>
      <summary>{t('plan.title')}</summary>
      <p>{t('plan.hint')}</p>
      <Span label={t('plan.morning')} value={morning} onChange={setMorning} />
      <Span label={t('plan.afternoon')} value={afternoon} onChange={setAfternoon} />
      <div className={styles['row']}>
        <InputNumber
          aria-label={t('plan.length')}
          prefix={t('plan.length')}
          min={5}
          max={240}
          precision={0}
          value={length}
          onChange={(value) => value !== null && setLength(value)}
        />
        <InputNumber
          aria-label={t('plan.capacity')}
          prefix={t('plan.capacity')}
          min={0}
          max={100}
          precision={0}
          value={capacity}
          onChange={(value) => value !== null && setCapacity(value)}
        />
        <Button
          loading={save.isPending}
          disabled={slots.length === 0}
          onClick={() => save.mutate({ slots: slots.map((slot) => ({ ...slot, capacity })) })}
        >
          {t('plan.save')}
        </Button>
      </div>
      {save.error && <ErrorPanel error={save.error} kept />}
    </details>
  );
}

function Span(props: {
  label: string;
  value: readonly [string, string];
  onChange: (value: readonly [string, string]) => void;
}) {
  const t = useT(appointmentMessages);
  const [from, to] = props.value;
  return (
    <div className={styles['row']}>
      <span>{props.label}</span>
      <Input
        type="time"
        style={{ width: 120 }}
        aria-label={`${props.label} ${t('plan.from')}`}
        value={from}
        onChange={(event) => props.onChange([event.target.value, to])}
      />
      <Input
        type="time"
        style={{ width: 120 }}
        aria-label={`${props.label} ${t('plan.to')}`}
        value={to}
        onChange={(event) => props.onChange([from, event.target.value])}
      />
    </div>
  );
}

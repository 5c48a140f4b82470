import { useQuery } from '@tanstack/react-query';
import { Input, Radio, Select } from 'antd';
import { useState } from 'react';
import type { CallView } from '#modules/hall/call-api.ts';
import { useNames, useT } from '../../../lib/i18n.ts';
import { ActionBar } from '../../../ui/ActionBar.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { appointmentMessages } from '../appointment-messages.ts';
import { slotsQuery, useBook } from '../appointment-queries.ts';
import { catalogueQuery } from '../hall-queries.ts';
import styles from './AppointmentsPage.module.css';
import { clockOf } from './minutes.ts';

/** Stands for no business in a list that cannot hold null. */
const ANY = '';

/** Hall, time, what for, who: what the call knows already is filled in. */
export function BookForm({ day, call }: { day: string; call: CallView | undefined }) {
  const t = useT(appointmentMessages);
  const name = useNames();
  const catalogue = useQuery(catalogueQuery);
  const [hall, setHall] = useState<string | null>(null);
  const [from, setFrom] = useState<number | null>(null);
  const [process, setProcess] = useState(ANY);
  const [who, setWho] = useState('');
  const [phone, setPhone] = useState(call?.phone ?? '');
  const slots = useQuery(slotsQuery(day, hall));
  const book = useBook();
  if (slots.error && !slots.data)
    return <ErrorPanel error={slots.error} onRetry={() => void slots.refetch()} />;
  if (!slots.data) return <RowsSkeleton />;
  if (slots.data.halls.length === 0)
    return <EmptyState title={t('book.noSlots')} body={t('book.noSlotsBody')} />;
  const { hallId, halls, working } = slots.data;
  const hallName = halls.find((one) => one.id === hallId)?.name ?? '';
  const chosen = slots.data.slots.find((slot) => slot.from === from && slot.booked < slot.capacity);
  const ready = chosen !== undefined && who.trim() !== '' && /^[0-9+ -]{3,20}$/.test(phone);

  function submit(): void {
    if (chosen === undefined) return;
    book.mutate({
      hallId,
      day,
      from: chosen.from,
      householdId: call?.householdId ?? null,
      process: process === ANY ? null : process,
      name: who.trim(),
      phone,
      callId: call?.id ?? null,
    });
  }

  return (
    <section className={styles['form']}>
      <div className={styles['row']}>
        <Labelled label={t('book.hall')}>
          <Select
            aria-label={t('book.hall')}
            value={hallId}
            options={halls.map((one) => ({ value: one.id, label: one.name }))}
            onChange={setHall}
          />
        </Labelled>
        <Labelled label={t('book.business')}>
          <Select
            aria-label={t('book.business')}
            showSearch={{ optionFilterProp: 'label' }}
            value={process}
            options={[
              { value: ANY, label: t('book.businessAny') },
              ...(catalogue.data?.processes ?? []).map((one) => ({ value: one.id, label: name(one.name) })),
            ]}
            onChange={setProcess}
          />
        </Labelled>
        <Labelled label={t('book.name')}>
          <Input
            aria-label={t('book.name')}
            maxLength={60}
            value={who}
            onChange={(event) => setWho(event.target.value)}
          />
        </Labelled>
        <Labelled label={t('book.phone')}>
          <Input
            aria-label={t('book.phone')}
            inputMode="tel"
            maxLength={20}
            value={phone}
            onChange={(event) => setPhone(event.target.value.replaceAll(/[^0-9+ -]/g, ''))}
          />
        </Labelled>
      </div>
      {!working && <p>{t('book.closed')}</p>}
      {working && (
        <Radio.Group
          aria-label={t('book.slot')}
          optionType="button"
          value={from}
          options={slots.data.slots.map((slot) => {
            const time = clockOf(slot.from);
            const free = slot.capacity - slot.booked;
            return {
              value: slot.from,
              label: t(free > 0 ? 'book.free' : 'book.full', { time, free }),
              disabled: free <= 0,
            };
          })}
          onChange={(event) => setFrom(Number(event.target.value))}
        />
      )}
      {book.error && <ErrorPanel error={book.error} kept />}
      <p role="status">
        {book.data &&
          book.variables &&
          t('book.done', {
            hall: hallName,
            day: book.variables.day,
            time: clockOf(book.variables.from),
            name: book.variables.name,
          })}
      </p>
      <ActionBar
        primary={{
          id: 'book',
          label: t('book.do'),
          allowed: ready,
          reason: t('book.missing'),
          busy: book.isPending,
          run: submit,
        }}
      />
    </section>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={styles['field']}>
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}

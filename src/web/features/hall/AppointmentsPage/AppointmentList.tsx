import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Appointment } from '#modules/hall/appointment-api.ts';
import { useNames, useT } from '../../../lib/i18n.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { appointmentMessages } from '../appointment-messages.ts';
import { appointmentsQuery, useMoveAppointment } from '../appointment-queries.ts';
import { catalogueQuery } from '../hall-queries.ts';
import styles from './AppointmentsPage.module.css';
import { clockOf } from './minutes.ts';

/** Who is expected at this hall on a day; today whoever comes draws his ticket here. */
export function AppointmentList({ day, today }: { day: string; today: string }) {
  const t = useT(appointmentMessages);
  const list = useQuery(appointmentsQuery(day));
  if (list.error && !list.data) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <RowsSkeleton />;
  if (list.data.length === 0) return <EmptyState title={t('list.none')} body={t('list.noneBody')} />;
  return (
    <table className={styles['table']}>
      <caption>{t('list.title', { day })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('list.time')}</th>
          <th scope="col">{t('list.who')}</th>
          <th scope="col">{t('book.business')}</th>
          <th scope="col">{t('list.state')}</th>
        </tr>
      </thead>
      <tbody>
        {list.data.map((one) => (
          <Line key={one.id} appointment={one} isToday={day === today} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ appointment, isToday }: { appointment: Appointment; isToday: boolean }) {
  const t = useT(appointmentMessages);
  const { id, state } = appointment;
  const name = useNames();
  const catalogue = useQuery(catalogueQuery);
  const business = catalogue.data?.processes.find((one) => one.id === appointment.process);
  const arrive = useMoveAppointment('arrive');
  const miss = useMoveAppointment('miss');
  const cancel = useMoveAppointment('cancel');
  const error = arrive.error ?? miss.error ?? cancel.error;
  const button = (move: typeof arrive, label: string) => (
    <Button
      size="small"
      loading={move.isPending}
      aria-label={t('list.named', { verb: label, name: appointment.name ?? '' })}
      onClick={() => move.mutate({ id })}
    >
      {label}
    </Button>
  );
  return (
    <tr>
      <td>{clockOf(appointment.from)}</td>
      <td>
        {appointment.name} {appointment.phone}
      </td>
      <td>{business === undefined ? t('book.businessAny') : name(business.name)}</td>
      <td>
        {t(`list.${state}`, { ticket: appointment.ticket ?? '' })}{' '}
        {state === 'booked' && isToday && button(arrive, t('list.arrive'))}{' '}
        {state === 'booked' && isToday && button(miss, t('list.miss'))}{' '}
        {state === 'booked' && button(cancel, t('list.cancel'))}
        {error && <ErrorPanel error={error} />}
      </td>
    </tr>
  );
}

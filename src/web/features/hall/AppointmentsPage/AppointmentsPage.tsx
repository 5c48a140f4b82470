import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useSearch } from '@tanstack/react-router';
import { Input } from 'antd';
import { useState } from 'react';
import { HOUR, type Instant } from '#kernel/instant.ts';
import { useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay, useSession } from '../../../lib/session.ts';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { atCounter } from '../at-counter.ts';
import { appointmentMessages } from '../appointment-messages.ts';
import { callQuery } from '../call-queries.ts';
import styles from './AppointmentsPage.module.css';
import { AppointmentList } from './AppointmentList.tsx';
import { BookForm } from './BookForm.tsx';
import { SlotPlan } from './SlotPlan.tsx';

export const route = createLazyRoute('/appointments')({ component: AppointmentsPage });

/** Books a visit to a hall from the telephone; at the hall itself, lists who is expected. */
function AppointmentsPage() {
  const t = useT(appointmentMessages);
  const { post } = useSession();
  const mayPlan = useMay('hall.manage');
  const search: { readonly call?: string } = useSearch({ strict: false });
  const call = useQuery({ ...callQuery(search.call ?? ''), enabled: search.call !== undefined });
  const today = businessDay(useNow(HOUR));
  const [day, setDay] = useState(today);
  if (search.call !== undefined && !call.data && !call.error) return <PageSkeleton />;
  return (
    <>
      <PageHead title={t('book.title')} />
      <label className={styles['day']}>
        <span>{t('book.day')}</span>
        <Input
          type="date"
          aria-label={t('book.day')}
          min={today}
          value={day}
          onChange={(event) => event.target.value !== '' && setDay(event.target.value)}
        />
      </label>
      <BookForm key={search.call ?? ''} day={day} call={call.data} />
      {atCounter(post) && <AppointmentList day={day} today={today} />}
      {mayPlan && <SlotPlan />}
    </>
  );
}

/** The day in China, eight hours before UTC. */
function businessDay(at: Instant): string {
  return new Date(at + 8 * HOUR).toISOString().slice(0, 10);
}

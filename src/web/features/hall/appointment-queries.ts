import { queryOptions } from '@tanstack/react-query';
import type { Appointment, Booking, SlotDay, Slots } from '#modules/hall/appointment-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

const REFRESH = 10_000;

export const slotsQuery = (day: string, hall: string | null) =>
  queryOptions({
    queryKey: ['appointments', 'slots', day, hall],
    queryFn: ({ signal }) =>
      get<SlotDay>(`/api/appointments/slots?day=${day}${hall === null ? '' : `&hall=${hall}`}`, signal),
    refetchInterval: REFRESH,
  });

export const appointmentsQuery = (day: string) =>
  queryOptions({
    queryKey: ['appointments', 'list', day],
    queryFn: ({ signal }) => get<readonly Appointment[]>(`/api/appointments?day=${day}`, signal),
    refetchInterval: REFRESH,
  });

const stale = [['appointments'], ['queue']];

export function useBook() {
  return useWrite<Booking, { readonly id: string }>({ path: '/api/appointments', stale });
}

export function useSetSlots() {
  return useWrite<Slots>({ method: 'PUT', path: '/api/appointments/slots', stale });
}

export function useMoveAppointment(verb: 'arrive' | 'cancel' | 'miss') {
  return useWrite<{ id: string }, { readonly label?: string }>({
    path: ({ id }) => `/api/appointments/${id}/${verb}`,
    body: () => ({}),
    stale,
  });
}

import { queryOptions } from '@tanstack/react-query';
import type { DeviceView, MadeDevice, NewDevice } from '#modules/hall/device-api.ts';
import type { Issue, Issued, QueueView } from '#modules/hall/queue-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

/** Tickets come from machines and other windows: nobody presses reload. */
const REFRESH = 3000;

export const queueQuery = queryOptions({
  queryKey: ['queue'],
  queryFn: ({ signal }) => get<QueueView>('/api/queue', signal),
  refetchInterval: REFRESH,
});

export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: ({ signal }) => get<readonly DeviceView[]>('/api/devices', signal),
});

const stale = [['queue']];

export function useIssue() {
  return useWrite<Issue, Issued>({ path: '/api/queue/tickets', stale });
}

export function useCallNext() {
  return useWrite<{ window: number }, { readonly label: string }>({ path: '/api/queue/next', stale });
}

export function useQueueStep(step: 'recall' | 'serve') {
  return useWrite<Record<string, never>>({ path: `/api/queue/${step}`, stale });
}

export function useEndTicket() {
  return useWrite<{ outcome: 'served' | 'no-show' }>({ path: '/api/queue/end', stale });
}

export function useMakeDevice() {
  return useWrite<NewDevice, MadeDevice>({ path: '/api/devices', stale: [['devices']] });
}

export function useRevokeDevice() {
  return useWrite<{ id: string }>({
    path: ({ id }) => `/api/devices/${id}/revoke`,
    body: () => ({}),
    stale: [['devices']],
  });
}

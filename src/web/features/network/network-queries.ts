import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  DeviceName,
  DeviceView,
  FeederView,
  HouseholdsBelow,
  NetworkOverview,
  SwitchBody,
} from '#modules/network/network-api.ts';
import type { ReliabilityView } from '#modules/outage/outage-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

export const NETWORK_KEY = ['network'] as const;

export const overviewQuery = queryOptions({
  queryKey: [...NETWORK_KEY, 'overview'],
  queryFn: ({ signal }) => get<NetworkOverview>('/api/network', signal),
});

export const searchQuery = (words: string) =>
  queryOptions({
    queryKey: [...NETWORK_KEY, 'search', words],
    queryFn: ({ signal }) =>
      get<readonly DeviceName[]>(`/api/network/search?words=${encodeURIComponent(words)}`, signal),
    enabled: words !== '',
  });

export const feederQuery = (id: string) =>
  queryOptions({
    queryKey: [...NETWORK_KEY, 'feeder', id],
    queryFn: ({ signal }) => get<FeederView>(`/api/network/feeders/${id}`, signal),
  });

export const deviceQuery = (id: string, at: number | null) =>
  queryOptions({
    queryKey: [...NETWORK_KEY, 'device', id, at],
    queryFn: ({ signal }) =>
      get<DeviceView>(`/api/network/devices/${id}${at === null ? '' : `?at=${at}`}`, signal),
  });

export const householdsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...NETWORK_KEY, 'households', id],
    queryFn: ({ signal, pageParam }) =>
      get<HouseholdsBelow>(`/api/network/devices/${id}/households?offset=${pageParam}`, signal),
    initialPageParam: 0,
    getNextPageParam: (_, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.households.length, 0);
      return shown < (pages[0]?.total ?? 0) ? shown : null;
    },
  });

export const reliabilityQuery = (year: number) =>
  queryOptions({
    queryKey: [...NETWORK_KEY, 'reliability', year],
    queryFn: ({ signal }) => get<ReliabilityView>(`/api/reliability?year=${year}`, signal),
  });

export function useSwitch(id: string) {
  return useWrite<SwitchBody>({ path: `/api/network/devices/${id}/switch`, stale: [NETWORK_KEY] });
}

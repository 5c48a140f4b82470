import { queryOptions } from '@tanstack/react-query';
import type { GridMapView } from '#modules/network/network-api.ts';
import type { IncidentView } from '#modules/outage/incident-api.ts';
import type { CommandView, Forecast } from '#modules/repair/command-api.ts';
import type { DispatchView, OrderSmsView } from '#modules/repair/dispatch-api.ts';
import type {
  EstimateBody,
  TellBody,
  PaceBody,
  TellingSettingsBody,
  TellingView,
} from '#modules/repair/telling-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';
import landUrl from './basemap/weihai-land-osm-wgs84.geojson?url';

export const COMMAND_KEY = ['command'] as const;
/** Clocks run while nothing is written: what is overdue may ring without a hint. */
const REFRESH = 15_000;

export const commandQuery = queryOptions({
  queryKey: [...COMMAND_KEY, 'rows'],
  queryFn: ({ signal }) => get<CommandView>('/api/repair/command', signal),
  refetchInterval: REFRESH,
});

export const gridMapQuery = queryOptions({
  queryKey: [...COMMAND_KEY, 'map'],
  queryFn: ({ signal }) => get<GridMapView>('/api/network/map', signal),
  staleTime: 60_000,
});

/** Outlines as GeoJSON: rings of [longitude, latitude]. */
type Land = {
  readonly features: readonly {
    readonly geometry: {
      readonly coordinates: readonly (readonly (readonly (readonly [number, number])[])[])[];
    };
  }[];
};

export const landQuery = queryOptions({
  queryKey: [...COMMAND_KEY, 'land'],
  queryFn: async ({ signal }) => {
    const land = await get<Land>(landUrl, signal);
    return land.features.flatMap(({ geometry }) => geometry.coordinates.flat());
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export const tellingsQuery = (orderId: string) =>
  queryOptions({
    queryKey: [...COMMAND_KEY, 'tellings', orderId],
    queryFn: ({ signal }) => get<TellingView>(`/api/repair/orders/${orderId}/tellings`, signal),
    refetchInterval: REFRESH,
  });

export function useTell(orderId: string) {
  return useWrite<TellBody>({ path: `/api/repair/orders/${orderId}/tellings`, stale: [COMMAND_KEY] });
}

export function useTellingSettings() {
  return useWrite<TellingSettingsBody>({ path: '/api/repair/telling-settings', stale: [COMMAND_KEY] });
}

export function usePace() {
  return useWrite<PaceBody>({ path: '/api/repair/telling-pace', stale: [COMMAND_KEY] });
}

export function useEstimate(orderId: string) {
  return useWrite<EstimateBody>({ path: `/api/repair/orders/${orderId}/estimates`, stale: [COMMAND_KEY] });
}

/** The plan of the whole queue takes the server's processor: seldom enough for a page that stands all night. */
const FORECAST = 60_000;

export const forecastQuery = queryOptions({
  queryKey: [...COMMAND_KEY, 'forecast'],
  queryFn: ({ signal }) => get<Forecast>('/api/repair/command/forecast', signal),
  refetchInterval: FORECAST,
  staleTime: FORECAST,
});

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: [...COMMAND_KEY, 'incident', id],
    queryFn: ({ signal }) => get<IncidentView>(`/api/outage/incidents/${id}`, signal),
  });

export const proposalsQuery = queryOptions({
  queryKey: [...COMMAND_KEY, 'dispatch'],
  queryFn: ({ signal }) => get<DispatchView>('/api/repair/dispatch', signal),
  refetchInterval: REFRESH,
});

export function useSend(orderId: string) {
  return useWrite<{ readonly crewId: string }>({
    path: `/api/repair/dispatch/${orderId}`,
    stale: [COMMAND_KEY],
  });
}

export const orderSmsQuery = (orderId: string) =>
  queryOptions({
    queryKey: [...COMMAND_KEY, 'sms', orderId],
    queryFn: ({ signal }) => get<OrderSmsView>(`/api/repair/dispatch/${orderId}/sms`, signal),
    refetchInterval: REFRESH,
  });

export function useOrderSms(orderId: string) {
  return useWrite<Record<string, never>>({
    path: `/api/repair/dispatch/${orderId}/sms`,
    stale: [COMMAND_KEY],
  });
}

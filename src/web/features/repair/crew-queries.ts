import { queryOptions } from '@tanstack/react-query';
import type {
  Booking,
  Coverage,
  NewShift,
  NewSkill,
  NewTraining,
  NewVehicle,
  PointsView,
  PointView,
  VehicleState,
} from '#modules/repair/crew-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

const POINTS_KEY = ['repair', 'points'] as const;

export const pointsQuery = queryOptions({
  queryKey: POINTS_KEY,
  queryFn: ({ signal }) => get<PointsView>('/api/repair/points', signal),
});

export const pointQuery = (id: string) =>
  queryOptions({
    queryKey: [...POINTS_KEY, id],
    queryFn: ({ signal }) => get<PointView>(`/api/repair/points/${id}`, signal),
  });

/** The villages are counted over all households: asked for when the page is opened, not each time somebody goes on duty. */
export const coverageQuery = queryOptions({
  queryKey: ['repair', 'coverage'],
  queryFn: ({ signal }) => get<Coverage>('/api/repair/coverage', signal),
  staleTime: 300_000,
});

const SHOWN = ['all', 'nobody', 'short', 'outside'] as const;
export type Shown = (typeof SHOWN)[number];
export type PointsSearch = { readonly show?: Shown };

/** Anything in the address that is no choice of ours is left out. */
export function pointsSearch(search: Record<string, unknown>): PointsSearch {
  const show = SHOWN.find((one) => one === search['show']);
  return show === undefined ? {} : { show };
}

export function useSetShift(crewId: string) {
  return useWrite<NewShift>({ path: `/api/repair/crews/${crewId}/shifts`, stale: [POINTS_KEY] });
}

export function useWithdrawShift() {
  return useWrite<{ readonly id: string }>({
    path: ({ id }) => `/api/repair/shifts/${id}/withdraw`,
    body: () => ({}),
    stale: [POINTS_KEY],
  });
}

export function useMembers(crewId: string) {
  return useWrite<{ readonly people: readonly string[] }>({
    path: `/api/repair/crews/${crewId}/members`,
    stale: [POINTS_KEY],
  });
}

export function useCloseCrew(crewId: string) {
  return useWrite<void>({
    path: `/api/repair/crews/${crewId}/close`,
    body: () => ({}),
    stale: [POINTS_KEY],
  });
}

export function useNewCrew(gridPointId: string) {
  return useWrite<{ readonly name: string; readonly people: readonly string[] }>({
    path: '/api/repair/crews',
    body: (crew) => ({ ...crew, gridPointId, kind: 'point' }),
    stale: [POINTS_KEY],
  });
}

export function useTraining() {
  return useWrite<NewTraining>({ path: '/api/repair/trainings', stale: [POINTS_KEY] });
}

export function useSkill() {
  return useWrite<NewSkill & { readonly personId: string }>({
    path: ({ personId }) => `/api/repair/people/${personId}/skills`,
    body: ({ skill, untilOn }) => ({ skill, untilOn }),
    stale: [POINTS_KEY],
  });
}

export function useBooking(gridPointId: string) {
  return useWrite<Booking>({ path: `/api/repair/points/${gridPointId}/stock`, stale: [POINTS_KEY] });
}

export function useMinimum(gridPointId: string) {
  return useWrite<{ readonly material: string; readonly minimum: number }>({
    path: `/api/repair/points/${gridPointId}/minimum`,
    stale: [POINTS_KEY],
  });
}

export function useNewVehicle(gridPointId: string) {
  return useWrite<NewVehicle>({ path: `/api/repair/points/${gridPointId}/vehicles`, stale: [POINTS_KEY] });
}

export function useVehicleState() {
  return useWrite<{ readonly id: string; readonly state: VehicleState }>({
    path: ({ id }) => `/api/repair/vehicles/${id}/state`,
    body: ({ state }) => ({ state }),
    stale: [POINTS_KEY],
  });
}

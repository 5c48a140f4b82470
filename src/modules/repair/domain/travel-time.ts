/** Degrees, WGS-84. */
export type Position = { readonly longitude: number; readonly latitude: number };

/** Where a fault lies; the limits of arrival and the pace of the roads go by it. */
export type Zone = 'city' | 'rural' | 'remote';

/** A place that crews drive to or from. */
export type TravelPoint = { readonly position: Position; readonly zone: Zone };

/**
 * Minutes between places, row by row (`from * points + to`), getting out and finding the place included. The default needs no network;
 * a stored matrix or a routing server of one's own gives the same table.
 */
export type TravelTimeProvider = { readonly matrix: (points: readonly TravelPoint[]) => Float64Array };

/** minutes = (access + great circle × detour ÷ speed) × the factor of the local hour. */
export type TravelModel = {
  readonly accessMinutes: Readonly<Record<Zone, number>>;
  readonly detour: number;
  readonly kmPerHour: Readonly<Record<Zone, number>>;
  readonly hourFactor?: Readonly<Record<Zone, readonly number[]>>;
};

/**
 * Until a company has arrivals of its own: detour 1.3 (motorway networks of several countries, arXiv 2406.06490); turn-out and access
 * 4 to 8 minutes, 25 to 30 km/h in town, 40 in the country, 45 far out: assumptions of the design, to be replaced by `fitTravel`.
 */
export const usualTravel: TravelModel = {
  accessMinutes: { city: 6, rural: 6, remote: 6 },
  detour: 1.3,
  kmPerHour: { city: 27.5, rural: 40, remote: 45 },
};

const EARTH_KM = 6371;
const RADIANS = Math.PI / 180;

/** Great-circle distance in kilometres. */
export function kilometres(a: Position, b: Position): number {
  const north = (b.latitude - a.latitude) * RADIANS;
  const east = (b.longitude - a.longitude) * RADIANS;
  const h =
    Math.sin(north / 2) ** 2 +
    Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * Math.sin(east / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The zone driven to decides the pace; without an hour, the usual one. */
export function travelMinutes(model: TravelModel, from: Position, to: TravelPoint, hour?: number): number {
  const way = kilometres(from, to.position) * model.detour;
  const minutes = model.accessMinutes[to.zone] + (way / model.kmPerHour[to.zone]) * 60;
  return minutes * (hour === undefined ? 1 : (model.hourFactor?.[to.zone][hour] ?? 1));
}

export function byGreatCircle(model: TravelModel, hour?: number): TravelTimeProvider {
  return {
    matrix(points) {
      const minutes = new Float64Array(points.length ** 2);
      for (const [i, from] of points.entries())
        for (const [j, to] of points.entries())
          if (i !== j) minutes[i * points.length + j] = travelMinutes(model, from.position, to, hour);
      return minutes;
    },
  };
}

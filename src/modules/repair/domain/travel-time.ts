/** Degrees, WGS-84. */
export type Position = { readonly longitude: number; readonly latitude: number };

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

import type { Instant } from '#kernel/instant.ts';
import type { CrewOnDuty, Place } from './crew-api.ts';
import type { TravelPoint } from './domain/travel-time.ts';

/** Where a crew that has no job is: by its last position of this shift, else where it waits, else at its own point. */
export function crewStandsAt({ position, point, standBy }: CrewOnDuty, now: Instant): TravelPoint {
  const since = standBy === null ? null : (standBy.arrivedAt ?? standBy.expectedAt);
  const there = standBy !== null && since !== null && since <= now;
  // A phone that has been silent since the crew should have arrived says less than the crew's word.
  if (there && (position === null || position.at < since)) return travelPointOf(standBy.point);
  return position === null ? travelPointOf(point) : { position: positionOf(position), zone: point.zone };
}

export function positionOf({ lon, lat }: Place): TravelPoint['position'] {
  return { longitude: lon, latitude: lat };
}

function travelPointOf(place: Place & { readonly zone: TravelPoint['zone'] }): TravelPoint {
  return { position: positionOf(place), zone: place.zone };
}

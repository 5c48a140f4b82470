/** A unit (by code) and a post in it: whose task a step is. */
export type Place = { readonly unit: string; readonly post: string };

/** Where work goes that nobody else can take: its duty officer finds somebody. */
const DUTY: Place = { unit: 'control-centre', post: 'control-officer' };
const ABOVE_DUTY: Place = { unit: 'leading-group', post: 'deputy-manager' };

/**
 * Places that may do a step, the right one first: as the handbook says, then the same post in the units that stand in,
 * then the control centre. A unit complained about is never among them, and with a closed list nobody outside of it.
 */
export function placesFor(
  wanted: Place,
  facts: {
    readonly standIns: readonly (string | null | undefined)[];
    readonly accused: readonly string[];
    readonly closedTo?: readonly string[];
  },
): readonly Place[] {
  const others = facts.standIns.flatMap((unit) => (unit ? [{ unit, post: wanted.post }] : []));
  const inList = (place: Place) => facts.closedTo?.includes(place.unit) ?? true;
  return [wanted, ...others, DUTY, ABOVE_DUTY].filter(
    (place) => inList(place) && !facts.accused.includes(place.unit),
  );
}

/** The first place where somebody holds the post; work that nobody can take would be lost work. */
export function placeTask(places: readonly Place[], staffed: (place: Place) => boolean): Place | undefined {
  return places.find(staffed);
}

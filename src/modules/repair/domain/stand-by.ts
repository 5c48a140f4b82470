import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { hasSkills, latePrice, weightOf } from './delay-costs.ts';
import type { Crew, DispatchPolicy, Fault } from './dispatch-facts.ts';
import type { TravelPoint } from './travel-time.ts';

// One algorithm in one file, hence its length: its loops share typed arrays.

/** A fault of the past, as a sample of those to come. */
export type PastFault = Pick<Fault, 'at' | 'customers' | 'important' | 'medical' | 'skills'>;

/** A grid point: where a crew may wait. */
export type StandByPlace = { readonly id: string; readonly at: TravelPoint };

export type StandByCrew = Pick<Crew, 'id' | 'grid' | 'at' | 'freeAt' | 'shiftEnd' | 'skills'> & {
  /** The place where it waits for work, or to which it drives to wait; null: it has work, or nobody may send it elsewhere. */
  readonly waitsAt: string | null;
};

export type StandByFacts = {
  readonly now: Instant;
  readonly crews: readonly StandByCrew[];
  readonly places: readonly StandByPlace[];
  readonly past: readonly PastFault[];
  /** Faults of the last hour: so many are expected in the next. */
  readonly faultsPerHour: number;
  readonly minutes: (from: TravelPoint, to: TravelPoint) => number;
};

/** A crew that should wait at another point. */
export type StandBy = {
  readonly crew: string;
  readonly place: string;
  readonly arrivesAt: Instant;
  /** Of the past faults that this crew may repair, the share that somebody would reach in time, before and after. */
  readonly inTimeBefore: number;
  readonly inTimeAfter: number;
  /** What the next hour costs less, in minutes of one late arrival; the way is taken off. */
  readonly gain: number;
};

/**
 * Found on days 1 to 20 of bench/dispatch.ts (it reports others). The method is that of DMEXCLP (Jagtenberg, Bhulai and van der Mei
 * 2015): each idle crew where it improves the expected answer most, if the nearest crew is busy with a fixed likelihood.
 */
const TUNED = {
  /** How likely a crew is at another new fault when one happens. */
  busy: 0.3,
  /** So many of the nearest crews are looked at for each fault. */
  nearest: 4,
  /** A fault to come is so many minutes away; whoever is free by then is free. */
  ahead: 20,
  /** A smaller gain is not worth asking people to move. */
  leastGain: 60,
  /** Nobody is asked to drive longer than this. */
  longestWay: 90,
  /** Asked at once at most. */
  mostAsked: 3,
};

/** Fewer past faults say too little about where the next will be. */
export const LEAST_PAST = 60;

/**
 * Which idle crews should wait at another point, because faults will come where nobody is near: measured by what the faults of the
 * past would cost if they came again. A proposal; a person asks the crew.
 */
export function proposeStandBys(facts: StandByFacts, policy: DispatchPolicy): readonly StandBy[] {
  if (facts.past.length < LEAST_PAST || facts.faultsPerHour === 0) return [];
  const field = costField(facts, policy);
  const found: StandBy[] = [];
  const asked = new Set<number>();
  while (found.length < TUNED.mostAsked) {
    const move = bestMove(facts, policy, field, asked);
    if (move === undefined) break;
    asked.add(move.crew);
    const { crew, place, way, gain } = move;
    const before = field.inTime(crew);
    field.move(crew, place);
    found.push({
      crew: (facts.crews[crew] as StandByCrew).id,
      place: (facts.places[place] as StandByPlace).id,
      arrivesAt: facts.now + Math.round(way * MINUTE),
      inTimeBefore: before,
      inTimeAfter: field.inTime(crew),
      gain,
    });
  }
  return found;
}

type Move = { readonly crew: number; readonly place: number; readonly way: number; readonly gain: number };

function bestMove(
  { now, crews, places, past, faultsPerHour, minutes }: StandByFacts,
  { storm, weights }: DispatchPolicy,
  field: CostField,
  asked: ReadonlySet<number>,
): Move | undefined {
  let best: Move | undefined;
  for (const [c, crew] of crews.entries()) {
    if (crew.waitsAt === null || asked.has(c)) continue;
    for (const [p, place] of places.entries()) {
      if (place.id === crew.waitsAt) continue;
      const way = minutes(crew.at, place.at);
      if (way > TUNED.longestWay || now + way * MINUTE + HOUR > crew.shiftEnd) continue;
      const away = storm || place.id === crew.grid ? 0 : weights.crossing;
      const saved = (field.saving(c, p) / past.length) * faultsPerHour;
      const gain = saved - way * weights.travelMinute - away;
      if (gain >= (best?.gain ?? TUNED.leastGain)) best = { crew: c, place: p, way, gain };
    }
  }
  return best;
}

type CostField = {
  /** By how much all past faults together cost less if the crew waited there. */
  readonly saving: (crew: number, place: number) => number;
  readonly move: (crew: number, place: number) => void;
  readonly inTime: (crew: number) => number;
};

/** What each past fault would cost by each crew, and for each fault the nearest crews. */
function costField({ now, crews, places, past, minutes }: StandByFacts, policy: DispatchPolicy): CostField {
  const { nearest } = TUNED;
  const kept = nearest + 1;
  const standsAt = crews.map(({ waitsAt }) => places.findIndex(({ id }) => id === waitsAt));
  const free = crews.map(({ freeAt }) => Math.max(0, (freeAt - now) / MINUTE - TUNED.ahead));
  const able = past.map((fault) => Uint8Array.from(crews, (crew) => Number(hasSkills(crew, fault))));
  const pricers = past.map((fault) => priceOf(fault, policy));
  const byPlace = past.map(({ at }, f) =>
    Float64Array.from(places, (place) => (pricers[f] as Pricer)(minutes(place.at, at))),
  );
  const busy = past.map(({ at }, f) =>
    Float64Array.from(crews, (crew, c) =>
      standsAt[c] === -1 && able[f]?.[c] === 1
        ? (pricers[f] as Pricer)((free[c] as number) + minutes(crew.at, at))
        : Infinity,
    ),
  );
  // How likely the first, second … nearest is the one that goes.
  const share = Float64Array.from({ length: nearest }, (_, k) =>
    k === nearest - 1 ? TUNED.busy ** k : (1 - TUNED.busy) * TUNED.busy ** k,
  );
  const cost = new Float64Array(past.length * kept);
  const who = new Int32Array(past.length * kept);
  rank();

  return { saving, move, inTime };

  function costOf(fault: number, crew: number): number {
    const place = standsAt[crew] as number;
    return place === -1
      ? (busy[fault]?.[crew] as number)
      : able[fault]?.[crew] === 1
        ? (byPlace[fault]?.[place] as number)
        : Infinity;
  }

  function rank(): void {
    cost.fill(Infinity);
    who.fill(-1);
    for (let f = 0; f < past.length; f += 1)
      for (let c = 0; c < crews.length; c += 1) insert(f * kept, costOf(f, c), c);
  }

  function insert(row: number, price: number, crew: number): void {
    let at = row + kept - 1;
    if (price >= (cost[at] as number)) return;
    for (; at > row && (cost[at - 1] as number) > price; at -= 1) {
      cost[at] = cost[at - 1] as number;
      who[at] = who[at - 1] as number;
    }
    cost[at] = price;
    who[at] = crew;
  }

  function saving(crew: number, place: number): number {
    let saved = 0;
    for (let f = 0; f < past.length; f += 1)
      if (able[f]?.[crew] === 1) saved += savingAt(f, crew, byPlace[f]?.[place] as number);
    return saved;
  }

  /** The expected cost of a fault as it is, less that with this crew at `price`. */
  function savingAt(fault: number, crew: number, price: number): number {
    const row = fault * kept;
    let [saved, from, put] = [0, row, false];
    for (let k = 0; k < nearest; k += 1) {
      const before = cost[row + k] as number;
      if (who[from] === crew) from += 1;
      let after = from < row + kept ? (cost[from] as number) : Infinity;
      if (!put && price <= after) {
        after = price;
        put = true;
      } else from += 1;
      // As many crews are able before and after: nobody there is nobody there.
      if (before !== after) saved += (share[k] as number) * (before - after);
    }
    return saved;
  }

  function move(crew: number, place: number): void {
    standsAt[crew] = place;
    rank();
  }

  function inTime(crew: number): number {
    let [of, reached] = [0, 0];
    for (const [f, { at }] of past.entries()) {
      if (able[f]?.[crew] !== 1) continue;
      of += 1;
      const limit = policy.arrivalLimit[at.zone];
      const soonest = crews.some((other, c) => {
        if (able[f]?.[c] !== 1) return false;
        const place = places[standsAt[c] as number];
        const wait =
          place === undefined ? (free[c] as number) + minutes(other.at, at) : minutes(place.at, at);
        return wait <= limit;
      });
      if (soonest) reached += 1;
    }
    return of === 0 ? 1 : reached / of;
  }
}

type Pricer = (wait: number) => number;

/** What it costs that a fault is reached so many minutes after its report, whoever goes. */
function priceOf(fault: PastFault, policy: DispatchPolicy): Pricer {
  const { weights, arrivalLimit } = policy;
  const times = weightOf(fault, policy);
  const limit = arrivalLimit[fault.at.zone];
  const minute = fault.customers * weights.customerMinute + weights.travelMinute;
  return (wait) => wait * minute + times * latePrice(wait - limit, 0, weights);
}

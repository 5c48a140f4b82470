import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { hasSkills, latePrice, weightOf } from './delay-costs.ts';
import type { Crew, DispatchPolicy, Fault } from './dispatch-facts.ts';
import type { TravelPoint } from './travel-time.ts';

// One algorithm in one file, hence its length: its loops share typed arrays.

/** A fault of the past, as a sample of those to come. */
export type PastFault = Pick<Fault, 'at' | 'customers' | 'important' | 'medical' | 'skills'>;

/** A grid point: where a crew may wait. */
type StandByPlace = { readonly id: string; readonly at: TravelPoint };

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
 * Found on days 1 to 8 of bench/dispatch.ts (it reports others). The method is that of DMEXCLP (Jagtenberg, Bhulai and van der Mei
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

/** What a fault costs that so few may repair that there is no second, third … crew: the same in every comparison. */
const NOBODY = 1e9;

/** Fewer past faults say too little about where the next will be. */
export const LEAST_PAST = 30;

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
    const saving = field.without(c);
    for (const [p, place] of places.entries()) {
      if (place.id === crew.waitsAt) continue;
      const saved = (saving(p) / past.length) * faultsPerHour;
      if (saved < (best?.gain ?? TUNED.leastGain)) continue;
      const way = minutes(crew.at, place.at);
      if (way > TUNED.longestWay || now + way * MINUTE + HOUR > crew.shiftEnd) continue;
      const away = storm || place.id === crew.grid ? 0 : weights.crossing;
      const gain = saved - way * weights.travelMinute - away;
      if (gain >= (best?.gain ?? TUNED.leastGain)) best = { crew: c, place: p, way, gain };
    }
  }
  return best;
}

type CostField = {
  /** Takes a crew away: answers by how much all past faults together cost less than now if it waited at a place. */
  readonly without: (crew: number) => (place: number) => number;
  readonly move: (crew: number, place: number) => void;
  /** Of the faults that this crew may repair, the share that somebody reaches in time. */
  readonly inTime: (crew: number) => number;
};

/** What each past fault would cost by each crew, and for each fault the nearest crews. */
function costField({ now, crews, places, past, minutes }: StandByFacts, policy: DispatchPolicy): CostField {
  const { nearest } = TUNED;
  const kept = nearest + 1;
  const count = past.length;
  const standsAt = Int32Array.from(crews, ({ waitsAt }) => places.findIndex(({ id }) => id === waitsAt));
  const pricers = past.map((fault) => priceOf(fault, policy));
  // Rows of all faults, by place and by crew at work.
  const waits = new Float64Array(places.length * count);
  const prices = new Float64Array(places.length * count);
  for (const [p, place] of places.entries()) fill(waits, prices, p, (at) => minutes(place.at, at));
  const busyWaits = new Float64Array(crews.length * count);
  const busyPrices = new Float64Array(crews.length * count);
  const able = new Uint8Array(crews.length * count);
  for (const [c, crew] of crews.entries()) {
    for (const [f, fault] of past.entries()) able[c * count + f] = Number(hasSkills(crew, fault));
    const free = Math.max(0, (crew.freeAt - now) / MINUTE - TUNED.ahead);
    if (standsAt[c] === -1) fill(busyWaits, busyPrices, c, (at) => free + minutes(crew.at, at));
  }
  // How likely the first, second … nearest is the one that goes.
  const share = Float64Array.from({ length: nearest }, (_, k) =>
    k === nearest - 1 ? TUNED.busy ** k : (1 - TUNED.busy) * TUNED.busy ** k,
  );
  const cost = new Float64Array(count * kept);
  const who = new Int32Array(count * kept);
  const others = new Float64Array(count * nearest);
  rank();

  return { without, move, inTime };

  function fill(
    waitRow: Float64Array,
    priceRow: Float64Array,
    row: number,
    wait: (at: TravelPoint) => number,
  ): void {
    for (const [f, { at }] of past.entries()) {
      const minutesThere = wait(at);
      waitRow[row * count + f] = minutesThere;
      priceRow[row * count + f] = (pricers[f] as Pricer)(minutesThere);
    }
  }

  function rank(): void {
    cost.fill(NOBODY);
    who.fill(-1);
    for (let c = 0; c < crews.length; c += 1) {
      const place = standsAt[c] as number;
      const [from, row] = place === -1 ? [busyPrices, c] : [prices, place];
      for (let f = 0; f < count; f += 1)
        if (able[c * count + f] === 1) insert(f * kept, from[row * count + f] as number, c);
    }
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

  function without(crew: number): (place: number) => number {
    let before = 0;
    for (let f = 0; f < count; f += 1) {
      if (able[crew * count + f] === 0) continue;
      let at = 0;
      for (let k = 0; k < kept && at < nearest; k += 1) {
        if (k < nearest) before += (share[k] as number) * (cost[f * kept + k] as number);
        if (who[f * kept + k] !== crew) others[f * nearest + at++] = cost[f * kept + k] as number;
      }
    }
    return (place) => before - withIt(crew, place);
  }

  /** The crew at `place` beside the `others`. */
  function withIt(crew: number, place: number): number {
    let after = 0;
    for (let f = 0; f < count; f += 1) {
      if (able[crew * count + f] === 0) continue;
      const price = prices[place * count + f] as number;
      let put = 0;
      for (let k = 0; k < nearest; k += 1) {
        const other = others[f * nearest + k - put] as number;
        if (put === 0 && price <= other) {
          after += (share[k] as number) * price;
          put = 1;
        } else after += (share[k] as number) * other;
      }
    }
    return after;
  }

  function move(crew: number, place: number): void {
    standsAt[crew] = place;
    rank();
  }

  function inTime(crew: number): number {
    let [of, reached] = [0, 0];
    for (const [f, { at }] of past.entries()) {
      if (able[crew * count + f] === 0) continue;
      of += 1;
      const limit = policy.arrivalLimit[at.zone];
      const soonest = crews.some((_, c) => {
        if (able[c * count + f] === 0) return false;
        const place = standsAt[c] as number;
        const wait = place === -1 ? busyWaits[c * count + f] : waits[place * count + f];
        return (wait as number) <= limit;
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

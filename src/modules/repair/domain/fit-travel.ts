import type { TravelModel, Zone } from './travel-time.ts';

/** One drive that was recorded: great-circle kilometres, minutes from dispatch to arrival, where to, and the local hour it began. */
export type Drive = {
  readonly km: number;
  readonly minutes: number;
  readonly zone: Zone;
  readonly hour: number;
};

/** A model from own arrivals, with how far it is from them. */
export type TravelFit = {
  readonly model: TravelModel;
  readonly zones: Readonly<Record<Zone, ZoneFit>>;
};

type ZoneFit = {
  readonly drives: number;
  /** False while there are too few drives: the prior stays. */
  readonly fitted: boolean;
  /** Half of the drives were nearer to the model than this, in minutes. */
  readonly medianError: number;
};

/** Fewer drives say too little about a zone, or about an hour of it. */
const FEWEST_DRIVES = 30;
const FEWEST_IN_HOUR = 20;
const ROUNDS = 30;
/** Huber's constant: 95 % as good as least squares when all is normal, and hardly moved by a crew that stopped for lunch. */
const HUBER = 1.345;
const MAD_TO_SIGMA = 1.4826;

/** minutes = access + pace × km per zone, by Huber's robust regression, and a factor for each hour with enough drives. */
export function fitTravel(drives: readonly Drive[], prior: TravelModel): TravelFit {
  const fits = {
    city: fitZone(drives, prior, 'city'),
    rural: fitZone(drives, prior, 'rural'),
    remote: fitZone(drives, prior, 'remote'),
  };
  const each = <T>(of: (fit: (typeof fits)[Zone]) => T): Record<Zone, T> => ({
    city: of(fits.city),
    rural: of(fits.rural),
    remote: of(fits.remote),
  });
  return {
    model: {
      detour: prior.detour,
      accessMinutes: each(({ access }) => access),
      kmPerHour: each(({ pace }) => (prior.detour * 60) / pace),
      hourFactor: each(({ hours }) => hours),
    },
    zones: each(({ zone }) => zone),
  };
}

function fitZone(all: readonly Drive[], prior: TravelModel, zone: Zone) {
  const drives = all.filter((drive) => drive.zone === zone && drive.km >= 0 && drive.minutes > 0);
  const fitted = drives.length >= FEWEST_DRIVES;
  const known = { access: prior.accessMinutes[zone], pace: (prior.detour * 60) / prior.kmPerHour[zone] };
  const { access, pace } = fitted ? regress(drives, known) : known;
  const expected = ({ km }: Drive) => access + pace * km;
  const hours = Array.from({ length: 24 }, (_, hour) => {
    const then = drives.filter((drive) => drive.hour === hour);
    return fitted && then.length >= FEWEST_IN_HOUR
      ? median(then.map((drive) => drive.minutes / expected(drive)))
      : 1;
  });
  const errors = drives.map((drive) => Math.abs(drive.minutes - expected(drive) * (hours[drive.hour] ?? 1)));
  return { access, pace, hours, zone: { drives: drives.length, fitted, medianError: median(errors) } };
}

type Line = { readonly access: number; readonly pace: number };

function regress(drives: readonly Drive[], first: Line): Line {
  let line = first;
  for (let round = 0; round < ROUNDS; round += 1) {
    const errors = drives.map(({ km, minutes }) => minutes - line.access - line.pace * km);
    const sigma = Math.max(0.1, MAD_TO_SIGMA * median(errors.map(Math.abs)));
    line = weightedLine(
      drives,
      errors.map((error) => Math.min(1, (HUBER * sigma) / Math.max(1e-9, Math.abs(error)))),
      line,
    );
  }
  return line;
}

function weightedLine(drives: readonly Drive[], weights: readonly number[], before: Line): Line {
  const sum = (of: (drive: Drive) => number) =>
    drives.reduce((all, drive, i) => all + (weights[i] as number) * of(drive), 0);
  const total = sum(() => 1);
  const [km, minutes] = [sum((drive) => drive.km) / total, sum((drive) => drive.minutes) / total];
  const spread = sum((drive) => (drive.km - km) ** 2);
  // All drives equally long say nothing about the pace.
  if (spread < 1e-6) return { access: Math.max(0, minutes - before.pace * km), pace: before.pace };
  const pace = Math.max(0.1, sum((drive) => (drive.km - km) * (drive.minutes - minutes)) / spread);
  const access = minutes - pace * km;
  return access >= 0 ? { access, pace } : { access: 0, pace: Math.max(0.1, minutes / km) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

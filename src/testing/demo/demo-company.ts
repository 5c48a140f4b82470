import { type DemoGridPoint, demoGridPoints } from './grid-points.ts';
import { demoPlaces, type Place } from './places.ts';
import { seededIds } from './seeded.ts';
import { type DemoLogin, type DemoPerson, demoLogins, demoStaff } from './staff.ts';
import { type DemoUnits, demoUnits } from './units.ts';

/** The company of the demonstration without its households: small enough to be held whole. */
export type DemoCompany = {
  readonly id: string;
  readonly seed: number;
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly places: readonly Place[];
  readonly units: DemoUnits;
  readonly staff: readonly DemoPerson[];
  readonly logins: readonly DemoLogin[];
  readonly gridPoints: readonly DemoGridPoint[];
};

const DEMO_SEED = 20_140_901;

/** 文登: real towns and villages, everything else invented; the same for the same seed. */
export function demoCompany(seed: number = DEMO_SEED): DemoCompany {
  const places = demoPlaces(seed);
  const units = demoUnits(seed, places);
  const staff = demoStaff(seed, units);
  return {
    id: seededIds(seed, 'company')(),
    seed,
    code: 'wendeng',
    name: '文登供电公司（演示）',
    shortName: '文登',
    places,
    units,
    staff,
    logins: demoLogins(staff),
    gridPoints: demoGridPoints(seed, units),
  };
}

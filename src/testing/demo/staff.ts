import { nameReadings } from '#modules/customer/index.ts';
import { personName } from './names.ts';
import { scattered, seeded, seededIds, shareOut } from './seeded.ts';
import type { DemoUnit, DemoUnits } from './units.ts';

export type DemoPerson = {
  readonly id: string;
  readonly staffNo: string;
  readonly name: string;
  readonly pyFull: string;
  readonly pyInitials: string;
  readonly phone: string;
  readonly unit: DemoUnit;
  readonly post: string;
  /** A second post beside the main one: members of the leading group. */
  readonly alsoIn: DemoUnit | null;
};

/** Somebody who can sign in, to try the program in that role. */
export type DemoLogin = { readonly login: string; readonly role: string; readonly person: DemoPerson };

const STAFF = 400;

/** [unit, post, how many]. Grid managers fill up to 400 by the number of villages they look after. */
const OFFICE_POSTS: readonly (readonly [string, string, number])[] = [
  ['company', 'general-manager', 1],
  ['company', 'deputy-manager', 3],
  ['marketing', 'service-officer', 6],
  ['marketing', 'account-manager', 8],
  ['marketing', 'bill-auditor', 6],
  ['marketing', 'meter-worker', 6],
  ['hall-centre', 'hall-lead', 2],
  ['hall-centre', 'clerk', 10],
  ['operation', 'pq-engineer', 3],
  ['operation', 'service-officer', 2],
  ['crew-city', 'repair-lead', 2],
  ['crew-city', 'repair-worker', 8],
  ['dispatch', 'grid-dispatcher', 6],
  ['planning', 'planner', 2],
  ['construction', 'builder', 3],
  ['supplies', 'storekeeper', 3],
  ['hr', 'service-officer', 1],
  ['discipline', 'discipline-officer', 2],
  ['discipline', 'auditor', 1],
  ['ict', 'administrator', 1],
  ['ict', 'security-admin', 1],
  ['control-centre', 'control-officer', 4],
  ['control-centre', 'call-taker', 8],
  ['control-centre', 'service-officer', 1],
  ['repair-centre', 'dispatcher', 6],
  ['repair-centre', 'service-officer', 1],
  ['repair-centre', 'repair-lead', 2],
  ['repair-centre', 'repair-worker', 6],
  ['inspection', 'inspector', 3],
];

/** Who heads what: every department, the two centres (the control centre under the deputy chief economist), the inspection. */
const HEADED = [
  'marketing',
  'operation',
  'dispatch',
  'planning',
  'construction',
  'supplies',
  'finance',
  'safety',
  'hr',
  'party',
  'discipline',
  'ict',
  'office',
  'control-centre',
  'repair-centre',
  'inspection',
];

const STATION_POSTS: readonly (readonly [string, number])[] = [
  ['station-lead', 1],
  ['clerk', 2],
  ['meter-worker', 1],
  ['account-manager', 1],
];
const CREW_POSTS: readonly (readonly [string, number])[] = [
  ['repair-lead', 1],
  ['repair-worker', 2],
];

/** [login, role, unit, post, which of them]. `role` is what the sign-in may do; the post is whose tasks come to him. */
const LOGINS: readonly (readonly [string, string, string, string, number])[] = [
  ['clerk', 'clerk', 'hall-centre', 'clerk', 0],
  ['clerk-2', 'clerk', 'hall-centre', 'clerk', 1],
  ['hall-lead', 'hall-lead', 'hall-centre', 'hall-lead', 0],
  ['call-taker', 'call-taker', 'control-centre', 'call-taker', 0],
  ['dispatcher', 'dispatcher', 'repair-centre', 'dispatcher', 0],
  ['dispatcher-2', 'dispatcher', 'repair-centre', 'dispatcher', 1],
  ['repair-head', 'department-head', 'repair-centre', 'department-head', 0],
  ['station-lead', 'station-lead', 'station-05', 'station-lead', 0],
  ['grid-manager', 'grid-manager', 'station-05', 'grid-manager', 0],
  ['repair-lead', 'repair-lead', 'crew-05', 'repair-lead', 0],
  ['repair-worker', 'repair-worker', 'crew-05', 'repair-worker', 0],
  ['mv-lead', 'repair-lead', 'repair-centre', 'repair-lead', 0],
  ['mv-worker', 'repair-worker', 'repair-centre', 'repair-worker', 0],
  ['account-manager', 'account-manager', 'marketing', 'account-manager', 0],
  ['service-officer', 'service-officer', 'marketing', 'service-officer', 0],
  ['meter-worker', 'meter-worker', 'marketing', 'meter-worker', 0],
  ['bill-auditor', 'bill-auditor', 'marketing', 'bill-auditor', 0],
  ['marketing-head', 'department-head', 'marketing', 'department-head', 0],
  ['operation-head', 'department-head', 'operation', 'department-head', 0],
  ['pq-engineer', 'pq-engineer', 'operation', 'pq-engineer', 0],
  ['planner', 'planner', 'planning', 'planner', 0],
  ['builder', 'builder', 'construction', 'builder', 0],
  ['storekeeper', 'storekeeper', 'supplies', 'storekeeper', 0],
  ['grid-dispatcher', 'grid-dispatcher', 'dispatch', 'grid-dispatcher', 0],
  ['control-officer', 'control-officer', 'control-centre', 'control-officer', 0],
  ['inspector', 'inspector', 'inspection', 'inspector', 0],
  ['inspection-head', 'department-head', 'inspection', 'department-head', 0],
  ['discipline-officer', 'discipline-officer', 'discipline', 'discipline-officer', 0],
  ['general-manager', 'general-manager', 'company', 'general-manager', 0],
  ['deputy-manager', 'deputy-manager', 'company', 'deputy-manager', 0],
  ['administrator', 'administrator', 'ict', 'administrator', 0],
  ['security-admin', 'security-admin', 'ict', 'security-admin', 0],
  ['auditor', 'auditor', 'discipline', 'auditor', 0],
];

/** 400 invented people on their posts. */
export function demoStaff(seed: number, units: DemoUnits): readonly DemoPerson[] {
  const random = seeded(seed, 'staff');
  const nextId = seededIds(seed, 'staff');
  const leadingGroup = units.byCode('leading-group');
  const leading = new Set(['general-manager', 'deputy-manager', 'department-head']);
  return seats(units).map(({ unit, post }, i) => {
    const name = personName(random);
    const readings = nameReadings(name);
    return {
      id: nextId(),
      staffNo: `D${String(i + 1).padStart(5, '0')}`,
      name,
      pyFull: readings.full,
      pyInitials: readings.primary,
      phone: `164${scattered(i, 100_000_000)}`,
      unit,
      post,
      alsoIn: leading.has(post) ? leadingGroup : null,
    };
  });
}

/** The people who can sign in. Nobody else has an account. */
export function demoLogins(staff: readonly DemoPerson[]): readonly DemoLogin[] {
  return LOGINS.map(([login, role, unit, post, which]) => {
    const person = staff.filter((member) => member.unit.code === unit && member.post === post)[which];
    if (person === undefined) throw new Error(`nobody for the demonstration sign-in ${login}`);
    return { login, role, person };
  });
}

function seats(units: DemoUnits): { readonly unit: DemoUnit; readonly post: string }[] {
  const fixed = [
    ...OFFICE_POSTS.flatMap(([code, post, count]) => repeat(units.byCode(code), post, count)),
    ...HEADED.map((code) => ({ unit: units.byCode(code), post: 'department-head' })),
    ...units.stations.flatMap(({ unit, crew }) => [
      ...STATION_POSTS.flatMap(([post, count]) => repeat(unit, post, count)),
      ...CREW_POSTS.flatMap(([post, count]) => repeat(crew, post, count)),
    ]),
  ];
  const weights = units.stations.map(({ places }) => 20 + places.length);
  const managers = shareOut(STAFF - fixed.length, weights);
  const grid = units.stations.flatMap(({ unit }, i) => repeat(unit, 'grid-manager', managers[i] ?? 0));
  return [...fixed, ...grid];
}

function repeat(unit: DemoUnit, post: string, count: number) {
  return Array.from({ length: count }, () => ({ unit, post }));
}

import { DAY, HOUR, type Instant } from '#kernel/instant.ts';
import type { DemoCompany } from './demo-company.ts';
import type { DemoGridPoint } from './grid-points.ts';
import { seeded, seededIds } from './seeded.ts';
import type { DemoPerson } from './staff.ts';

export type DemoCrew = {
  readonly id: string;
  readonly point: DemoGridPoint;
  readonly name: string;
  readonly kind: 'point' | 'medium-voltage';
  /** Teams take turns by day and by night; the crew of a point is one team, which is on call at night. */
  readonly teams: readonly (readonly DemoPerson[])[];
};

export type DemoShift = {
  readonly crew: DemoCrew;
  readonly kind: 'duty' | 'on-call';
  readonly from: Instant;
  readonly until: Instant;
  readonly people: readonly DemoPerson[];
};

const ZONE = 8 * HOUR;
const MORNING = 8 * HOUR;
const SHIFT = 12 * HOUR;

/** A crew for each of the 65 points, and two for medium voltage that stand ready day and night. */
export function demoCrews(company: DemoCompany): readonly DemoCrew[] {
  const nextId = seededIds(company.seed, 'crews');
  const ofPoints = company.units.stations.flatMap((station) => {
    const points = company.gridPoints.filter((point) => point.station === station);
    const pool = poolOf(company, station);
    return points.map(
      (point, i): DemoCrew => ({
        id: nextId(),
        point,
        name: `${point.place.name}抢修队`,
        kind: 'point',
        teams: [pool.filter((_, member) => member % points.length === i)],
      }),
    );
  });
  const town = company.gridPoints.filter((point) => point.place.areaClass === 'city');
  const beside = (unit: string, name: string, at: number): readonly DemoCrew[] => {
    const point = town[at % town.length];
    const people = company.staff.filter((person) => person.unit.code === unit && isCrew(person));
    return point === undefined
      ? []
      : [{ id: nextId(), point, name, kind: 'medium-voltage', teams: inPairs(people) }];
  };
  return [
    ...ofPoints,
    ...beside('crew-city', '城区配电抢修队', 0),
    ...beside('repair-centre', '中压抢修队', 1),
  ];
}

/** Those who repair for a station, leads first: its crew, and its grid managers beside their own work. */
function poolOf(company: DemoCompany, station: DemoGridPoint['station']): readonly DemoPerson[] {
  const crew = company.staff.filter((person) => person.unit === station.crew);
  const managers = company.staff.filter(
    (person) => person.unit === station.unit && person.post === 'grid-manager',
  );
  return [
    ...crew.filter((one) => one.post === 'repair-lead'),
    ...crew.filter((one) => one.post !== 'repair-lead'),
    ...managers,
  ];
}

function isCrew({ post }: DemoPerson): boolean {
  return post === 'repair-lead' || post === 'repair-worker';
}

function inPairs(people: readonly DemoPerson[]): readonly (readonly DemoPerson[])[] {
  const half = people.length >> 1;
  return Array.from({ length: half }, (_, i) =>
    [people[i], people[half + i]].filter((one) => one !== undefined),
  );
}

/** The shifts of a crew that begin in `[from, until)`: from eight to eight, by day and by night, each day alike. */
export function demoShifts(crew: DemoCrew, from: Instant, until: Instant): readonly DemoShift[] {
  const first = Math.floor((from + ZONE - MORNING) / SHIFT);
  const last = Math.ceil((until + ZONE - MORNING) / SHIFT);
  return Array.from({ length: last - first }, (_, i) => shiftOf(crew, first + i)).filter(
    (shift) => shift.from >= from && shift.from < until,
  );
}

function shiftOf(crew: DemoCrew, number: number): DemoShift {
  const from = number * SHIFT + MORNING - ZONE;
  const night = ((number % 2) + 2) % 2 === 1;
  const shift = { crew, from, until: from + SHIFT };
  const [only = [], ...others] = crew.teams;
  if (others.length > 0) {
    const turn = ((number % crew.teams.length) + crew.teams.length) % crew.teams.length;
    return { ...shift, kind: 'duty', people: crew.teams[turn] ?? only };
  }
  // By day the first leads, and the others take turns to watch; at night those are on call first.
  const [lead, ...rest] = only;
  const day = Math.floor(number / 2);
  const watcher = rest[((day % rest.length) + rest.length) % rest.length];
  const pair = [lead, watcher].filter((one) => one !== undefined);
  const standby = [...rest.filter((one) => one !== watcher), watcher, lead].filter(
    (one) => one !== undefined,
  );
  return night
    ? { ...shift, kind: 'on-call', people: standby.slice(0, 2) }
    : { ...shift, kind: 'duty', people: pair };
}

export type DemoSkill = { readonly person: DemoPerson; readonly skill: string; readonly until: Instant };

/** Who may do what: crews of the units everything but live-line, grid managers low voltage and meters; a few have run out. */
export function demoSkills(
  company: DemoCompany,
  crews: readonly DemoCrew[],
  now: Instant,
): readonly DemoSkill[] {
  const random = seeded(company.seed, 'skills');
  return crews.flatMap((crew) =>
    crew.teams.flat().flatMap((person) => {
      const skills = ['low-voltage'];
      if (isCrew(person)) skills.push('medium-voltage');
      if (crew.kind === 'medium-voltage' || random.chance(0.4)) skills.push('cable');
      if (crew.kind === 'medium-voltage' && person.post === 'repair-lead') skills.push('live-line');
      if (random.chance(0.7)) skills.push('meter');
      return skills.map((skill) => ({
        person,
        skill,
        until:
          skill !== 'low-voltage' && random.chance(0.04)
            ? now - 20 * DAY
            : now + (60 + random.int(600)) * DAY,
      }));
    }),
  );
}

export type DemoTraining = { readonly person: DemoPerson; readonly card: string; readonly on: Instant };

/** Cards of the handbook; those that are for medium voltage only are not for grid managers. */
export const DEMO_CARDS = [
  'branch-box-cable',
  'cutout-blown',
  'line-down',
  'load-side-trip',
  'meter-burnt',
  'meter-switch-burnt',
  'neutral-broken',
  'phase-missing',
  'residual-current',
  'service-drop-broken',
  'station-switch-trip',
  'terminal-loose',
  'transformer-fault',
  'tree-or-digging',
  'voltage-low',
  'water-or-fire',
];

/** A crew is trained together, card by card; one in twelve has run out, and now and then somebody was missing. */
export function demoTrainings(
  company: DemoCompany,
  crews: readonly DemoCrew[],
  now: Instant,
): readonly DemoTraining[] {
  const random = seeded(company.seed, 'trainings');
  return crews.flatMap((crew) =>
    DEMO_CARDS.flatMap((card) => {
      if (random.chance(0.08)) return [];
      const on = now - (random.chance(0.08) ? 380 + random.int(60) : 20 + random.int(300)) * DAY;
      return crew.teams
        .flat()
        .filter((person) => (card !== 'transformer-fault' || isCrew(person)) && !random.chance(0.03))
        .map((person) => ({ person, card, on }));
    }),
  );
}

/** What lies at a point: small things of the cards, with their usual minimum. Poles, cable and transformers come from the store. */
const GOODS: readonly (readonly [string, number])[] = [
  ['熔丝', 6],
  ['熔管', 3],
  ['微型断路器', 6],
  ['塑壳断路器', 2],
  ['铜接线端子', 20],
  ['铜铝过渡端子', 10],
  ['铜铝过渡线夹', 6],
  ['线夹', 12],
  ['穿刺线夹', 8],
  ['耐张线夹', 4],
  ['集束导线', 100],
  ['单相电能表', 3],
  ['封印', 50],
  ['绝缘胶带', 10],
  ['电缆接头', 1],
  ['热缩附件', 2],
];

export type DemoStock = {
  readonly point: DemoGridPoint;
  readonly material: string;
  readonly amount: number;
  readonly minimum: number;
};

/** One in sixteen lies below its minimum. */
export function demoStock(company: DemoCompany): readonly DemoStock[] {
  const random = seeded(company.seed, 'stock');
  return company.gridPoints.flatMap((point) =>
    GOODS.map(([material, minimum]) => ({
      point,
      material,
      minimum,
      amount: random.chance(0.06) ? random.int(minimum) : minimum + random.int(minimum + 4),
    })),
  );
}

export type DemoVehicle = {
  readonly id: string;
  readonly point: DemoGridPoint;
  readonly plate: string;
  readonly kind: 'van' | 'pickup' | 'bucket' | 'crane' | 'generator';
  readonly out: boolean;
};

/** A car at each point, what lifts and what makes current where the medium-voltage crews stand. */
export function demoVehicles(company: DemoCompany, crews: readonly DemoCrew[]): readonly DemoVehicle[] {
  const nextId = seededIds(company.seed, 'vehicles');
  const random = seeded(company.seed, 'vehicles');
  const heavy = crews.filter((crew) => crew.kind === 'medium-voltage').map((crew) => crew.point);
  const wanted = [
    ...company.gridPoints.map((point) => ({
      point,
      kind: random.chance(0.6) ? ('van' as const) : ('pickup' as const),
    })),
    ...heavy.map((point) => ({ point, kind: 'bucket' as const })),
    ...heavy.slice(0, 1).flatMap((point) => [
      { point, kind: 'crane' as const },
      { point, kind: 'generator' as const },
    ]),
  ];
  return wanted.map(({ point, kind }, i) => ({
    id: nextId(),
    point,
    kind,
    plate: `鲁K·YS${String(100 + i)}`,
    out: random.chance(0.04),
  }));
}

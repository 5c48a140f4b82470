import type { Place } from './places.ts';
import { seededIds } from './seeded.ts';
import { TOWNS } from './towns.ts';

export type DemoUnit = {
  readonly id: string;
  readonly parentId: string | null;
  readonly code: string;
  readonly kind: 'company' | 'department' | 'centre' | 'group' | 'station' | 'hall' | 'crew';
  readonly name: string;
  readonly nameEn: string;
};

export type DemoStation = {
  readonly unit: DemoUnit;
  readonly crew: DemoUnit;
  readonly places: readonly Place[];
};

export type DemoUnits = {
  readonly all: readonly DemoUnit[];
  readonly byCode: (code: string) => DemoUnit;
  readonly stations: readonly DemoStation[];
  readonly stationOf: (place: Place) => DemoStation;
};

const DEPARTMENTS = [
  ['marketing', '营销部', 'Marketing'],
  ['operation', '运检部', 'Operation and Maintenance'],
  ['dispatch', '调控中心', 'Dispatch'],
  ['planning', '发展部', 'Planning'],
  ['construction', '基建部', 'Construction'],
  ['supplies', '物资部', 'Supplies'],
  ['finance', '财务部', 'Finance'],
  ['safety', '安质部', 'Safety and Quality'],
  ['hr', '人资部', 'Human Resources'],
  ['party', '党群部', 'Party and Masses Affairs'],
  ['discipline', '监察部', 'Discipline Inspection'],
  ['ict', '信通部', 'Information and Communication'],
  ['office', '办公室', 'Office'],
] as const;

/** Towns with the most villages have two stations; the second serves the eastern half. */
const SPLIT_TOWNS: ReadonlySet<string> = new Set([
  '371003101000',
  '371003100000',
  '371003109000',
  '371003111000',
]);

/** The company's tree: 13 departments, centres, groups, one hall, 20 stations, each with its crew. */
export function demoUnits(seed: number, places: readonly Place[]): DemoUnits {
  const nextId = seededIds(seed, 'units');
  const all: DemoUnit[] = [];
  function add(
    parent: DemoUnit | null,
    code: string,
    kind: DemoUnit['kind'],
    name: string,
    nameEn: string,
  ): DemoUnit {
    const unit = { id: nextId(), parentId: parent?.id ?? null, code, kind, name, nameEn };
    all.push(unit);
    return unit;
  }
  const company = add(
    null,
    'company',
    'company',
    '文登供电公司（演示）',
    'Wendeng Power Supply Company (demonstration)',
  );
  const departments = new Map(
    DEPARTMENTS.map(([code, name, english]) => [code, add(company, code, 'department', name, english)]),
  );
  add(company, 'control-centre', 'centre', '大服务管控中心', 'Grand Service Control Centre');
  add(company, 'repair-centre', 'centre', '配网抢修指挥中心', 'Distribution Repair Command Centre');
  add(company, 'inspection', 'group', '优质服务督察组', 'Service Quality Inspection Group');
  add(company, 'leading-group', 'group', '大服务领导小组', 'Grand Service Leading Group');
  add(departments.get('marketing') ?? null, 'hall-centre', 'hall', '城区营业厅', 'City Business Hall');
  add(departments.get('operation') ?? null, 'crew-city', 'crew', '城区配电抢修班', 'City Repair Crew');

  const stations = stationAreas(places).map(({ name, english, served }, i): DemoStation => {
    const number = String(i + 1).padStart(2, '0');
    const unit = add(
      company,
      `station-${number}`,
      'station',
      `${name}供电所`,
      `${english} Power Supply Station`,
    );
    const crew = add(unit, `crew-${number}`, 'crew', `${name}抢修班`, `${english} Repair Crew`);
    return { unit, crew, places: served };
  });
  return { all, stations, byCode: finder(all), stationOf: stationFinder(stations) };
}

function stationAreas(places: readonly Place[]) {
  return TOWNS.flatMap((town) => {
    const served = places.filter((place) => place.town === town);
    if (!SPLIT_TOWNS.has(town.code)) return [{ name: town.short, english: town.english, served }];
    const westToEast = served.toSorted((a, b) => a.lon - b.lon || (a.code < b.code ? -1 : 1));
    const half = Math.ceil(westToEast.length / 2);
    return [
      { name: town.short, english: town.english, served: westToEast.slice(0, half) },
      { name: `${town.short}东`, english: `${town.english} East`, served: westToEast.slice(half) },
    ];
  });
}

function finder(units: readonly DemoUnit[]): (code: string) => DemoUnit {
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  return (code) => {
    const unit = byCode.get(code);
    if (unit === undefined) throw new Error(`the demonstration has no unit ${code}`);
    return unit;
  };
}

function stationFinder(stations: readonly DemoStation[]): (place: Place) => DemoStation {
  const byPlace = new Map(
    stations.flatMap((station) => station.places.map((place) => [place.code, station])),
  );
  return (place) => {
    const station = byPlace.get(place.code);
    if (station === undefined) throw new Error(`no station serves ${place.code}`);
    return station;
  };
}

import { type DeviceKind, lvTree } from '#modules/network/domain/index.ts';
import type { DemoCompany } from './demo-company.ts';
import { cutSkeleton, readSkeletons } from './feeder-skeleton.ts';
import type { DemoHousehold } from './demo-household.ts';
import { type Random, seeded, seededIds, twoDigits } from './seeded.ts';

/** A device of the demonstration's grid with its normal place. */
export type DemoDevice = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: DeviceKind;
  readonly km: number;
  readonly kva: number | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly parentId: string | null;
  readonly tieId: string | null;
  readonly feederId: string | null;
  readonly transformerId: string | null;
};

type DemoSupply = {
  readonly meterId: string;
  readonly householdId: string;
  readonly deviceId: string;
  readonly transformerId: string;
};

type Area = {
  readonly code: string;
  readonly name: string;
  readonly urban: boolean;
  readonly stationId: string;
  readonly feeder: { readonly code: string; readonly name: string };
  readonly lon: number;
  readonly lat: number;
  readonly meters: string[];
  readonly households: string[];
};

/** Rated powers that are common; a 台区 takes the first that gives each household some two kilowatts and a half. */
const RATINGS = [50, 100, 200, 315, 400, 500, 630];
const KVA_A_HOUSEHOLD = 2.5;

/** The second meter of a customer with two supplies. */
type DemoSecondMeter = {
  readonly id: string;
  readonly householdId: string;
  readonly no: string;
  readonly phases: 1 | 3;
  readonly installedOn: string;
};

type DemoGrid = {
  readonly devices: readonly DemoDevice[];
  readonly supplies: readonly DemoSupply[];
  readonly secondMeters: readonly DemoSecondMeter[];
};

export type DemoNetwork = {
  /** Notes under which transformer and feeder a household is. */
  add(household: DemoHousehold): void;
  /** The whole grid, parents before children; the same for the same seed. */
  build(): DemoGrid;
};

/**
 * The grid of the demonstration: a substation for each station, below it feeders cut from real ones (EPRI ckt5, IEEE 8500-node), at their
 * transformers the 台区 of the villages with low-voltage trees of Chinese form. Composed: no device of it stands in 文登.
 */
export function demoNetwork(company: DemoCompany): DemoNetwork {
  const areas = new Map<string, Area>();
  const important: DemoHousehold[] = [];
  return {
    add(household) {
      const { transformer } = household;
      if (household.importantGrade !== null) important.push(household);
      const area = areas.get(transformer.code) ?? newArea(household);
      areas.set(transformer.code, area);
      area.meters.push(household.meter.id);
      area.households.push(household.id);
    },
    build: () => compose(company, [...areas.values()], important),
  };
}

function newArea({ transformer, feeder, premises, stationId, voltage }: DemoHousehold): Area {
  const { lon, lat } = premises;
  return {
    ...transformer,
    feeder,
    stationId,
    urban: premises.areaClass === 'city' && voltage !== '10kV',
    lon,
    lat,
    meters: [],
    households: [],
  };
}

function compose(
  company: DemoCompany,
  areas: readonly Area[],
  important: readonly DemoHousehold[],
): DemoGrid {
  const grid: Grid = {
    nextId: seededIds(company.seed, 'network'),
    random: seeded(company.seed, 'network'),
    devices: [],
    supplies: [],
  };
  const skeletons = readSkeletons();
  const byStation = Map.groupBy(areas, ({ stationId }) => stationId);
  for (const { unit, places } of company.units.stations) {
    const own = byStation.get(unit.id) ?? [];
    const name = `${unit.name.replace(/供电所$/, '')}变电站（演示）`;
    const at = places[0] === undefined ? null : { lon: places[0].lon, lat: places[0].lat };
    const substation = put(grid, { code: `S${unit.code.slice(-2)}`, name, kind: 'substation', ...at });
    let previous: DemoDevice | undefined;
    for (const [, members] of [...Map.groupBy(own, ({ feeder }) => feeder.code)].toSorted()) {
      const end = composeFeeder(grid, skeletons, substation, members);
      if (previous !== undefined) tie(grid, end, previous);
      previous = end;
    }
  }
  const secondMeters = important.map((household) => secondSupply(grid, household));
  return { devices: grid.devices, supplies: grid.supplies, secondMeters };
}

/** An important user has a transformer of his own on another feeder beside his first (双电源). */
function secondSupply(grid: Grid, { id, transformer, meter, openedOn }: DemoHousehold): DemoSecondMeter {
  const first = grid.devices.find(({ code }) => code === transformer.code);
  const neighbours = grid.devices.filter(
    (device) =>
      device.kind === 'transformer' && device.feederId !== first?.feederId && device.parentId !== null,
  );
  const { parentId, feederId } = grid.random.pick(
    neighbours.length > 0 ? neighbours : grid.devices.slice(0, 1),
  );
  const code = `${transformer.code}B`;
  const name = `${transformer.name}（备用）`;
  const own = put(grid, { code, name, kind: 'transformer', kva: first?.kva ?? null, parentId, feederId });
  const box = put(grid, {
    code: `${code}-X01`,
    name: `${name}1号表箱`,
    kind: 'meter_box',
    parentId: own.id,
    transformerId: own.id,
  });
  const second = { id: grid.nextId(), householdId: id, no: `38${meter.no.slice(2)}`, phases: meter.phases };
  grid.supplies.push({ meterId: second.id, householdId: id, deviceId: box.id, transformerId: own.id });
  // The day before: where one meter is shown, it is the first.
  return { ...second, installedOn: dayBefore(openedOn) };
}

function dayBefore(date: string): string {
  return new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
}

type Grid = {
  readonly nextId: () => string;
  readonly random: Random;
  readonly devices: DemoDevice[];
  readonly supplies: DemoSupply[];
};

function put(
  grid: Grid,
  given: Pick<DemoDevice, 'code' | 'name' | 'kind'> & Partial<DemoDevice>,
): DemoDevice {
  const device: DemoDevice = {
    id: grid.nextId(),
    km: 0,
    kva: null,
    lon: null,
    lat: null,
    parentId: null,
    tieId: null,
    feederId: null,
    transformerId: null,
    ...given,
  };
  grid.devices.push(device);
  return device;
}

/** Gives back the last switchable device of the trunk, where a tie to the neighbour can be. */
function composeFeeder(
  grid: Grid,
  skeletons: ReturnType<typeof readSkeletons>,
  substation: DemoDevice,
  areas: readonly Area[],
): DemoDevice {
  const { code, name } = areas[0]?.feeder ?? { code: '', name: '' };
  const nodes = cutSkeleton(skeletons, areas.length, grid.random);
  const placed: DemoDevice[] = [];
  const numbers = new Map<DeviceKind, number>();
  let next = 0;
  let end: DemoDevice | undefined;
  for (const { kind, parent, metres } of nodes) {
    const above = placed[parent] ?? substation;
    const feederId = placed[0]?.id;
    const place = { km: metres / 1000, parentId: above.id, ...(feederId === undefined ? {} : { feederId }) };
    if (kind === 'transformer') {
      placed.push(composeArea(grid, areas[next], place));
      next += 1;
      continue;
    }
    const n = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, n);
    const device =
      parent < 0
        ? headOf(grid, { code, name, ...place })
        : put(grid, {
            kind,
            ...place,
            code: `${code}-${LETTERS[kind]}${twoDigits(n)}`,
            name: `${name}${n}号${WORDS[kind]}`,
          });
    placed.push(device);
    if (kind === 'switch' || kind === 'breaker') end = device;
  }
  return end ?? substation;
}

/** A head belongs to the feeder that it begins. */
function headOf(grid: Grid, given: Pick<DemoDevice, 'code' | 'name' | 'km' | 'parentId'>): DemoDevice {
  const id = grid.nextId();
  return put(grid, { ...given, kind: 'breaker', id, feederId: id });
}

const LETTERS: Readonly<Record<string, string>> = {
  switch: 'K',
  fuse: 'R',
  section: 'D',
  recloser: 'C',
  breaker: 'B',
};
const WORDS: Readonly<Record<string, string>> = {
  switch: '开关',
  fuse: '熔断器',
  section: '分段',
  recloser: '重合器',
  breaker: '断路器',
};

function composeArea(
  grid: Grid,
  area: Area | undefined,
  place: { readonly km: number; readonly parentId: string; readonly feederId?: string },
): DemoDevice {
  if (area === undefined) throw new Error('a cut skeleton has more transformers than were asked for');
  const { code, name, lon, lat, meters, households } = area;
  const wanted = meters.length * KVA_A_HOUSEHOLD;
  const kva = RATINGS.find((rating) => rating >= wanted) ?? RATINGS.at(-1) ?? 0;
  const transformer = put(grid, { code, name, kind: 'transformer', kva, lon, lat, ...place });
  const transformerId = transformer.id;
  const tree = lvTree(meters.length, area.urban ? 'urban' : 'rural', grid.random.next);
  const made: DemoDevice[] = [];
  const counts = { lv_branch: 0, meter_box: 0 };
  let served = 0;
  for (const { kind, parent, km, meters: held } of tree) {
    counts[kind] += 1;
    const n = counts[kind];
    const device = put(grid, {
      kind,
      km,
      transformerId,
      parentId: (made[parent] ?? transformer).id,
      code: `${code}-${kind === 'lv_branch' ? 'L' : 'X'}${twoDigits(n)}`,
      name: `${name}${n}号${kind === 'lv_branch' ? '分支' : '表箱'}`,
    });
    made.push(device);
    for (let k = served; k < served + held; k += 1)
      grid.supplies.push({
        meterId: meters[k] ?? '',
        householdId: households[k] ?? '',
        deviceId: device.id,
        transformerId,
      });
    served += held;
  }
  return transformer;
}

function tie(grid: Grid, from: DemoDevice, to: DemoDevice): void {
  const feederId = from.feederId ?? from.id;
  put(grid, {
    kind: 'switch',
    code: `${from.code}-${to.code}`,
    name: `${from.name}—${to.name}联络开关`,
    parentId: from.id,
    tieId: to.id,
    feederId,
  });
}

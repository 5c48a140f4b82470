import {
  type EvidenceKind,
  type FlagKind,
  type ImportantGrade,
  KEY_ACCOUNT_POLICY,
  keyAccountReasons,
  tariffOf,
  type UseClass,
  type Voltage,
} from '#modules/customer/domain/index.ts';
import { DAY, type Instant } from '#kernel/instant.ts';
import type { DemoCustomer, DemoFlag, DemoHousehold } from './demo-household.ts';
import { type Home, urbanHome, villageHome } from './homes.ts';
import { clanOf, firmName, personName } from './names.ts';
import { type Place, round } from './places.ts';
import { type Random, scattered, seeded, seededIds, shareOut, twoDigits } from './seeded.ts';
import type { DemoUnits } from './units.ts';

export type HouseholdPlan = {
  readonly seed: number;
  readonly count: number;
  readonly places: readonly Place[];
  readonly units: DemoUnits;
  /** Flags were set before and expire after this moment. */
  readonly now: Instant;
};

/** A community of the town holds some fifteen times the households of a village. */
const COMMUNITY_WEIGHT = 15;
const VILLAGES_PER_FEEDER = 14;

/** Works that only a county with an industry has: [trade, place in the list of communities, use, voltage, kVA, grade]. */
const LARGE: readonly (readonly [string, UseClass, Voltage, number, ImportantGrade | null])[] = [
  ['中心医院', 'public', '10kV', 3150, 'first'],
  ['妇幼保健院', 'public', '10kV', 1250, 'second'],
  ['自来水厂', 'public', '10kV', 2000, 'second'],
  ['热电厂', 'industrial', '35kV', 12_500, 'second'],
  ['通信枢纽', 'public', '10kV', 1600, 'second'],
  ['污水处理厂', 'public', '10kV', 1250, 'second'],
  ['精细化工厂', 'industrial', '35kV', 16_000, 'first'],
  ['广播电视台', 'public', '10kV', 800, 'second'],
  ...['渔具厂', '家纺厂', '汽车配件厂', '机械厂', '水产冷库', '食品厂', '轮胎厂', '电子厂'].map(
    (trade, i) => [trade, 'industrial', i === 6 ? '35kV' : '10kV', 1000 + i * 1150, null] as const,
  ),
  ...['西洋参加工厂', '花生油厂', '印染厂', '铸造厂', '水泥构件厂', '玻璃厂', '包装厂', '物流园'].map(
    (trade, i) => [trade, 'industrial', '10kV', 1250 + i * 400, null] as const,
  ),
];

/**
 * Households one after another, the same for the same plan. A generator, because half a million of them need not be
 * in memory at once.
 */
export function* demoHouseholds(plan: HouseholdPlan): Generator<DemoHousehold> {
  const maker = householdMaker(plan);
  const feeders = feedersOf(plan.units);
  const shares = shareOut(
    plan.count,
    plan.places.map((place) => (place.urban ? COMMUNITY_WEIGHT : 1)),
  );
  const zone = plan.places.filter((place) => place.urban);
  for (const [i, place] of plan.places.entries()) {
    const feeder = feeders.get(place.code);
    if (feeder === undefined) throw new Error(`no feeder reaches ${place.code}`);
    const large = LARGE.filter((_, n) => zone[(n * 7) % zone.length] === place);
    const count = shares[i] ?? 0;
    for (let k = 0; k < count; k++) {
      const works = large[k];
      yield works === undefined ? maker.small(place, feeder, k, count) : maker.large(place, feeder, works, k);
    }
  }
}

type Supply = { readonly code: string; readonly name: string };

function householdMaker(plan: HouseholdPlan) {
  const random = seeded(plan.seed, 'households');
  const nextId = seededIds(plan.seed, 'households');
  let made = 0;
  let previous: { readonly place: Place; readonly customer: DemoCustomer } | undefined;

  function small(place: Place, feeder: Supply, k: number, count: number): DemoHousehold {
    const home = place.urban ? urbanHome(place, k, count) : villageHome(place, k);
    const use = useOf(random, place, k);
    const capacityKva =
      use === 'residential' ? (place.urban ? 8 : 6) : random.pick([10, 20, 30, 50, 80, 100, 160]);
    const shared = previous?.place === place && previous.customer.kind === 'person' && use === 'residential';
    const reused = shared && random.chance(0.03) ? previous?.customer : undefined;
    const customer = reused ?? newCustomer(place, use);
    previous = { place, customer };
    return household({
      place,
      feeder,
      customer,
      newCustomer: reused === undefined,
      use,
      capacityKva,
      home: { ...home, houseNo: houseNoOf(use, place, home.houseNo, k) },
      voltage: use === 'residential' ? '220V' : '380V',
      importantGrade: null,
      yearlyKwh: use === 'residential' ? 900 + random.int(3800) : capacityKva * (300 + random.int(1400)),
      flags: smallFlags(use, place),
    });
  }

  function large(place: Place, feeder: Supply, works: (typeof LARGE)[number], k: number): DemoHousehold {
    const [trade, use, voltage, capacityKva, importantGrade] = works;
    const named = use === 'public' ? `文登${trade}（演示）` : firmName(random, trade);
    const customer: DemoCustomer = { id: nextId(), kind: 'organisation', name: named, phone: nextPhone() };
    const kind = trade.endsWith('院')
      ? 'hospital'
      : trade === '通信枢纽'
        ? 'traffic-telecom'
        : 'continuous-production';
    return household({
      place,
      feeder,
      customer,
      newCustomer: true,
      use,
      capacityKva,
      voltage,
      importantGrade,
      home: {
        place: `${place.town.name}${place.name}`,
        houseNo: `工业路${k + 1}号`,
        supply: `${trade}专变`,
        supplyNo: `Z${k + 1}`,
      },
      yearlyKwh: capacityKva * (1500 + random.int(2500)),
      flags: importantGrade === null ? [] : [flag(kind, 'register', '市重要电力用户名录（演示）', false)],
    });
  }

  function household(facts: {
    readonly place: Place;
    readonly feeder: Supply;
    readonly customer: DemoCustomer;
    readonly newCustomer: boolean;
    readonly use: UseClass;
    readonly capacityKva: number;
    readonly yearlyKwh: number;
    readonly voltage: Voltage;
    readonly importantGrade: ImportantGrade | null;
    readonly home: Home;
    readonly flags: readonly DemoFlag[];
  }): DemoHousehold {
    const { place, home } = facts;
    const i = made++;
    const year = 1992 + random.int(34);
    return {
      id: nextId(),
      accountNo: year >= 2020 ? `3710${scattered(i, 1_000_000_000)}` : `37${scattered(i, 100_000_000)}`,
      customer: facts.customer,
      newCustomer: facts.newCustomer,
      premises: {
        id: nextId(),
        divisionCode: place.code,
        place: home.place,
        houseNo: home.houseNo,
        areaClass: place.areaClass,
        lon: round(place.lon + (random.next() - 0.5) * 0.004),
        lat: round(place.lat + (random.next() - 0.5) * 0.003),
      },
      meter: {
        id: nextId(),
        no: `37${scattered(i + 17, 10_000_000_000)}`,
        phases: facts.voltage === '220V' ? 1 : 3,
      },
      stationId: plan.units.stationOf(place).unit.id,
      use: facts.use,
      tariff: tariffOf(facts.use, facts.capacityKva),
      voltage: facts.voltage,
      capacityKva: facts.capacityKva,
      yearlyKwh: facts.yearlyKwh,
      importantGrade: facts.importantGrade,
      keyAccount: keyAccountReasons({ ...facts, governmentProject: false }, KEY_ACCOUNT_POLICY).length > 0,
      transformer: { code: `T${place.code.slice(6)}-${home.supplyNo}`, name: home.supply },
      feeder: facts.feeder,
      openedOn: `${year}-${twoDigits(1 + random.int(12))}-${twoDigits(1 + random.int(28))}`,
      flags: facts.flags,
    };
  }

  function newCustomer(place: Place, use: UseClass): DemoCustomer {
    const id = nextId();
    if (use === 'commercial')
      return { id, kind: 'organisation', name: firmName(random, random.pick(SHOPS)), phone: nextPhone() };
    if (use === 'industrial')
      return { id, kind: 'organisation', name: firmName(random, random.pick(WORKSHOPS)), phone: nextPhone() };
    if (use === 'public')
      return {
        id,
        kind: 'organisation',
        name: `${place.name}${random.pick(PUBLIC)}（演示）`,
        phone: nextPhone(),
      };
    const phone = random.chance(0.95) ? nextPhone() : null;
    return {
      id,
      kind: 'person',
      name: personName(random, place.urban ? undefined : clanOf(place.short)),
      phone,
    };
  }

  let phones = 0;
  function nextPhone(): string {
    return `154${scattered(31_415_926 + phones++, 100_000_000)}`;
  }

  function smallFlags(use: UseClass, place: Place): DemoFlag[] {
    if (use === 'agricultural')
      return random.chance(0.5) ? [flag('livestock-greenhouse', 'visit', '走访记录（演示）', false)] : [];
    if (use !== 'residential') return [];
    const flags: DemoFlag[] = [];
    if (random.chance(0.0008)) flags.push(flag('life-support', 'document', '医院证明（演示）', true));
    if (random.chance(place.urban ? 0.002 : 0.012))
      flags.push(flag('elderly-alone', 'visit', '走访记录（演示）', true));
    if (random.chance(0.004)) flags.push(flag('disabled', 'document', '残疾人证（演示）', true));
    if (random.chance(0.006)) flags.push(flag('low-income', 'register', '民政低保名册（演示）', true));
    return flags;
  }

  function flag(kind: FlagKind, evidence: EvidenceKind, evidenceNote: string, consent: boolean): DemoFlag {
    const setAt = plan.now - (1 + random.int(300)) * DAY;
    return {
      id: nextId(),
      kind,
      evidence,
      evidenceNote,
      consent,
      setAt,
      expiresAt: plan.now + (20 + random.int(700)) * DAY,
    };
  }

  return { small, large };
}

const SHOPS = ['超市', '饭店', '药房', '服装店', '理发店', '五金店', '渔具店', '宾馆'];
const WORKSHOPS = ['机械加工厂', '面粉厂', '木器厂', '冷库', '渔具厂'];
const PUBLIC = ['小学', '幼儿园', '卫生室', '供水泵站', '敬老院', '路灯'];

function useOf(random: Random, place: Place, k: number): UseClass {
  // The first of each place is its school, pump or clinic.
  if (k === 0) return 'public';
  const dice = random.next();
  if (place.urban) return dice < 0.9 ? 'residential' : dice < 0.985 ? 'commercial' : 'industrial';
  if (dice < 0.93) return 'residential';
  return dice < 0.97 ? 'agricultural' : dice < 0.99 ? 'commercial' : 'industrial';
}

function houseNoOf(use: UseClass, place: Place, houseNo: string, k: number): string {
  if (use === 'agricultural') return `大棚${houseNo}`;
  if (place.urban && use !== 'residential') return `临街${k + 1}号`;
  return houseNo;
}

/** Villages of a station in order of their place on the map, some fourteen on a feeder; a feeder bears a village's name. */
function feedersOf(units: DemoUnits): ReadonlyMap<string, Supply> {
  const feeders = new Map<string, Supply>();
  for (const { unit, places } of units.stations) {
    const ordered = places.toSorted((a, b) => a.lat - b.lat || a.lon - b.lon);
    for (const [i, place] of ordered.entries()) {
      const n = Math.floor(i / VILLAGES_PER_FEEDER);
      const namesake = ordered[n * VILLAGES_PER_FEEDER] ?? place;
      feeders.set(place.code, {
        code: `F${unit.code.slice(-2)}${twoDigits(n + 1)}`,
        name: `10kV${namesake.short}线`,
      });
    }
  }
  return feeders;
}

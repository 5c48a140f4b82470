import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import type { CustomerGroup, DarkSpell } from './dark-spells.ts';

export type Period = { readonly from: Instant; readonly to: Instant };

export type SupplyIndices = {
  /** Minutes a customer. */
  readonly saidi: number;
  /** Of these, minutes arranged beforehand (SAIDI-S) and of faults (SAIDI-F). */
  readonly saidiPlanned: number;
  readonly saidiFault: number;
  readonly saifi: number;
  /** Minutes an interruption; null when nobody was interrupted. */
  readonly caidi: number | null;
  /** 供电可靠率 RS-1 = ASAI, a share of the period. */
  readonly rs1: number;
  /** 停电时户数: customers × hours. */
  readonly customerHours: number;
  /** Interruptions shorter than the threshold, a customer; they are in no other figure. */
  readonly maifi: number;
  /** The interruptions behind the figures. */
  readonly interruptions: readonly string[];
};

export type Threshold = {
  /** An interruption at least this long is sustained: 3 minutes on Chinese medium voltage, 5 in IEEE 1366. */
  readonly sustained: number;
};

/**
 * The figures of a period from the spells that began in it, each whole (as IEEE 1366 has it: what crosses the end belongs to the
 * period in which it began). `served` is the number of customers the spells are measured against; 0 gives figures of 0.
 */
export function supplyIndices(
  spells: readonly DarkSpell[],
  served: number,
  period: Period,
  { sustained }: Threshold,
): SupplyIndices {
  const inside = spells.filter(({ from }) => from >= period.from && from < period.to);
  const long = inside.filter(({ from, to }) => to - from >= sustained);
  const short = inside.filter(({ from, to }) => to - from < sustained);

  const interrupted = customersOf(long);
  const minutes = customerMinutes(long);
  const planned = customerMinutes(long.filter(({ began }) => began.planned));
  const share = (value: number) => (served === 0 ? 0 : value / served);
  return {
    saidi: share(minutes),
    saidiPlanned: share(planned),
    saidiFault: share(minutes - planned),
    saifi: share(interrupted),
    caidi: interrupted === 0 ? null : minutes / interrupted,
    rs1: 1 - (share(minutes) * MINUTE) / (period.to - period.from),
    customerHours: (minutes * MINUTE) / HOUR,
    maifi: share(customersOf(short)),
    interruptions: [...new Set(inside.flatMap((spell) => spell.interruptions))].toSorted(),
  };
}

export type Division = 'cause' | 'town' | 'feeder';

/**
 * The same figures for each cause, town or feeder. A cause is measured against all customers, so that the causes add up to the whole;
 * a town or feeder against its own.
 */
export function supplyIndicesBy(
  division: Division,
  spells: readonly DarkSpell[],
  groups: readonly CustomerGroup[],
  period: Period,
  threshold: Threshold,
): ReadonlyMap<string, SupplyIndices> {
  const spellsOf = Map.groupBy(spells, (spell) => keyOf(division, spell));
  const served = servedBy(division === 'cause' ? null : division, groups);
  const keys = division === 'cause' ? [...spellsOf.keys()] : [...served.keys()];
  return new Map(
    keys.toSorted().map((key) => {
      const among = served.get(division === 'cause' ? '' : key) ?? 0;
      return [key, supplyIndices(spellsOf.get(key) ?? [], among, period, threshold)] as const;
    }),
  );
}

/** Customers by town or feeder; all of them under '' without a division. */
function servedBy(
  division: 'town' | 'feeder' | null,
  groups: readonly CustomerGroup[],
): ReadonlyMap<string, number> {
  const served = new Map<string, number>();
  for (const group of groups) {
    const key = division === null ? '' : group[division];
    served.set(key, (served.get(key) ?? 0) + group.customers);
  }
  return served;
}

function keyOf(division: Division, { began, group }: DarkSpell): string {
  return division === 'cause' ? began.cause : group[division];
}

export type RepeatRule = {
  /** This many interruptions … */
  readonly atLeast: number;
  /** … that began within so many days, any days of the spells given. */
  readonly withinDays: number;
};

export type RepeatedOutages = {
  /** 重复停电用户数 */
  readonly customers: number;
  readonly groups: readonly { readonly group: string; readonly interruptions: readonly string[] }[];
};

/** Customers whose supply was interrupted again and again; a rolling window, so no month's end hides anything. */
export function repeatedOutages(
  spells: readonly DarkSpell[],
  { atLeast, withinDays }: RepeatRule,
): RepeatedOutages {
  const byGroup = Map.groupBy(spells, ({ group }) => group.id);
  const repeated = [...byGroup.values()].filter((own) => {
    const begins = own.map(({ from }) => from).toSorted((a, b) => a - b);
    return begins.some((from, i) => (begins[i + atLeast - 1] ?? Infinity) < from + withinDays * DAY);
  });
  return {
    customers: repeated.reduce((sum, [first]) => sum + (first?.group.customers ?? 0), 0),
    groups: repeated.map((own) => ({
      group: own[0]?.group.id ?? '',
      interruptions: [...new Set(own.flatMap((spell) => spell.interruptions))].toSorted(),
    })),
  };
}

function customersOf(spells: readonly DarkSpell[]): number {
  return spells.reduce((sum, { group }) => sum + group.customers, 0);
}

function customerMinutes(spells: readonly DarkSpell[]): number {
  return spells.reduce((sum, { group, from, to }) => sum + (group.customers * (to - from)) / MINUTE, 0);
}

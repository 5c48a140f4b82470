import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { dayNumber, formatDate } from '#modules/clock/domain/index.ts';
import { darkRecords, listSuppliedGroups, type SuppliedGroup } from '#modules/network/index.ts';
import type { Db } from '#platform/db/db.ts';
import {
  type DarkSpell,
  darkSpells,
  type Division,
  type Interruption,
  MAJOR_DAY_POLICY,
  repeatedOutages,
  supplyIndices,
  supplyIndicesBy,
  yearlyIndices,
} from './domain/index.ts';
import type { ReliabilityFigures, ReliabilityView } from './outage-api.ts';

const DAY_MS = 24 * HOUR;
/** Midnight in the business zone (Asia/Shanghai). */
const ZONE = 8 * HOUR;

/** Sustained from three minutes on (domain rules §5.8, medium voltage); repeated: three within sixty days (rule R068-60d). */
const POLICY = { sustained: 3 * MINUTE, repeat: { atLeast: 3, withinDays: 60 } } as const;

type Records = Awaited<ReturnType<typeof darkRecords>> & { readonly groups: readonly SuppliedGroup[] };

/**
 * The year's figures up to now, from what was switched. Who hangs where is taken as it is now; what is dark still counts until now. Customers with
 * two supplies are left out: the record of a single place does not say whether they were dark. `hanging`: who hangs where, when it was read already.
 */
export async function companyReliability(
  db: Db,
  companyId: string,
  year: number,
  now: Instant,
  hanging?: readonly SuppliedGroup[],
): Promise<ReliabilityView> {
  const from = startOf(year);
  const period = { from, to: Math.max(from + 1, Math.min(now, startOf(year + 1))) };
  const groups = hanging ?? (await listSuppliedGroups(db, companyId));
  // What is a major event day this year, the years before say.
  const read = { from: startOf(year - MAJOR_DAY_POLICY.years), to: period.to };
  const records = { groups, ...(await darkRecords(db, companyId, read)) };
  const spells = darkSpells(interruptionsOf(records, now), groups);
  const inside = spells.filter((spell) => spell.from >= period.from && spell.from < period.to);
  const served = groups.reduce((sum, one) => sum + one.customers, 0);
  const { tmed, days } = majorDays(spells, served, year);
  const figures = (of: readonly DarkSpell[]) => figuresOf(of, groups, period, served);
  return {
    year,
    ...period,
    served,
    all: figures(inside),
    major: { tmed, days },
    withoutMajor: days.length === 0 ? null : figures(inside.filter((one) => !days.includes(dayOf(one.from)))),
    repeated: { ...POLICY.repeat, customers: repeatedOutages(inside, POLICY.repeat).customers },
    interruptions: linesOf(records, inside),
  };
}

function startOf(year: number): Instant {
  return dayNumber(year, 1, 1) * DAY_MS - ZONE;
}

/** The day of the business zone, as `2026-11-24`. */
function dayOf(at: Instant): string {
  return formatDate(Math.floor((at + ZONE) / DAY_MS));
}

function figuresOf(
  spells: readonly DarkSpell[],
  groups: readonly SuppliedGroup[],
  period: { readonly from: Instant; readonly to: Instant },
  served: number,
): ReliabilityFigures {
  const by = (division: Division) =>
    [...supplyIndicesBy(division, spells, groups, period, POLICY)]
      .map(([key, figures]) => ({ key, ...figures }))
      .filter(({ interruptions }) => interruptions.length > 0);
  return {
    total: supplyIndices(spells, served, period, POLICY),
    byCause: by('cause'),
    byTown: by('town'),
    byFeeder: by('feeder'),
  };
}

/** By the same engine as `dafuwu reliability`, from what counts as sustained. */
function majorDays(
  spells: readonly DarkSpell[],
  served: number,
  year: number,
): { readonly tmed: number | null; readonly days: readonly string[] } {
  const rows = spells
    .filter(({ from, to }) => to - from >= POLICY.sustained)
    .map(({ from, to, group }) => ({
      start: from + ZONE,
      minutes: (to - from) / MINUTE,
      customers: group.customers,
    }));
  const found = served === 0 ? undefined : yearlyIndices(rows, served).find((one) => one.year === year);
  return { tmed: found?.tmed ?? null, days: found?.majorDays ?? [] };
}

function interruptionsOf({ groups, records, switchings }: Records, now: Instant): readonly Interruption[] {
  const below = Map.groupBy(groups, ({ transformerId }) => transformerId);
  const own = new Map(groups.map((group) => [group.id, group]));
  const bySwitching = Map.groupBy(records, ({ switchingId }) => switchingId);
  return switchings.map(({ id, reason, planned }) => ({
    id,
    cause: reason,
    planned,
    groups: (bySwitching.get(id) ?? []).flatMap(({ deviceId, since, until }) =>
      [...(below.get(deviceId) ?? []), ...[own.get(deviceId)].filter((group) => group !== undefined)].map(
        (group) => ({ group: group.id, from: since, to: until ?? now }),
      ),
    ),
  }));
}

function linesOf({ switchings }: Records, spells: readonly DarkSpell[]): ReliabilityView['interruptions'] {
  const begun = Map.groupBy(spells, ({ began }) => began.id);
  const of = new Set(spells.flatMap((spell) => spell.interruptions));
  return switchings.flatMap(({ id, deviceId, deviceName, reason, planned, at }) => {
    if (!of.has(id)) return [];
    const own = begun.get(id) ?? [];
    return {
      id,
      deviceId,
      deviceName,
      reason,
      planned,
      at,
      customers: own.reduce((sum, { group }) => sum + group.customers, 0),
      customerHours: own.reduce(
        (sum, { group, from, to }) => sum + (group.customers * (to - from)) / HOUR,
        0,
      ),
    };
  });
}

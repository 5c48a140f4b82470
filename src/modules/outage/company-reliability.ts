import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { dayNumber } from '#modules/clock/domain/index.ts';
import { darkRecords, listSuppliedGroups, type SuppliedGroup } from '#modules/network/index.ts';
import type { Db } from '#platform/db/db.ts';
import {
  type DarkSpell,
  darkSpells,
  type Division,
  type Interruption,
  repeatedOutages,
  supplyIndices,
  supplyIndicesBy,
} from './domain/index.ts';
import type { ReliabilityView } from './outage-api.ts';

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
  const from = dayNumber(year, 1, 1) * DAY_MS - ZONE;
  const period = { from, to: Math.max(from + 1, Math.min(now, dayNumber(year + 1, 1, 1) * DAY_MS - ZONE)) };
  const groups = hanging ?? (await listSuppliedGroups(db, companyId));
  const records = { groups, ...(await darkRecords(db, companyId, period)) };
  const spells = darkSpells(interruptionsOf(records, now), groups);
  const inside = spells.filter((spell) => spell.from >= period.from && spell.from < period.to);
  const by = (division: Division) =>
    [...supplyIndicesBy(division, inside, groups, period, POLICY)]
      .map(([key, figures]) => ({ key, ...figures }))
      .filter(({ interruptions }) => interruptions.length > 0);
  const served = groups.reduce((sum, { customers }) => sum + customers, 0);
  return {
    year,
    ...period,
    served,
    total: supplyIndices(inside, served, period, POLICY),
    byCause: by('cause'),
    byTown: by('town'),
    byFeeder: by('feeder'),
    repeated: { ...POLICY.repeat, customers: repeatedOutages(inside, POLICY.repeat).customers },
    interruptions: linesOf(records, inside),
  };
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
  return switchings.map(({ id, deviceId, deviceName, reason, planned, at }) => {
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

import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { dayStart, type Reader } from '#modules/case/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { type ExceptionReason, judgeFiveOnes, ONE_OF } from './domain/five-ones.ts';
import type { FaultLine, MorningReport, Span } from './five-ones-api.ts';
import { type FaultFound, findFaults, repairProcesses } from './five-ones-reads.ts';

const AREAS = ['city', 'rural', 'remote'] as const;
const TREND_DAYS = 14;

/** 五个一晨报 of the day that begins at `from` (Asia/Shanghai), and how the days before it went. */
export async function morningReport(
  db: Db,
  reader: Reader,
  version: HandbookVersion,
  of: { readonly from: Instant; readonly now: Instant },
): Promise<MorningReport> {
  const { now } = of;
  const period = { from: of.from - (TREND_DAYS - 1) * DAY, to: of.from + DAY, now };
  const all = await findFaults(db, reader, version, period);
  const today = all.filter((fault) => fault.reportedAt >= of.from);
  return {
    day: dayName(of.from),
    faults: today.map(lineOf),
    reasons: reasonsOf(today),
    arrivals: spansOf(today, version, { limits: arrivalLimits(version), single: true }),
    restorations: spansOf(today, version, { limits: restorationLimits(version), single: false }),
    fieldReports: {
      all: today.reduce((sum, one) => sum + one.fieldReports, 0),
      enteredFor: today.reduce((sum, one) => sum + one.enteredFor, 0),
    },
    trend: Array.from({ length: TREND_DAYS }, (_, index) => trendOf(all, period.from + index * DAY)),
  };
}

function lineOf(fault: FaultFound): FaultLine {
  const { arrivedAt, resuppliedAt, reportedAt } = fault;
  return {
    ...judgeFiveOnes(fault),
    orderId: fault.orderId,
    caseId: fault.caseId,
    no: fault.no,
    area: fault.area,
    unit: fault.unit,
    reportedAt,
    arrival: arrivedAt === null ? null : (arrivedAt - reportedAt) / MINUTE,
    restoration: arrivedAt === null || resuppliedAt === null ? null : (resuppliedAt - arrivedAt) / MINUTE,
    staged: fault.staged,
    repeated: fault.repeated,
    excuse: fault.excuse,
  };
}

function reasonsOf(faults: readonly FaultFound[]): MorningReport['reasons'] {
  const found = faults.flatMap((fault) => judgeFiveOnes(fault).reasons);
  const every = Object.keys(ONE_OF) as ExceptionReason[];
  return every.map((reason) => ({ reason, faults: found.filter((one) => one === reason).length }));
}

/** Promises on the arrival hold for each fault; those on restoration for the mean of a period (domain-rules §5.2). */
function arrivalLimits(version: HandbookVersion): ReadonlySet<string> {
  return limitsOf(version, (clock) => clock.stop === 'arrived' && clock.role === 'promise');
}

function restorationLimits(version: HandbookVersion): ReadonlySet<string> {
  return limitsOf(version, (clock) => clock.start === 'arrived' && clock.stop === 'resupplied');
}

function limitsOf(
  version: HandbookVersion,
  wanted: (clock: HandbookVersion['handbook']['processes'][number]['clocks'][number]) => boolean,
): ReadonlySet<string> {
  return new Set(
    repairProcesses(version).flatMap((one) => one.clocks.filter(wanted).map((clock) => clock.limit)),
  );
}

function spansOf(
  faults: readonly FaultFound[],
  version: HandbookVersion,
  { limits, single }: { readonly limits: ReadonlySet<string>; readonly single: boolean },
): readonly Span[] {
  return AREAS.flatMap((area): Span | [] => {
    const clocks = faults
      .filter((fault) => fault.area === area)
      .flatMap((fault) => fault.clocks.filter((clock) => limits.has(clock.limitId)).slice(0, 1));
    const [first] = clocks;
    if (first === undefined) return [];
    const minutes = clocks.map((clock) => clock.minutes);
    const limit = version.handbook.limits.find((one) => one.id === first.limitId);
    return {
      area,
      faults: clocks.length,
      mean: minutes.reduce((sum, one) => sum + one, 0) / minutes.length,
      longest: Math.max(...minutes),
      limit: limit?.value ?? 0,
      single,
      late: clocks.filter((clock) => !clock.kept).length,
    };
  });
}

function trendOf(all: readonly FaultFound[], from: Instant): MorningReport['trend'][number] {
  const states = all
    .filter((fault) => fault.reportedAt >= from && fault.reportedAt < from + DAY)
    .map((fault) => judgeFiveOnes(fault).state);
  const kept = states.filter((state) => state === 'kept').length;
  return { day: dayName(from), judged: kept + states.filter((state) => state === 'broken').length, kept };
}

/** `2026-11-24` of an instant, in Asia/Shanghai. */
function dayName(at: Instant): string {
  return new Date(dayStart(at) + 8 * HOUR).toISOString().slice(0, 10);
}

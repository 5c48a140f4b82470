import { DAY, HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { dayStart, type Reader } from '#modules/case/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import {
  chosenReasons,
  type ExceptionReason,
  firstFixRate,
  isExcused,
  judgeFiveOnes,
  ONE_OF,
  repeatRate,
} from './domain/five-ones.ts';
import type { FaultLine, MorningReport, Span } from './five-ones-api.ts';
import { type FaultFound, findFaults, repairProcesses } from './five-ones-reads.ts';
import { stormDays } from './storm-days.ts';

const AREAS = ['city', 'rural', 'remote'] as const;
const TREND_DAYS = 14;
/** A ledger is read on a screen; a county has some fifty faults a day. */
const MOST_LINES = 300;

/** 五个一晨报 of the day that begins at `from` (Asia/Shanghai), and how the days before it went. */
export async function morningReport(
  db: Db,
  reader: Reader,
  version: HandbookVersion,
  of: { readonly from: Instant; readonly now: Instant },
): Promise<MorningReport> {
  const { now } = of;
  const month = monthStart(of.from);
  const trend = of.from - (TREND_DAYS - 1) * DAY;
  const period = { from: Math.min(month, trend), to: of.from + DAY, now };
  const all = await findFaults(db, reader, version, period);
  const today = all.filter((fault) => fault.reportedAt >= of.from);
  const storms = await stormDays(db, reader.companyId, period);
  const storm = storms.has(of.from);
  const single = arrivalLimits(version);
  const lines = today.map((fault) => lineOf(fault, { single, storm }));
  return {
    day: dayName(of.from),
    storm,
    firstFix: firstFixRate(lines),
    repeats: repeatRate(lines),
    faults: lines,
    reasons: reasonsOf(lines),
    chosen: chosenOf(lines, version),
    choices: version.handbook.fiveOnes.reasons.map(({ id, name, ones }) => ({ id, name, ones })),
    month: spansOf(
      all.filter((fault) => fault.reportedAt >= month),
      version,
      { limits: restorationLimits(version), single: false },
    ),
    arrivals: spansOf(today, version, { limits: single, single: true }),
    restorations: spansOf(today, version, { limits: restorationLimits(version), single: false }),
    fieldReports: {
      all: today.reduce((sum, one) => sum + one.fieldReports, 0),
      enteredFor: today.reduce((sum, one) => sum + one.enteredFor, 0),
    },
    trend: Array.from({ length: TREND_DAYS }, (_, index) => trendOf(all, trend + index * DAY, storms)),
  };
}

/** On a day of storm the line does not say whose station it was. */
function lineOf(
  fault: FaultFound,
  { single, storm }: { readonly single: ReadonlySet<string>; readonly storm: boolean },
): FaultLine {
  const { arrivedAt, resuppliedAt, reportedAt } = fault;
  const judged = judgeFiveOnes(fault);
  return {
    ...judged,
    chosen: chosenReasons(judged.reasons, fault.exceptions),
    excused: isExcused(judged.reasons, fault.exceptions),
    permission: fault.permission,
    enteredFor: fault.enteredFor,
    orderId: fault.orderId,
    caseId: fault.caseId,
    no: fault.no,
    area: fault.area,
    unit: storm ? null : fault.unit,
    reportedAt,
    arrival: arrivedAt === null ? null : (arrivedAt - reportedAt) / MINUTE,
    restoration: arrivedAt === null || resuppliedAt === null ? null : (resuppliedAt - arrivedAt) / MINUTE,
    staged: fault.staged,
    late: fault.clocks.some((clock) => single.has(clock.limitId) && !clock.kept),
    excuse: fault.excuse,
  };
}

function reasonsOf(lines: readonly FaultLine[]): MorningReport['reasons'] {
  const every = Object.keys(ONE_OF) as ExceptionReason[];
  return every.map((reason) => {
    const having = lines.filter((one) => one.reasons.includes(reason));
    return { reason, faults: having.length, households: householdsIn(having) };
  });
}

/** The commonest first; what nobody said why stands first of all. */
function chosenOf(lines: readonly FaultLine[], { handbook }: HandbookVersion): MorningReport['chosen'] {
  const every = [...new Set(lines.flatMap((one) => one.chosen))];
  return every
    .map((reason) => {
      const known = handbook.fiveOnes.reasons.find((one) => one.id === reason);
      const having = lines.filter((one) => one.chosen.includes(reason));
      return {
        reason,
        name: known?.name ?? (reason === null ? null : { zh: reason, en: reason }),
        excuse: known?.excuse === true,
        faults: having.length,
        households: householdsIn(having),
      };
    })
    .toSorted((a, b) => Number(b.reason === null) - Number(a.reason === null) || b.faults - a.faults);
}

function householdsIn(judged: readonly { readonly householdsBroken: number }[]): number {
  return judged.reduce((sum, one) => sum + one.householdsBroken, 0);
}

/** The first of its month, in Asia/Shanghai. */
function monthStart(from: Instant): Instant {
  return Date.parse(`${dayName(from).slice(0, 7)}-01T00:00:00Z`) - 8 * HOUR;
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
      .flatMap((fault) =>
        fault.clocks
          .filter((clock) => limits.has(clock.limitId))
          .slice(0, 1)
          .map((clock) => ({ ...clock, fault })),
      )
      .toSorted((a, b) => (b.minutes ?? Infinity) - (a.minutes ?? Infinity));
    const [first] = clocks;
    if (first === undefined) return [];
    const minutes = clocks.flatMap((clock) => clock.minutes ?? []);
    const limit = version.handbook.limits.find((one) => one.id === first.limitId);
    return {
      area,
      faults: minutes.length,
      mean: minutes.reduce((sum, one) => sum + one, 0) / Math.max(1, minutes.length),
      longest: Math.max(0, ...minutes),
      limit: limit?.value ?? 0,
      single,
      late: clocks.filter((clock) => !clock.kept).length,
      ledger: clocks.slice(0, MOST_LINES).map(({ fault, minutes: took, kept }) => ({
        caseId: fault.caseId,
        no: fault.no,
        reportedAt: fault.reportedAt,
        minutes: took,
        kept,
      })),
    };
  });
}

function trendOf(
  all: readonly FaultFound[],
  from: Instant,
  storms: ReadonlySet<Instant>,
): MorningReport['trend'][number] {
  const states = all
    .filter((fault) => fault.reportedAt >= from && fault.reportedAt < from + DAY)
    .map((fault) => judgeFiveOnes(fault).state);
  const kept = states.filter((state) => state === 'kept').length;
  const judged = kept + states.filter((state) => state === 'broken').length;
  return { day: dayName(from), judged, kept, storm: storms.has(from) };
}

/** `2026-11-24` of an instant, in Asia/Shanghai. */
function dayName(at: Instant): string {
  return new Date(dayStart(at) + 8 * HOUR).toISOString().slice(0, 10);
}

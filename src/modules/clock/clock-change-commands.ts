import { isRefusal, type Refusal, refuse } from '#kernel/result.ts';
import { auditWriter } from '#modules/audit/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Tx } from '#platform/db/db.ts';
import { newId } from '#platform/ids.ts';
import { clockChangeStore } from './clock-change-store.ts';
import type { ClockBasisOf } from './company-clocks.ts';
import { parseLimit, parseNotice } from './domain/index.ts';

export type ChangeActor = { readonly companyId: string; readonly personId: string };

export type ChangeDeps = {
  readonly clockBasis: ClockBasisOf;
  readonly activeHandbook: (tx: Tx, companyId: string) => Promise<HandbookVersion | undefined>;
};

/** Years for which the State Council publishes in this form. */
const FIRST_YEAR = 2007;
const LAST_YEAR = 2199;

/**
 * Imports a pasted notice: the year counts from now on, open clocks are recalculated in batches. Refusals: those of
 * `parseNotice`, `clock.year-out-of-range`, `clock.same-year` (nothing would change).
 */
export async function importNotice(
  tx: Tx,
  deps: ChangeDeps,
  actor: ChangeActor,
  notice: { readonly text: string; readonly paper: string },
): Promise<{ readonly changeId: string; readonly year: number } | Refusal> {
  const year = parseNotice(notice.text, notice.paper);
  if (isRefusal(year)) return year;
  if (year.year < FIRST_YEAR || year.year > LAST_YEAR) return refuse('clock.year-out-of-range');
  const { book } = await deps.clockBasis(tx, actor.companyId);
  const known = book.years.find((one) => one.year === year.year);
  if (known !== undefined && known.papers.length > 0 && daysOf(known.days) === daysOf(year.days))
    return refuse('clock.same-year', { year: year.year });
  const change = {
    id: newId(),
    kind: 'calendar' as const,
    year: year.year,
    limitId: null,
    value: null,
    reason: notice.paper,
    askedBy: actor.personId,
  };
  await clockChangeStore(tx, actor.companyId).insertYear(change, year);
  await audit(tx, actor, 'clock.calendar-imported', change.id, { year: year.year, days: year.days.length });
  return { changeId: change.id, year: year.year };
}

function daysOf(days: readonly { readonly date: string; readonly isOffDay: boolean }[]): string {
  return days
    .map(({ date, isOffDay }) => `${date} ${isOffDay}`)
    .toSorted()
    .join();
}

/**
 * Says that a number of the handbook was wrong from the start. Nothing changes before a second person agrees. Refusals:
 * `clock.unknown-limit`, `clock.no-clock-limit` (not a span of time), `clock.bad-value`, `clock.same-value`,
 * `clock.looser-than-law`.
 */
export async function askCorrection(
  tx: Tx,
  deps: ChangeDeps,
  actor: ChangeActor,
  asked: { readonly limitId: string; readonly value: number; readonly reason: string },
): Promise<{ readonly changeId: string } | Refusal> {
  const version = await deps.activeHandbook(tx, actor.companyId);
  const limit = version?.handbook.limits.find((one) => one.id === asked.limitId);
  if (version === undefined || limit === undefined) return refuse('clock.unknown-limit');
  if (parseLimit(`1${limit.unit}`) === undefined || limit.lead === true)
    return refuse('clock.no-clock-limit');
  if (parseLimit(`${asked.value}${limit.unit}`) === undefined) return refuse('clock.bad-value');
  const now = (await deps.clockBasis(tx, actor.companyId)).limit(limit, version.versionId);
  if (now.value === asked.value) return refuse('clock.same-value');
  if (limit.floor !== undefined && asked.value > limit.floor)
    return refuse('clock.looser-than-law', { floor: limit.floor });
  const id = newId();
  await clockChangeStore(tx, actor.companyId).insertAsked({
    ...asked,
    id,
    kind: 'correction',
    year: null,
    askedBy: actor.personId,
  });
  await audit(tx, actor, 'clock.correction-asked', id, { limitId: asked.limitId, value: asked.value });
  return { changeId: id };
}

/** Refusals: `clock.unknown-change`, `clock.change-decided`, `clock.own-correction`. */
export async function decideCorrection(
  tx: Tx,
  actor: ChangeActor,
  decided: { readonly changeId: string; readonly approve: boolean },
): Promise<{ readonly changeId: string } | Refusal> {
  const store = clockChangeStore(tx, actor.companyId);
  const change = await store.find(decided.changeId);
  if (change === undefined) return refuse('clock.unknown-change');
  if (change.state !== 'asked') return refuse('clock.change-decided');
  if (change.askedBy === actor.personId) return refuse('clock.own-correction');
  await store.decide(change.id, decided.approve, actor.personId);
  const action = decided.approve ? 'clock.correction-approved' : 'clock.correction-rejected';
  await audit(tx, actor, action, change.id, { limitId: change.limitId ?? '' });
  return { changeId: change.id };
}

async function audit(
  tx: Tx,
  actor: ChangeActor,
  action: string,
  objectId: string,
  detail: Readonly<Record<string, string | number>>,
): Promise<void> {
  await auditWriter(tx, actor.companyId).write({
    actorId: actor.personId,
    action,
    outcome: 'done',
    objectType: 'clock-change',
    objectId,
    detail,
  });
}
